import { Body, Controller, Get, Headers, Param, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  CreateDraft,
  EditDraft,
  ReadCampaign,
  SubmitCampaign,
  type Campaign,
  type DraftPart,
} from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { preferredLanguage } from '../http/language.js';
import { shownFields } from '../problem/field-advice.zh.js';
import { CampaignHead, headOf, MissingList } from './campaigns.dto.js';
import {
  CostsBody,
  CreateDraftBody,
  MilestonesBody,
  PlaceBody,
  PlanBody,
  RulesBody,
  StoryBody,
} from './draft.dto.js';
import { GoalBody } from './goal.dto.js';
import { IfMatch, tagVersion } from './if-match.js';

const CampaignId = Param('id', IdOf('cmp'));
const Version = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'the version you changed, such as "7"',
});
const Saved = ApiOkResponse({
  type: CampaignHead,
  description: 'saved; the ETag is the version of the next change',
});

/** Writing a campaign, one part at a time, at the desk of its organiser. */
@ApiTags('drafts')
@Controller('v1')
export class DraftsController {
  constructor(
    private readonly createDraft: CreateDraft,
    private readonly editDraft: EditDraft,
    private readonly submitCampaign: SubmitCampaign,
    private readonly campaigns: ReadCampaign,
  ) {}

  @Post('communities/:id/campaigns')
  @Policy('campaign.write')
  @ApiOperation({ summary: 'start a campaign, blank or from a need' })
  @ApiCreatedResponse({ type: CampaignHead })
  async create(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Body() { needId, category }: CreateDraftBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return told(
      reply,
      await this.createDraft.execute({
        actor,
        communityId,
        needId: needId ?? null,
        category: category ?? null,
      }),
    );
  }

  @Put('campaigns/:id/story')
  @Policy('campaign.write')
  @ApiOperation({ summary: 'write title, lead, story, beneficiaries and category' })
  @Version
  @Saved
  story(
    @Who() actor: Actor,
    @CampaignId id: Id<'cmp'>,
    @IfMatch() version: number,
    @Body() body: StoryBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return this.write({ actor, id, version, reply }, body);
  }

  @Put('campaigns/:id/place')
  @Policy('campaign.write')
  @ApiOperation({ summary: 'write the place' })
  @Version
  @Saved
  place(
    @Who() actor: Actor,
    @CampaignId id: Id<'cmp'>,
    @IfMatch() version: number,
    @Body() body: PlaceBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return this.write({ actor, id, version, reply }, body);
  }

  @Put('campaigns/:id/plan')
  @Policy('campaign.write')
  @ApiOperation({ summary: 'write plan and risks' })
  @Version
  @Saved
  plan(
    @Who() actor: Actor,
    @CampaignId id: Id<'cmp'>,
    @IfMatch() version: number,
    @Body() body: PlanBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return this.write({ actor, id, version, reply }, body);
  }

  @Put('campaigns/:id/costs')
  @Policy('campaign.write')
  @ApiOperation({ summary: 'write all cost lines' })
  @Version
  @Saved
  costs(
    @Who() actor: Actor,
    @CampaignId id: Id<'cmp'>,
    @IfMatch() version: number,
    @Body() body: CostsBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return this.write({ actor, id, version, reply }, body);
  }

  @Put('campaigns/:id/milestones')
  @Policy('campaign.write')
  @ApiOperation({ summary: 'write all milestones; the shares of the money sum to 10,000' })
  @Version
  @Saved
  milestones(
    @Who() actor: Actor,
    @CampaignId id: Id<'cmp'>,
    @IfMatch() version: number,
    @Body() body: MilestonesBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return this.write({ actor, id, version, reply }, body);
  }

  @Put('campaigns/:id/goal')
  @Policy('campaign.write')
  @ApiOperation({ summary: 'write the whole goal vector with its slots; asks get new ids' })
  @Version
  @Saved
  goal(
    @Who() actor: Actor,
    @CampaignId id: Id<'cmp'>,
    @IfMatch() version: number,
    @Body() body: GoalBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return this.write({ actor, id, version, reply }, body);
  }

  @Put('campaigns/:id/rules')
  @Policy('campaign.write')
  @ApiOperation({ summary: 'write legal type, payment, policies, deadline and extension rule' })
  @Version
  @Saved
  rules(
    @Who() actor: Actor,
    @CampaignId id: Id<'cmp'>,
    @IfMatch() version: number,
    @Body() body: RulesBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return this.write({ actor, id, version, reply }, body);
  }

  @Get('campaigns/:id/missing')
  @Policy('campaign.write')
  @ApiOperation({ summary: 'what keeps it from being handed in; an empty list means nothing' })
  @ApiOkResponse({ type: MissingList })
  async missing(
    @Who() actor: Actor,
    @CampaignId id: Id<'cmp'>,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<MissingList> {
    const { campaign } = await this.campaigns.page(id, actor);
    const flaws = await this.submitCampaign.missing(campaign);
    // The same words as in the refusal of a draft that is handed in too early.
    return { items: shownFields('campaign_incomplete', flaws, preferredLanguage(languages) !== 'en') };
  }

  private async write(
    target: { actor: Actor; id: Id<'cmp'>; version: number; reply: FastifyReply },
    body: { part(): DraftPart },
  ): Promise<CampaignHead> {
    const { actor, id: campaignId, version, reply } = target;
    return told(reply, await this.editDraft.execute({ actor, campaignId, version, change: body.part() }));
  }
}

export function told(reply: FastifyReply, campaign: Campaign): CampaignHead {
  tagVersion(reply, campaign.version);
  return headOf(campaign);
}
