import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  BindMatchPool,
  EnterMatchReceipt,
  ReadMatches,
  RefuseMatchReceipt,
  WriteOffMatch,
} from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { TakeMatchMoney } from '@hehuo/settlement';
import { Policy } from '../access/policy.js';
import { Who, WhoIfAny } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, PageQuery, pageOf } from '../http/paging.js';
import { BindMatchPoolBody, boundView, matchLineView, MatchReceiptBody } from './match.dto.js';
import { CampaignMatchesPage, PledgeMatchesView } from './match-views.dto.js';
import { ShownReasonBody } from './needs.dto.js';

const byId = [(part: string) => isId('mrs', part)];
const CampaignId = Param('id', IdOf('cmp'));
const PoolId = Param('poolId', IdOf('mpl'));

/** What pools give to campaigns and to each pledge. A pool stands beside the goal and never counts towards it. */
@ApiTags('match funds')
@Controller('v1')
export class MatchesController {
  constructor(
    private readonly matches: ReadMatches,
    private readonly bindPool: BindMatchPool,
    private readonly enterReceipt: EnterMatchReceipt,
    private readonly confirmReceipt: TakeMatchMoney,
    private readonly refuseReceipt: RefuseMatchReceipt,
    private readonly writeOff: WriteOffMatch,
  ) {}

  @Get('campaigns/:id/matches')
  @Policy('match.read', { polled: true })
  @ApiOperation({
    summary:
      'the pools of a campaign, and every line with its reason but those of anonymous givers, newest first, without names',
  })
  @ApiOkResponse({ type: CampaignMatchesPage })
  async ofCampaign(
    @WhoIfAny() actor: Actor | null,
    @CampaignId campaignId: Id<'cmp'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<CampaignMatchesPage> {
    const before = keysetOf(cursor, byId)?.[0] ?? null;
    const bound = await this.matches.ofCampaign(campaignId, actor);
    const lines = await this.matches.lines(bound, campaignId, before, limit + 1);
    return { pools: bound.map(boundView), ...pageOf(lines, limit, ({ id }) => [id], matchLineView) };
  }

  @Get('pledges/:id/matches')
  @Policy('match.read-own')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'why my pledge is matched as it is, one line for each pool' })
  @ApiOkResponse({ type: PledgeMatchesView })
  async ofPledge(
    @Who() actor: Actor,
    @Param('id', IdOf('plg')) pledgeId: Id<'plg'>,
  ): Promise<PledgeMatchesView> {
    return { items: (await this.matches.ofPledge(actor, pledgeId)).map(matchLineView) };
  }

  @Put('campaigns/:id/match-pools/:poolId')
  @HttpCode(204)
  @Policy('match.bind')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'let a pool match this campaign; sent again, it keeps more suppliers out' })
  @ApiNoContentResponse()
  async bind(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @PoolId poolId: Id<'mpl'>,
    @Body() { supplierIds }: BindMatchPoolBody,
  ): Promise<void> {
    await this.bindPool.execute({ actor, campaignId, poolId, supplierIds: supplierIds as Id<'ptn'>[] });
  }

  @Put('campaigns/:id/match-pools/:poolId/receipt')
  @HttpCode(204)
  @Policy('match.enter-receipt')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'write down that the donor’s money came to the custodian' })
  @ApiNoContentResponse()
  async enter(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @PoolId poolId: Id<'mpl'>,
    @Body() { amount, voucher, evidence, receivedAt }: MatchReceiptBody,
  ): Promise<void> {
    const receipt = { voucher, evidence, amount: BigInt(amount), receivedAt: new Date(receivedAt) };
    await this.enterReceipt.execute({ actor, campaignId, poolId, ...receipt });
  }

  @Post('campaigns/:id/match-pools/:poolId/receipt/confirm')
  @HttpCode(204)
  @Policy('match.decide-receipt')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'confirm it as another person; the money is booked once' })
  @ApiNoContentResponse()
  async confirm(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @PoolId poolId: Id<'mpl'>,
  ): Promise<void> {
    await this.confirmReceipt.execute({ actor, campaignId, poolId });
  }

  @Post('campaigns/:id/match-pools/:poolId/receipt/refuse')
  @HttpCode(204)
  @Policy('match.decide-receipt')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'say that the money was not found; it is due again' })
  @ApiNoContentResponse()
  async refuse(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @PoolId poolId: Id<'mpl'>,
    @Body() { reason }: ShownReasonBody,
  ): Promise<void> {
    await this.refuseReceipt.execute({ actor, campaignId, poolId, reason });
  }

  @Put('campaigns/:id/match-pools/:poolId/write-off')
  @HttpCode(204)
  @Policy('match.write-off')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'propose to await the donor’s money no more; everybody reads the reason' })
  @ApiNoContentResponse()
  async proposeWriteOff(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @PoolId poolId: Id<'mpl'>,
    @Body() { reason }: ShownReasonBody,
  ): Promise<void> {
    await this.writeOff.propose({ actor, campaignId, poolId, reason });
  }

  @Post('campaigns/:id/match-pools/:poolId/write-off/confirm')
  @HttpCode(204)
  @Policy('match.write-off')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'confirm it as another fund approver; what was owed goes back into the pool' })
  @ApiNoContentResponse()
  async confirmWriteOff(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @PoolId poolId: Id<'mpl'>,
  ): Promise<void> {
    await this.writeOff.confirm({ actor, campaignId, poolId });
  }

  @Post('campaigns/:id/match-pools/:poolId/write-off/refuse')
  @HttpCode(204)
  @Policy('match.write-off')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'say that the money is still awaited' })
  @ApiNoContentResponse()
  async refuseWriteOff(
    @Who() actor: Actor,
    @CampaignId campaignId: Id<'cmp'>,
    @PoolId poolId: Id<'mpl'>,
    @Body() { reason }: ShownReasonBody,
  ): Promise<void> {
    await this.writeOff.refuse({ actor, campaignId, poolId, reason });
  }
}
