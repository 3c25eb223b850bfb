import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { isId, type Id } from '@hehuo/kernel';
import {
  ApplyPartner,
  PartnerMembers,
  ReadPartners,
  ReadPeople,
  type Actor,
  type EvidenceInput,
} from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who, WhoIfAny } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf } from '../http/paging.js';
import {
  EvidenceBody,
  PartnerBody,
  PartnerDetailView,
  PartnerMemberBody,
  PartnerMemberList,
  PartnerPage,
  PartnerQuery,
} from './partners.dto.js';
import { CreatedView } from './roles.dto.js';

@ApiTags('partners')
@Controller('v1/partners')
export class PartnersController {
  constructor(
    private readonly partners: ReadPartners,
    private readonly applications: ApplyPartner,
    private readonly members: PartnerMembers,
    private readonly people: ReadPeople,
  ) {}

  @Get()
  @Policy('partner.read')
  @ApiOperation({ summary: 'verified partners; staff may ask for other states' })
  @ApiOkResponse({ type: PartnerPage })
  async list(@WhoIfAny() actor: Actor | null, @Query() query: PartnerQuery): Promise<PartnerPage> {
    const { state, kind = null, limit } = query;
    const after = keysetOf(query.cursor, [(part) => isId('ptn', part)])?.[0] ?? '';
    const rows = await this.partners.list({ actor, state, kind, after, limit: limit + 1 });
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }

  @Get(':id')
  @Policy('partner.read')
  @ApiOperation({ summary: 'one partner; one that is not verified is 404 for strangers' })
  @ApiOkResponse({ type: PartnerDetailView })
  read(
    @WhoIfAny() actor: Actor | null,
    @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>,
  ): Promise<PartnerDetailView> {
    return this.partners.one({ actor, partnerId });
  }

  @Post()
  @Policy('partner.apply')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'apply to be a partner, for myself or for a body' })
  @ApiCreatedResponse({ type: CreatedView })
  async apply(@Who() actor: Actor, @Body() body: PartnerBody): Promise<CreatedView> {
    return { id: await this.applications.execute({ actor, ...inputOf(body) }) };
  }

  @Put(':id/application')
  @Policy('partner.apply')
  @ApiBearerAuth()
  @HttpCode(204)
  @ApiOperation({ summary: 'correct a refused application and hand it in again' })
  @ApiNoContentResponse()
  async applyAgain(
    @Who() actor: Actor,
    @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>,
    @Body() body: PartnerBody,
  ): Promise<void> {
    await this.applications.again({ actor, partnerId, ...inputOf(body) });
  }

  @Post(':id/evidence')
  @Policy('partner.members')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'add a document; by an owner or by staff' })
  @ApiCreatedResponse({ type: CreatedView })
  async addEvidence(
    @Who() actor: Actor,
    @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>,
    @Body() body: EvidenceBody,
  ): Promise<CreatedView> {
    return { id: await this.members.addEvidence({ actor, partnerId, evidence: evidenceOf(body) }) };
  }

  @Get(':id/members')
  @Policy('partner.members')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'who acts for the partner; for its members and staff' })
  @ApiOkResponse({ type: PartnerMemberList })
  async listMembers(
    @Who() actor: Actor,
    @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>,
  ): Promise<PartnerMemberList> {
    const rows = await this.members.list({ actor, partnerId });
    const names = await this.people.names(rows.map(({ personId }) => personId));
    return { items: rows.map((row) => ({ ...row, maskedName: names.get(row.personId)?.masked ?? '' })) };
  }

  @Post(':id/members')
  @Policy('partner.members')
  @ApiBearerAuth()
  @HttpCode(204)
  @ApiOperation({ summary: 'let somebody act for the partner; by an owner' })
  @ApiNoContentResponse()
  async addMember(
    @Who() actor: Actor,
    @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>,
    @Body() body: PartnerMemberBody,
  ): Promise<void> {
    await this.members.add({ actor, partnerId, personId: body.personId, duty: body.duty });
  }

  @Delete(':id/members/:personId')
  @Policy('partner.members')
  @ApiBearerAuth()
  @HttpCode(204)
  @ApiOperation({ summary: 'end a membership; by an owner, or the own one' })
  @ApiNoContentResponse()
  async endMember(
    @Who() actor: Actor,
    @Param('id', IdOf('ptn')) partnerId: Id<'ptn'>,
    @Param('personId', IdOf('per')) personId: Id<'per'>,
  ): Promise<void> {
    await this.members.end({ actor, partnerId, personId });
  }
}

function inputOf(body: PartnerBody) {
  const { kind, name, legalStatus, registrationNo, about, evidence } = body;
  const content = { kind, name, legalStatus, registrationNo: registrationNo ?? null, about };
  return { content, evidence: evidence.map(evidenceOf) };
}

function evidenceOf({ kind, reference, validUntil }: EvidenceBody): EvidenceInput {
  return { kind, reference, validUntil: validUntil ?? null };
}
