import { Body, Controller, Get, Header, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Id } from '@hehuo/kernel';
import {
  IssueDoorCodes,
  ReadMemberships,
  RegisterResident,
  ResidentRecords,
  ReviewMembership,
} from '@hehuo/community';
import type { Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { ReasonBody } from '../identity/partners.dto.js';
import { after, page } from './ground.controller.js';
import {
  BirthDateBody,
  DoorCodeList,
  DoorCodesBody,
  MembershipPage,
  MembershipQuery,
  ResidentBody,
  ResidentView,
  RevealedView,
} from './memberships.dto.js';

/** What the staff of a community do with its residents. */
@ApiTags('residents')
@ApiBearerAuth()
@Controller('v1')
export class ResidentsController {
  constructor(
    private readonly memberships: ReadMemberships,
    private readonly reviews: ReviewMembership,
    private readonly codes: IssueDoorCodes,
    private readonly desk: RegisterResident,
    private readonly records: ResidentRecords,
  ) {}

  @Get('communities/:id/memberships')
  @Policy('membership.review')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'memberships of my community in one state; names and numbers are masked' })
  @ApiOkResponse({ type: MembershipPage })
  async queue(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() query: MembershipQuery,
  ): Promise<MembershipPage> {
    const { state, limit } = query;
    const input = { actor, communityId, state, after: after(query, 'mbr'), limit: limit + 1 };
    return page(await this.memberships.queue(input), query);
  }

  @Post('memberships/:id/verify')
  @Policy('membership.review')
  @HttpCode(204)
  @ApiOperation({ summary: 'verify who asked; a child needs its guardian first' })
  @ApiNoContentResponse()
  async verify(@Who() actor: Actor, @Param('id', IdOf('mbr')) membershipId: Id<'mbr'>): Promise<void> {
    await this.reviews.execute({ actor, membershipId, event: 'verify', reason: null });
  }

  @Post('memberships/:id/refuse')
  @Policy('membership.review')
  @HttpCode(204)
  @ApiOperation({ summary: 'refuse who asked and say why' })
  @ApiNoContentResponse()
  async refuse(
    @Who() actor: Actor,
    @Param('id', IdOf('mbr')) membershipId: Id<'mbr'>,
    @Body() body: ReasonBody,
  ): Promise<void> {
    await this.reviews.execute({ actor, membershipId, event: 'refuse', reason: body.reason });
  }

  @Post('memberships/:id/reveal')
  @Policy('membership.reveal')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'show the open record, to compare it with a document; logged with the reason' })
  @ApiCreatedResponse({ type: RevealedView })
  reveal(
    @Who() actor: Actor,
    @Param('id', IdOf('mbr')) membershipId: Id<'mbr'>,
    @Body() body: ReasonBody,
  ): Promise<RevealedView> {
    return this.records.reveal({ actor, membershipId, reason: body.reason });
  }

  @Put('memberships/:id/birth-date')
  @Policy('membership.reveal')
  @HttpCode(204)
  @ApiOperation({ summary: 'correct a birth date with a document in hand' })
  @ApiNoContentResponse()
  async correctBirthDate(
    @Who() actor: Actor,
    @Param('id', IdOf('mbr')) membershipId: Id<'mbr'>,
    @Body() body: BirthDateBody,
  ): Promise<void> {
    await this.records.correctBirthDate({ actor, membershipId, ...body });
  }

  @Post('communities/:id/door-codes')
  @Policy('community.households')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'make codes for notices at doors; older ones of these households end' })
  @ApiCreatedResponse({ type: DoorCodeList })
  async issueCodes(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Body() body: DoorCodesBody,
  ): Promise<DoorCodeList> {
    return { items: await this.codes.execute({ actor, communityId, ...body }) };
  }

  @Post('communities/:id/residents')
  @Policy('membership.register')
  @ApiOperation({ summary: 'register somebody at the desk, such as an elder without a telephone' })
  @ApiCreatedResponse({ type: ResidentView })
  register(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Body() body: ResidentBody,
  ): Promise<ResidentView> {
    const { phone = null, guardianId = null, ...rest } = body;
    return this.desk.execute({ actor, communityId, ...rest, phone, guardianId });
  }
}
