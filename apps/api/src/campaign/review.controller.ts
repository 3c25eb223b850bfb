import { Body, Controller, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ApproveCampaign,
  CampaignError,
  ReadHistory,
  ReturnCampaign,
  ReviewCampaign,
  SetCustody,
} from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { CampaignHead } from './campaigns.dto.js';
import { CustodyDirectory } from './custody-directory.js';
import { told } from './drafts.controller.js';
import { IfMatchIfAny } from './if-match.js';
import { CustodyBody, ReviewBody, reviewLine, ReviewView } from './review.dto.js';

const CampaignId = Param('id', IdOf('cmp'));

/** Staff judge what is handed in, item by item. */
@ApiTags('review')
@Controller('v1/campaigns/:id')
export class ReviewController {
  constructor(
    private readonly reviewCampaign: ReviewCampaign,
    private readonly approveCampaign: ApproveCampaign,
    private readonly returnCampaign: ReturnCampaign,
    private readonly setCustody: SetCustody,
    private readonly history: ReadHistory,
    private readonly accounts: CustodyDirectory,
  ) {}

  @Get('review')
  @Policy('campaign.read-review')
  @ApiOperation({ summary: 'the verdicts of every round: for the organiser and staff' })
  @ApiOkResponse({ type: ReviewView })
  async read(@Who() actor: Actor, @CampaignId campaignId: Id<'cmp'>): Promise<ReviewView> {
    return { items: (await this.history.reviews(campaignId, actor)).map(reviewLine) };
  }

  @Put('review')
  @Policy('campaign.review')
  @ApiOperation({ summary: 'judge items of this round, any number at a time' })
  @ApiOkResponse({ type: ReviewView })
  async judge(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @Body() body: ReviewBody,
  ): Promise<ReviewView> {
    await this.reviewCampaign.execute({ actor, campaignId, items: body.verdicts() });
    return { items: (await this.history.reviews(campaignId, actor)).map(reviewLine) };
  }

  @Put('custody')
  @Policy('campaign.review')
  @ApiOperation({ summary: 'say which account holds the money; before the notice' })
  @ApiOkResponse({ type: CampaignHead })
  async custody(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @Body() { custodyAccountId }: CustodyBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    const account = await this.accounts.find(custodyAccountId);
    if (!account) {
      throw new CampaignError('custody_account_unfit', 'there is no such account', { custodyAccountId });
    }
    return told(reply, await this.setCustody.execute({ actor, campaignId, account }));
  }

  @Post('approve')
  @HttpCode(200)
  @Policy('campaign.review')
  @ApiOperation({ summary: 'put it before the neighbours; every item must be judged good' })
  @ApiOkResponse({ type: CampaignHead })
  async approve(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @IfMatchIfAny() version: number | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return told(reply, await this.approveCampaign.execute({ actor, campaignId, version }));
  }

  @Post('return')
  @HttpCode(200)
  @Policy('campaign.review')
  @ApiOperation({ summary: 'give it back with what is to be changed, item by item' })
  @ApiOkResponse({ type: CampaignHead })
  async giveBack(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @IfMatchIfAny() version: number | null,
    @Body() body: ReviewBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    const items = body.verdicts();
    return told(reply, await this.returnCampaign.execute({ actor, campaignId, version, items }));
  }
}
