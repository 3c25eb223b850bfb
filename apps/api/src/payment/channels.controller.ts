import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import {
  ActivateChannel,
  CheckChannel,
  CloseChannel,
  ProposeChannel,
  ProposeKeys,
  ReadChannels,
} from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { ChannelKeysBody, channelView, checkView, ProposeChannelBody } from './channels.dto.js';
import { ChannelAnswerView, ChannelList, CheckView, EnteredKeysView } from './channel-views.dto.js';

/** Merchant accounts of a custodian: proposed and filled in by staff, checked at the gateway, activated by somebody else. */
@ApiTags('custody')
@ApiBearerAuth()
@Controller('v1')
export class ChannelsController {
  constructor(
    private readonly channels: ReadChannels,
    private readonly proposeChannel: ProposeChannel,
    private readonly proposeKeys: ProposeKeys,
    private readonly checkChannel: CheckChannel,
    private readonly activateChannel: ActivateChannel,
    private readonly closeChannel: CloseChannel,
  ) {}

  @Get('custody-accounts/:id/channels')
  @Policy('channel.read')
  @ApiOperation({
    summary: 'the merchant accounts of a custodian, whether they work, and what their gateways ask for',
  })
  @ApiOkResponse({ type: ChannelList })
  async list(@Who() actor: Actor, @Param('id', IdOf('cus')) accountId: Id<'cus'>): Promise<ChannelList> {
    return { items: (await this.channels.execute(actor, accountId)).map(channelView), next: null };
  }

  @Post('custody-accounts/:id/channels')
  @Policy('channel.propose')
  @ApiOperation({ summary: 'name a merchant account of the custodian; its keys come next' })
  @ApiCreatedResponse({ type: ChannelAnswerView })
  async propose(
    @Who() actor: Actor,
    @Param('id', IdOf('cus')) custodyAccountId: Id<'cus'>,
    @Body() { gateway, merchantRef }: ProposeChannelBody,
  ): Promise<ChannelAnswerView> {
    const id = await this.proposeChannel.execute({ actor, custodyAccountId, gateway, merchantRef });
    return { id, state: 'proposed' };
  }

  @Put('channels/:id/keys')
  @Policy('channel.propose')
  @ApiOperation({
    summary: 'enter the first or new keys; those in use stay in use until a second person activates these',
  })
  @ApiOkResponse({ type: EnteredKeysView })
  async enterKeys(
    @Who() actor: Actor,
    @Param('id', IdOf('chn')) channelId: Id<'chn'>,
    @Body() { keys }: ChannelKeysBody,
  ): Promise<EnteredKeysView> {
    return { revision: await this.proposeKeys.execute({ actor, channelId, keys }) };
  }

  @Post('channels/:id/check')
  @HttpCode(200)
  @Policy('channel.check', { requestsPerMinute: 30 })
  @ApiOperation({
    summary: 'ask the gateway whether it accepts the keys, and whether its answer can be verified',
  })
  @ApiOkResponse({ type: CheckView })
  async check(@Who() actor: Actor, @Param('id', IdOf('chn')) channelId: Id<'chn'>): Promise<CheckView> {
    return checkView(await this.checkChannel.onDemand(actor, channelId));
  }

  @Post('channels/:id/activate')
  @HttpCode(204)
  @Policy('custody.approve')
  @ApiNoContentResponse()
  @ApiOperation({
    summary: 'take payments with it, or use its new keys; by somebody else than who entered them',
  })
  async activate(@Who() actor: Actor, @Param('id', IdOf('chn')) channelId: Id<'chn'>): Promise<void> {
    await this.activateChannel.execute({ actor, channelId });
  }

  @Post('channels/:id/close')
  @HttpCode(204)
  @Policy('custody.approve')
  @ApiOperation({ summary: 'no new payments; orders under way and refunds go on' })
  @ApiNoContentResponse()
  async close(@Who() actor: Actor, @Param('id', IdOf('chn')) channelId: Id<'chn'>): Promise<void> {
    await this.closeChannel.execute({ actor, channelId });
  }
}
