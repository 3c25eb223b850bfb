import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { mayPayByHand } from '../domain/refund.js';
import { RefundStore } from '../store/refund.store.js';
import { again, Moved } from './again.js';

export interface EnterHandRefundInput {
  readonly actor: Officer;
  readonly refundId: Id<'rfd'>;
  /** Number of the bank's or the cash box's voucher. */
  readonly voucher: string;
  /** Who got it, how, and where the proof is kept. */
  readonly evidence: string;
}

/** Somebody paid a refund back by hand and writes down the proof. It counts when a second person confirms it. */
@Injectable()
export class EnterHandRefund {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly refunds: RefundStore,
  ) {}

  /** Throws `refund_not_by_hand` while the gateway may still carry the refund out. */
  async execute({ actor, refundId, voucher, evidence }: EnterHandRefundInput): Promise<void> {
    await again(() =>
      this.uow.run(async (tx) => {
        const refund = await this.refunds.find(refundId, sqlOf(tx));
        if (!refund) throw new PaymentError('refund_not_found', 'there is no such refund');
        requireOneOf(actor, ['community_staff', 'fund_approver'], refund.communityId);
        if (!mayPayByHand(refund)) {
          throw new PaymentError(
            'refund_not_by_hand',
            'the gateway may still pay this refund; redrive it instead',
          );
        }
        const entry = { voucher, evidence, enteredBy: actor.personId };
        if (!(await this.refunds.enterByHand(tx, refund, entry))) throw new Moved();
      }),
    );
  }
}
