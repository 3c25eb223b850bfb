import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { ConfirmHandRefund, EnterHandRefund, ListRefunds, RedriveRefund } from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf } from '../http/paging.js';
import { HandRefundBody, RefundsQuery, refundView, VoucherBody, WhyBody } from './payment.dto.js';
import { RefundList, RefundView } from './hand-views.dto.js';

const byId = [(part: string) => isId('rfd', part)];

@ApiTags('refunds')
@ApiBearerAuth()
@Controller('v1/refunds')
export class RefundsController {
  constructor(
    private readonly refunds: ListRefunds,
    private readonly redriveRefund: RedriveRefund,
    private readonly enterByHand: EnterHandRefund,
    private readonly confirmByHand: ConfirmHandRefund,
  ) {}

  @Get()
  @Policy('refund.read')
  @ApiOperation({
    summary: 'refunds by state, those that need a human where no state is named; oldest first',
  })
  @ApiOkResponse({ type: RefundList })
  async list(
    @Who() actor: Actor,
    @Query() { cursor, limit, state, campaignId }: RefundsQuery,
  ): Promise<RefundList> {
    const refunds = await this.refunds.execute({
      ...{ actor, states: [state], after: keysetOf(cursor, byId)?.[0] ?? null, limit: limit + 1 },
      ...(campaignId === undefined ? {} : { campaignId: campaignId as Id<'cmp'> }),
    });
    return pageOf(refunds, limit, ({ id }) => [id], refundView);
  }

  @Post(':id/redrive')
  @HttpCode(200)
  @Policy('refund.redrive')
  @ApiOperation({ summary: 'send a refund back to work and say why it may work now' })
  @ApiOkResponse({ type: RefundView })
  async redrive(
    @Who() actor: Actor,
    @Param('id', IdOf('rfd')) refundId: Id<'rfd'>,
    @Body() { reason }: WhyBody,
  ): Promise<RefundView> {
    return refundView(await this.redriveRefund.execute({ actor, refundId, reason }));
  }

  @Post(':id/by-hand')
  @HttpCode(204)
  @Policy('refund.by-hand')
  @ApiOperation({ summary: 'write down that a refund was paid by hand; a second person confirms it' })
  @ApiNoContentResponse()
  async enter(
    @Who() actor: Actor,
    @Param('id', IdOf('rfd')) refundId: Id<'rfd'>,
    @Body() { voucher, evidence }: HandRefundBody,
  ): Promise<void> {
    await this.enterByHand.execute({ actor, refundId, voucher, evidence });
  }

  @Post(':id/by-hand/confirm')
  @HttpCode(204)
  @Policy('refund.confirm')
  @ApiNoContentResponse()
  @ApiOperation({ summary: 'type the voucher again as a second person: the refund is done' })
  async confirm(
    @Who() actor: Actor,
    @Param('id', IdOf('rfd')) refundId: Id<'rfd'>,
    @Body() { voucher }: VoucherBody,
  ): Promise<void> {
    await this.confirmByHand.execute({ actor, refundId, voucher });
  }
}
