import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  CancelCampaign,
  ExtendCampaign,
  SubmitCampaign,
  SuspendCampaign,
  TakeBackCampaign,
} from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { CampaignHead, ExtendBody } from './campaigns.dto.js';
import { told } from './drafts.controller.js';
import { IfMatchIfAny } from './if-match.js';
import { ShownReasonBody } from './needs.dto.js';

const CampaignId = Param('id', IdOf('cmp'));

/** Steps in the life of a campaign that somebody takes; opening and closing happen by themselves. */
@ApiTags('campaigns')
@Controller('v1/campaigns/:id')
export class CampaignLifeController {
  constructor(
    private readonly submitCampaign: SubmitCampaign,
    private readonly takeBackCampaign: TakeBackCampaign,
    private readonly extendCampaign: ExtendCampaign,
    private readonly suspendCampaign: SuspendCampaign,
    private readonly cancelCampaign: CancelCampaign,
  ) {}

  @Post('submit')
  @HttpCode(200)
  @Policy('campaign.write')
  @ApiOperation({ summary: 'hand it in for review; everything that is missing is named at once' })
  @ApiOkResponse({ type: CampaignHead })
  async submit(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @IfMatchIfAny() version: number | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return told(reply, await this.submitCampaign.execute({ actor, campaignId, version }));
  }

  @Post('take-back')
  @HttpCode(200)
  @Policy('campaign.write')
  @ApiOperation({ summary: 'take it back to the desk, from review or notice' })
  @ApiOkResponse({ type: CampaignHead })
  async takeBack(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @IfMatchIfAny() version: number | null,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return told(reply, await this.takeBackCampaign.execute({ actor, campaignId, version }));
  }

  @Post('extend')
  @HttpCode(200)
  @Policy('campaign.write')
  @ApiOperation({ summary: 'move the deadline, once and by the rule of the launch' })
  @ApiOkResponse({ type: CampaignHead })
  async extend(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @Body() { deadline }: ExtendBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return told(reply, await this.extendCampaign.execute({ actor, campaignId, deadline }));
  }

  @Post('suspend')
  @HttpCode(200)
  @Policy('campaign.suspend')
  @ApiOperation({ summary: 'stop it for the time being; the deadline runs on' })
  @ApiOkResponse({ type: CampaignHead })
  async suspend(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @Body() { reason }: ShownReasonBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return told(reply, await this.suspendCampaign.execute({ actor, campaignId, reason }));
  }

  @Post('resume')
  @HttpCode(200)
  @Policy('campaign.suspend')
  @ApiOperation({ summary: 'let it go on from where it was stopped' })
  @ApiOkResponse({ type: CampaignHead })
  async resume(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @Body() { reason }: ShownReasonBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return told(reply, await this.suspendCampaign.resume({ actor, campaignId, reason }));
  }

  @Post('cancel')
  @HttpCode(200)
  @Policy('campaign.cancel')
  @ApiOperation({ summary: 'end it: the organiser before the first pledge, staff until the deadline' })
  @ApiOkResponse({ type: CampaignHead })
  async cancel(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @Body() { reason }: ShownReasonBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignHead> {
    return told(reply, await this.cancelCampaign.execute({ actor, campaignId, reason }));
  }
}
