import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Id } from '@hehuo/kernel';
import { ChangePolicy, CommunityPolicies, TrustNeighbours, type CommunityPolicy } from '@hehuo/community';
import type { Actor } from '@hehuo/identity';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { PageQuery } from '../http/paging.js';
import { CreatedView } from '../identity/roles.dto.js';
import { after, page } from './ground.controller.js';
import { TrustBody, TrustPage } from './memberships.dto.js';
import { PolicyBody, PolicyChanged, PolicyHistory, PolicyView } from './rules.dto.js';

@ApiTags('communities')
@Controller('v1/communities/:id')
export class RulesController {
  constructor(
    private readonly policies: CommunityPolicies,
    private readonly changes: ChangePolicy,
    private readonly trust: TrustNeighbours,
  ) {}

  @Get('policies')
  @Policy('community.read')
  @ApiOperation({ summary: 'the rules that new campaigns copy, and all their versions' })
  @ApiOkResponse({ type: PolicyHistory })
  async read(@Param('id', IdOf('com')) communityId: Id<'com'>): Promise<PolicyHistory> {
    const [current, versions] = await Promise.all([
      this.policies.current(communityId),
      this.policies.history(communityId),
    ]);
    return {
      current: shown(current),
      items: versions.map((one) => ({
        ...shown(one),
        effectiveFrom: one.effectiveFrom,
        reason: one.reason,
      })),
    };
  }

  @Post('policies')
  @Policy('community.rules')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'write the next version of the rules; launched campaigns keep theirs' })
  @ApiCreatedResponse({ type: PolicyChanged })
  async change(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Body() body: PolicyBody,
  ): Promise<PolicyChanged> {
    const { after: read, reason, effectiveFrom, moneyPerPersonMax, ...rest } = body;
    const version = await this.changes.execute({
      actor,
      communityId,
      after: read,
      content: {
        ...rest,
        moneyPerPersonMax: moneyPerPersonMax === undefined ? null : BigInt(moneyPerPersonMax),
      },
      effectiveFrom: effectiveFrom === undefined ? null : new Date(effectiveFrom),
      reason,
    });
    return { version };
  }

  @Get('trusted-neighbours')
  @Policy('trust.grant')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'who may enter things for others now' })
  @ApiOkResponse({ type: TrustPage })
  async trusted(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() query: PageQuery,
  ): Promise<TrustPage> {
    const input = { actor, communityId, after: after(query, 'tru'), limit: query.limit + 1 };
    const rows = await this.trust.list(input);
    return page(
      rows.map(({ communityId: _communityId, endedAt: _endedAt, ...row }) => row),
      query,
    );
  }

  @Post('trusted-neighbours')
  @Policy('trust.grant')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'trust a verified adult neighbour for some days' })
  @ApiCreatedResponse({ type: CreatedView })
  async grant(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Body() body: TrustBody,
  ): Promise<CreatedView> {
    return { id: await this.trust.grant({ actor, communityId, ...body }) };
  }
}

function shown({ moneyPerPersonMax, ...policy }: CommunityPolicy): PolicyView {
  const { version, attentionShare, noticeDays, collectionHours, campaignDaysMax, workdayMinutes } = policy;
  return {
    version,
    attentionShare,
    noticeDays,
    collectionHours,
    campaignDaysMax,
    moneyPerPersonMax: moneyPerPersonMax?.toString() ?? null,
    workdayMinutes,
  };
}
