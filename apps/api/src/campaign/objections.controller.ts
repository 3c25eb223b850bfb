import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ObjectCampaign, ReadHistory } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { Who, WhoIfAny } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf, PageQuery } from '../http/paging.js';
import {
  ObjectionAnswerBody,
  ObjectionBody,
  ObjectionCreated,
  objectionItem,
  ObjectionPage,
} from './review.dto.js';

const CampaignId = Param('id', IdOf('cmp'));
const ObjectionId = Param('objectionId', IdOf('obj'));

/** What neighbours have against a campaign while it is under notice. An open objection keeps it from opening. */
@ApiTags('objections')
@Controller('v1/campaigns/:id/objections')
export class ObjectionsController {
  constructor(
    private readonly objectCampaign: ObjectCampaign,
    private readonly history: ReadHistory,
  ) {}

  @Get()
  @Policy('campaign.history', { polled: true })
  @ApiOperation({ summary: 'objections and their answers, newest first' })
  @ApiOkResponse({ type: ObjectionPage })
  async list(
    @WhoIfAny() actor: Actor | null,
    @CampaignId id: Id<'cmp'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<ObjectionPage> {
    const before = (keysetOf(cursor, [(part) => isId('obj', part)])?.[0] ?? null) as Id<'obj'> | null;
    const rows = await this.history.objections(id, actor, { before, limit: limit + 1 });
    const page = pageOf(rows, limit, (row) => [row.id], objectionItem);
    return { items: [...page.items], next: page.next };
  }

  @Post()
  @Policy('campaign.object')
  @ApiOperation({ summary: 'object, as a verified resident' })
  @ApiCreatedResponse({ type: ObjectionCreated })
  async raise(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @Body() { text }: ObjectionBody,
  ): Promise<ObjectionCreated> {
    return { id: await this.objectCampaign.execute({ actor, campaignId, text }) };
  }

  @Post(':objectionId/answer')
  @HttpCode(204)
  @Policy('campaign.object')
  @ApiOperation({ summary: 'answer it, as the organiser or staff' })
  @ApiNoContentResponse()
  async answer(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @ObjectionId objectionId: Id<'obj'>,
    @Body() { answer }: ObjectionAnswerBody,
  ): Promise<void> {
    await this.objectCampaign.answer({ actor, campaignId, objectionId, answer });
  }

  @Post(':objectionId/withdraw')
  @HttpCode(204)
  @Policy('campaign.object')
  @ApiOperation({ summary: 'take your own objection back' })
  @ApiNoContentResponse()
  async withdraw(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @ObjectionId objectionId: Id<'obj'>,
  ): Promise<void> {
    await this.objectCampaign.withdraw({ actor, campaignId, objectionId });
  }
}
