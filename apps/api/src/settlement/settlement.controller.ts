import { Body, Controller, Get, HttpCode, Ip, Param, Post, Query } from '@nestjs/common';
import {
  ApiNoContentResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { PlaceCharge } from '@hehuo/payment';
import { ChargePledge, ReadSettlement, RedriveItem, ResumeRun } from '@hehuo/settlement';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf } from '../http/paging.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.js';
import { ChargeView } from '../payment/charge-views.dto.js';
import { PayersView } from '../payment/payers-view.js';
import { SettlementReportView, UnsettledList } from './settlement-report.dto.js';
import { itemView, PayPledgeBody, RedriveBody, settlementView, UnsettledQuery } from './settlement.dto.js';

/** How long an answer waits for the gateway; after that `pay` is null and the payer asks again. */
const placeMsMax = 2_000;
const byId = [(part: string) => isId('plg', part)];

@ApiTags('settlement')
@Controller('v1')
export class SettlementController {
  constructor(
    private readonly charge: ChargePledge,
    private readonly place: PlaceCharge,
    private readonly payments: PayersView,
    private readonly settlement: ReadSettlement,
    private readonly redriveItem: RedriveItem,
    private readonly resumeRun: ResumeRun,
  ) {}

  /** The order is written before the gateway hears of it. */
  @Post('pledges/:id/charges')
  @Policy('pledge.pay')
  @ApiOperation({ summary: 'pay for my pledge: answers with the way to pay' })
  @ApiCreatedResponse({ type: ChargeView })
  async pay(
    @Who() actor: Actor,
    @Param('id', IdOf('plg')) pledgeId: Id<'plg'>,
    @IdempotencyKey() idempotencyKey: string,
    @Ip() address: string,
    @Body() { newTry, gateway, scene, openId }: PayPledgeBody,
  ): Promise<ChargeView> {
    const { charge } = await this.charge.execute({
      ...{ actor, pledgeId, idempotencyKey, newTry },
      ...(gateway === undefined ? {} : { gateway }),
      ...(scene === undefined ? {} : { scene }),
      payerHint: { ip: address, ...(openId === undefined ? {} : { openId }) },
    });
    await this.placeSoon(charge.id);
    return this.payments.of(actor.personId, charge.id);
  }

  @Get('campaigns/:id/settlement')
  @Policy('settlement.read', { polled: true })
  @ApiOperation({ summary: 'what became of every pledge, in sums, and how far settling is; for everybody' })
  @ApiOkResponse({ type: SettlementReportView })
  async report(@Param('id', IdOf('cmp')) campaignId: Id<'cmp'>): Promise<SettlementReportView> {
    return settlementView(await this.settlement.execute(campaignId));
  }

  @Get('campaigns/:id/settlement/items')
  @Policy('settlement.unsettled')
  @ApiOperation({ summary: 'pledges that settlement could not end by itself, with the reason' })
  @ApiOkResponse({ type: UnsettledList })
  async unsettled(
    @Who() actor: Actor,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Query() { state, cursor, limit }: UnsettledQuery,
  ): Promise<UnsettledList> {
    const after = keysetOf(cursor, byId)?.[0] ?? '';
    const items = await this.settlement.unsettled({ actor, campaignId, state, after, limit: limit + 1 });
    return pageOf(items, limit, ({ pledgeId }) => [pledgeId], itemView);
  }

  @Post('campaigns/:id/settlement/items/:pledgeId/redrive')
  @HttpCode(204)
  @Policy('settlement.redrive')
  @ApiOperation({ summary: 'send a pledge on its way again after its cause was repaired; nothing is forced' })
  @ApiNoContentResponse()
  async redrive(
    @Who() actor: Actor,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Param('pledgeId', IdOf('plg')) pledgeId: Id<'plg'>,
    @Body() { reason }: RedriveBody,
  ): Promise<void> {
    await this.redriveItem.execute({ actor, campaignId, pledgeId, reason });
  }

  @Post('campaigns/:id/settlement/resume')
  @HttpCode(204)
  @Policy('settlement.resume')
  @ApiOperation({
    summary: 'let a halted settlement check its books again, after the difference was corrected',
  })
  @ApiNoContentResponse()
  async resume(
    @Who() actor: Actor,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Body() { reason }: RedriveBody,
  ): Promise<void> {
    await this.resumeRun.execute({ actor, campaignId, reason });
  }

  /** The worker places the order whatever happens here. Placing it now only saves the payer a wait, so it may not cost one. */
  private async placeSoon(chargeId: Id<'chg'>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, placeMsMax);
    });
    await Promise.race([this.place.execute(chargeId).catch(() => undefined), enough]);
    clearTimeout(timer);
  }
}
