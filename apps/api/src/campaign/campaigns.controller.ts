import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ReadHistory } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { WhoIfAny } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf, PageQuery } from '../http/paging.js';
import { CampaignLists } from './campaign-lists.js';
import { CampaignPages } from './campaign-page.js';
import { CampaignPageView } from './campaign-page.dto.js';
import { CampaignRules, campaignRules } from './campaign-rules.dto.js';
import { CampaignList, CampaignsQuery, logLine, LogPage } from './campaigns.dto.js';

const byId = [(part: string) => isId('cmp', part)];
const byEntry = [(part: string) => /^[1-9][0-9]{0,18}$/.test(part)];

/** What anybody may read. Drafts are found by their organiser and by staff of the community only. */
@ApiTags('campaigns')
@Controller('v1')
export class CampaignsController {
  constructor(
    private readonly lists: CampaignLists,
    private readonly pages: CampaignPages,
    private readonly history: ReadHistory,
  ) {}

  @Get('campaigns')
  @Policy('campaign.read', { polled: true })
  @ApiOperation({ summary: 'campaigns, newest first, by community, state, kind or organiser' })
  @ApiOkResponse({ type: CampaignList })
  list(@WhoIfAny() actor: Actor | null, @Query() query: CampaignsQuery): Promise<CampaignList> {
    const { cursor, limit, communityId = null, organiserId = null, state = null, kind = null } = query;
    const before = (keysetOf(cursor, byId)?.[0] ?? null) as Id<'cmp'> | null;
    return this.lists.page({ actor, communityId, organiserId, state, kind, before, limit });
  }

  @Get('campaigns/:id')
  @Policy('campaign.read', { polled: true })
  @ApiOperation({ summary: 'the page of a campaign; the header server-time is the clock of its deadline' })
  @ApiOkResponse({ type: CampaignPageView })
  async page(
    @WhoIfAny() actor: Actor | null,
    @Param('id', IdOf('cmp')) id: Id<'cmp'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignPageView> {
    const { view, serverTime } = await this.pages.page(id, actor);
    // A clock in the body would give every answer another ETag.
    void reply.header('server-time', serverTime.toISOString());
    return view;
  }

  @Get('campaigns/:id/log')
  @Policy('campaign.history', { polled: true })
  @ApiOperation({ summary: 'what happened to it and why, newest first; names are masked' })
  @ApiOkResponse({ type: LogPage })
  async log(
    @WhoIfAny() actor: Actor | null,
    @Param('id', IdOf('cmp')) id: Id<'cmp'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<LogPage> {
    const before = keysetOf(cursor, byEntry)?.[0] ?? null;
    const lines = await this.history.logPage(id, actor, { before, limit: limit + 1 });
    const page = pageOf(lines, limit, (line) => [line.id], logLine);
    return { items: [...page.items], next: page.next };
  }

  @Get('campaign-rules')
  @Policy('campaign.read', { polled: true })
  @ApiOperation({
    summary: 'legal types, categories, policies and limits, for the form that starts a campaign',
  })
  @ApiOkResponse({ type: CampaignRules })
  rules(): CampaignRules {
    return campaignRules();
  }
}
