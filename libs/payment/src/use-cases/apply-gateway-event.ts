import { Injectable } from '@nestjs/common';
import { derivedId, isId, UnitOfWork, type Id } from '@hehuo/kernel';
import type { GatewayEvent, GatewayEventState } from '../domain/gateway-event.js';
import { checkAfterSeconds } from '../domain/schedule.js';
import { ChargeStore } from '../store/charge.store.js';
import { GatewayEventStore } from '../store/gateway-event.store.js';
import { RefundStore } from '../store/refund.store.js';
import { AskCharge } from './ask-charge.js';
import { CheckRefund } from './check-refund.js';

type Verdict = Exclude<GatewayEventState, 'received'> | 'not_yet';

/** A gateway's copies may lag behind its own callbacks; after this many questions a difference is a difference. */
const lagTriesMax = 6;

/**
 * Acts on a stored callback by asking the gateway about the object that it names. What the gateway answers is learned;
 * what the callback claimed is only compared with it, so a false claim changes nothing.
 */
@Injectable()
export class ApplyGatewayEvent {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly events: GatewayEventStore,
    private readonly charges: ChargeStore,
    private readonly refunds: RefundStore,
    private readonly askCharge: AskCharge,
    private readonly checkRefund: CheckRefund,
  ) {}

  /** The state that the event is in afterwards; `received` means that it is looked at again later. */
  async execute(eventId: Id<'gev'>): Promise<GatewayEventState | null> {
    const event = await this.events.find(eventId);
    if (!event || event.state !== 'received') return event?.state ?? null;
    await this.events.plan(eventId, checkAfterSeconds(event.tries));
    const verdict =
      event.refundNumber === null ? await this.aboutCharge(event) : await this.aboutRefund(event);
    if (verdict === 'not_yet') return 'received';
    await this.uow.run((tx) => this.events.settle(tx, eventId, verdict));
    return verdict;
  }

  private async aboutCharge(event: GatewayEvent): Promise<Verdict> {
    const charge = await this.charges.findByNumber(event.orderNumber);
    if (!charge || charge.gateway !== event.gateway) return 'unknown_object';
    const finding = await this.askCharge.execute(charge.id, true);
    const after = (await this.charges.find(charge.id)) ?? charge;
    const isTrue =
      event.kind === 'charge.paid'
        ? after.state === 'succeeded' && says(event, after.paidAmount)
        : after.state === 'closed' || after.state === 'succeeded';
    if (isTrue && charge.merchantRef === event.merchantRef) return 'applied';
    const isCertain = after.state === 'succeeded' || finding?.kind === 'paid';
    return isCertain || event.tries >= lagTriesMax ? 'contradicted' : 'not_yet';
  }

  private async aboutRefund(event: GatewayEvent): Promise<Verdict> {
    const refundId = refundIdOf(event.refundNumber ?? '');
    const refund = refundId && (await this.refunds.find(refundId));
    if (!refund || refund.gateway !== event.gateway) return 'unknown_object';
    if (refund.number !== event.refundNumber) {
      // A number that failed for good and was replaced: its failure is old news, its success would be a second payment.
      return event.kind === 'refund.failed' ? 'applied' : 'contradicted';
    }
    await this.checkRefund.execute(refund.id, true);
    const after = (await this.refunds.find(refund.id)) ?? refund;
    const isTrue =
      event.kind === 'refund.done'
        ? after.state === 'done' && says(event, after.amount)
        : after.state === 'needs_human' || after.number !== event.refundNumber;
    if (isTrue && refund.merchantRef === event.merchantRef && refund.orderNumber === event.orderNumber)
      return 'applied';
    return after.state === 'done' || event.tries >= lagTriesMax ? 'contradicted' : 'not_yet';
  }
}

/** Some gateways tell of a refund without its own sum; what is not told cannot be false. */
function says({ amount }: GatewayEvent, booked: bigint | null): boolean {
  return amount === null || amount === booked;
}

function refundIdOf(number: string): Id<'rfd'> | null {
  const body = /^R([0-9a-hjkmnp-tv-z]{26})(?:-\d{1,4})?$/.exec(number)?.[1];
  if (body === undefined) return null;
  const id = derivedId('rfd', `rfd_${body}`);
  return isId('rfd', id) ? id : null;
}
