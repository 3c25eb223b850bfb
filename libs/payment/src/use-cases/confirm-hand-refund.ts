import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import { sqlOf } from '@hehuo/platform';
import { OFFLINE } from '../domain/charge.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { mayPayByHand } from '../domain/refund.js';
import { RefundStore } from '../store/refund.store.js';
import { again, Moved } from './again.js';
import { refundDone } from './bookings.js';
import { RefundSink } from './ports.js';
import { Trail } from './trail.js';

export interface ConfirmHandRefundInput {
  readonly actor: Officer;
  readonly refundId: Id<'rfd'>;
  /** The voucher that the second person looked at; must be the one entered. */
  readonly voucher: string;
}

/** A second person confirms that the money went back: only then it is booked. */
@Injectable()
export class ConfirmHandRefund {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly refunds: RefundStore,
    private readonly sink: RefundSink,
    private readonly ledger: Ledger,
    private readonly trail: Trail,
  ) {}

  async execute(input: ConfirmHandRefundInput): Promise<void> {
    await again(() => this.uow.run((tx) => this.confirm(tx, input)));
  }

  private async confirm(tx: Tx, { actor, refundId, voucher }: ConfirmHandRefundInput): Promise<void> {
    const refund = await this.refunds.find(refundId, sqlOf(tx));
    if (!refund) throw new PaymentError('refund_not_found', 'there is no such refund');
    requireOneOf(actor, ['fund_approver'], refund.communityId);
    // A lost answer may be asked for again by the same person.
    if (refund.state === 'done' && refund.confirmedBy === actor.personId && refund.voucher === voucher)
      return;
    if (!mayPayByHand(refund) || refund.voucher !== voucher) {
      throw new PaymentError(
        'refund_not_by_hand',
        'no payment by hand with this voucher waits to be confirmed',
      );
    }
    if (refund.enteredBy === actor.personId) {
      throw new PaymentError('same_person', 'another person than the one who entered it must confirm');
    }
    await this.sink.onDone(tx, { ...refund, state: 'done', confirmedBy: actor.personId });
    if (!(await this.refunds.confirmByHand(tx, refund, actor.personId))) throw new Moved();
    await this.ledger.post(tx, [refundDone(refund, OFFLINE)]);
    const change = {
      objectType: 'refund',
      objectId: refund.id,
      from: refund.state,
      to: 'done',
      event: 'finish',
    };
    await this.trail.leave(
      tx,
      [{ ...change, reason: 'paid back by hand' }],
      [{ topic: 'refund.changed', ref: refund.id }],
    );
  }
}
