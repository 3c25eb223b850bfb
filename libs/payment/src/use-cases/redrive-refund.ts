import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { REFUND_MACHINE, refundNumber, type Refund } from '../domain/refund.js';
import { RefundStore } from '../store/refund.store.js';
import { again, Moved } from './again.js';
import { Trail } from './trail.js';

export interface RedriveRefundInput {
  readonly actor: Officer;
  readonly refundId: Id<'rfd'>;
  /** Why it may work now; kept in the log, 3 to 300 characters. */
  readonly reason: string;
}

/**
 * A fund approver sends a refund back to work. Only a number that the gateway declared failed for good is replaced by a
 * new one; any other is asked about first and sent again as it was, because it may still be carried out.
 */
@Injectable()
export class RedriveRefund {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly refunds: RefundStore,
    private readonly trail: Trail,
  ) {}

  async execute({ actor, refundId, reason }: RedriveRefundInput): Promise<Refund> {
    return again(() =>
      this.uow.run(async (tx) => {
        const refund = await this.refunds.find(refundId, sqlOf(tx));
        if (!refund) throw new PaymentError('refund_not_found', 'there is no such refund');
        requireOneOf(actor, ['fund_approver'], refund.communityId);
        if (refund.stuck === 'offline') {
          throw new PaymentError(
            'refund_not_by_hand',
            'money that came by hand goes back by hand: enter its voucher',
          );
        }
        const to = REFUND_MACHINE.next(refund.state, 'redrive');
        const attempt = refund.stuck === 'gateway_failed' ? refund.attempt + 1 : refund.attempt;
        if (!(await this.refunds.redrive(tx, refund, attempt, refundNumber(refund.id, attempt))))
          throw new Moved();
        const change = {
          objectType: 'refund',
          objectId: refund.id,
          from: refund.state,
          to,
          event: 'redrive',
        };
        await this.trail.leave(tx, [{ ...change, reason }], [{ topic: 'refund.due', ref: refund.id }]);
        return (await this.refunds.find(refundId, sqlOf(tx))) ?? refund;
      }),
    );
  }
}
