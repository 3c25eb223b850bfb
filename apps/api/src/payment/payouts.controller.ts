import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { ApprovePayout, DropPayout, PayOut, ProposePayout, ReadPayouts } from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, PageQuery, pageOf } from '../http/paging.js';
import { bodyHash, IdempotencyKey } from '../idempotency/idempotency-key.js';
import { VoucherBody, WhyBody } from './payment.dto.js';
import { payoutView, ProposePayoutBody, publicPayoutView, ReturnedBody, voucherOf } from './payout.dto.js';
import { PayoutAnswerView, PayoutList, PayoutView } from './payout-views.dto.js';

const byId = [(part: string) => isId('pyo', part)];

@ApiTags('payouts')
@Controller('v1')
export class PayoutsController {
  constructor(
    private readonly payouts: ReadPayouts,
    private readonly proposePayout: ProposePayout,
    private readonly approvePayout: ApprovePayout,
    private readonly dropPayout: DropPayout,
    private readonly payOut: PayOut,
  ) {}

  @Get('campaigns/:id/payouts')
  @Policy('payout.read', { polled: true })
  @ApiOperation({ summary: 'what was paid out of a campaign’s money and what is to be; for everybody' })
  @ApiOkResponse({ type: PayoutList })
  async list(
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<PayoutList> {
    const after = keysetOf(cursor, byId)?.[0] ?? null;
    const payouts = await this.payouts.ofCampaign(campaignId, after, limit + 1);
    return pageOf(payouts, limit, ({ payout }) => [payout.id], publicPayoutView);
  }

  @Get('payouts/:id')
  @Policy('payout.read-one')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'one payout with its masked account and its hands, for officers and the organiser',
  })
  @ApiOkResponse({ type: PayoutView })
  async one(@Who() actor: Actor, @Param('id', IdOf('pyo')) payoutId: Id<'pyo'>): Promise<PayoutView> {
    return payoutView(await this.payouts.one(actor, payoutId));
  }

  @Post('campaigns/:id/payouts')
  @Policy('payout.propose')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'ask for money of a milestone, with vouchers that add up to it' })
  @ApiCreatedResponse({ type: PayoutAnswerView })
  propose(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Body() body: ProposePayoutBody,
  ): Promise<PayoutAnswerView> {
    return this.proposePayout.execute({
      ...{ actor, key, fingerprint: bodyHash([campaignId, body]), campaignId },
      ...{ part: body.part, purpose: body.purpose, amount: BigInt(body.amount) },
      payeeId: body.payeeId as Id<'pye'>,
      vouchers: body.vouchers.map(voucherOf),
    });
  }

  @Post('payouts/:id/approve')
  @HttpCode(200)
  @Policy('payout.approve')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'approve; the second approver, another person, releases it' })
  @ApiOkResponse({ type: PayoutAnswerView })
  approve(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('pyo')) payoutId: Id<'pyo'>,
  ): Promise<PayoutAnswerView> {
    return this.approvePayout.execute({ actor, key, fingerprint: bodyHash([payoutId]), payoutId });
  }

  @Post('payouts/:id/refuse')
  @HttpCode(200)
  @Policy('payout.approve')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'refuse and say why; the money stays payable' })
  @ApiOkResponse({ type: PayoutAnswerView })
  refuse(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('pyo')) payoutId: Id<'pyo'>,
    @Body() body: WhyBody,
  ): Promise<PayoutAnswerView> {
    const fingerprint = bodyHash([payoutId, body]);
    return this.dropPayout.refuse({ actor, key, fingerprint, payoutId, reason: body.reason });
  }

  @Post('payouts/:id/withdraw')
  @HttpCode(200)
  @Policy('payout.withdraw')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'take a payout back before it is sent; what was released is payable again' })
  @ApiOkResponse({ type: PayoutAnswerView })
  withdraw(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('pyo')) payoutId: Id<'pyo'>,
    @Body() body: WhyBody,
  ): Promise<PayoutAnswerView> {
    const fingerprint = bodyHash([payoutId, body]);
    return this.dropPayout.withdraw({ actor, key, fingerprint, payoutId, reason: body.reason });
  }

  @Post('payouts/:id/send')
  @HttpCode(200)
  @Policy('payout.send')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'say that the custodian makes the transfer now; not during the hold of the account',
  })
  @ApiOkResponse({ type: PayoutAnswerView })
  send(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('pyo')) payoutId: Id<'pyo'>,
  ): Promise<PayoutAnswerView> {
    return this.payOut.send({ actor, key, fingerprint: bodyHash([payoutId]), payoutId });
  }

  @Post('payouts/:id/confirm')
  @HttpCode(200)
  @Policy('payout.send')
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'confirm the transfer with the bank’s number, as another person than who sent it',
  })
  @ApiOkResponse({ type: PayoutAnswerView })
  confirm(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('pyo')) payoutId: Id<'pyo'>,
    @Body() body: VoucherBody,
  ): Promise<PayoutAnswerView> {
    const fingerprint = bodyHash([payoutId, body]);
    return this.payOut.confirm({ actor, key, fingerprint, payoutId, voucher: body.voucher, reason: null });
  }

  @Post('payouts/:id/returned')
  @HttpCode(200)
  @Policy('payout.send')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'the bank sent the transfer back: the money is payable again' })
  @ApiOkResponse({ type: PayoutAnswerView })
  returned(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('pyo')) payoutId: Id<'pyo'>,
    @Body() body: ReturnedBody,
  ): Promise<PayoutAnswerView> {
    const { voucher, reason } = body;
    return this.payOut.takeBack({
      actor,
      key,
      fingerprint: bodyHash([payoutId, body]),
      payoutId,
      voucher,
      reason,
    });
  }
}
