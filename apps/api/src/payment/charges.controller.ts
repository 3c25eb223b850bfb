import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { CheckCharge, ReadBacklog, ReadCharge } from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { PayersView } from './payers-view.js';
import { keysetOf, PageQuery, pageOf } from '../http/paging.js';
import { ChargeList, ChargeView, RefundsProgressView } from './charge-views.dto.js';
import { chargeView, progressView } from './payment.dto.js';

const byId = [(part: string) => isId('chg', part)];

@ApiTags('payments')
@ApiBearerAuth()
@Controller('v1')
export class ChargesController {
  constructor(
    private readonly charges: ReadCharge,
    private readonly check: CheckCharge,
    private readonly backlog: ReadBacklog,
    private readonly view: PayersView,
  ) {}

  @Get('me/charges')
  @Policy('charge.read-own')
  @ApiOperation({
    summary: 'all my payments, by hand or online, newest first, each with its one plain status',
  })
  @ApiOkResponse({ type: ChargeList })
  async mine(@Who() { personId }: Actor, @Query() { cursor, limit }: PageQuery): Promise<ChargeList> {
    const before = keysetOf(cursor, byId)?.[0] ?? null;
    const charges = await this.charges.ofPayer(personId, before, limit + 1);
    const page = pageOf(
      charges,
      limit,
      ({ charge }) => [charge.id],
      (payers) => chargeView(payers, null),
    );
    return { items: [...page.items], next: page.next };
  }

  @Get('charges/:id')
  @Policy('charge.read-own', { polled: true })
  @ApiOperation({ summary: 'my payment with its one plain status' })
  @ApiOkResponse({ type: ChargeView })
  one(@Who() { personId }: Actor, @Param('id', IdOf('chg')) id: Id<'chg'>): Promise<ChargeView> {
    return this.view.of(personId, id);
  }

  /** "I have paid": the gateway is asked now, at most every few seconds. Coming back from its page changes nothing. */
  @Post('charges/:id/check')
  @HttpCode(200)
  @Policy('charge.read-own', { requestsPerMinute: 60 })
  @ApiOperation({ summary: 'ask the gateway about my payment' })
  @ApiOkResponse({ type: ChargeView })
  async ask(@Who() { personId }: Actor, @Param('id', IdOf('chg')) id: Id<'chg'>): Promise<ChargeView> {
    await this.charges.execute(personId, id);
    await this.check.onDemand(id);
    return this.view.of(personId, id);
  }

  @Get('campaigns/:id/refunds')
  @Policy('refund.progress', { polled: true })
  @ApiOperation({ summary: 'how far the refunds of a campaign are, in sums' })
  @ApiOkResponse({ type: RefundsProgressView })
  async progress(@Param('id', IdOf('cmp')) id: Id<'cmp'>): Promise<RefundsProgressView> {
    return { items: progressView(await this.backlog.refundsOf(id)), next: null };
  }
}
