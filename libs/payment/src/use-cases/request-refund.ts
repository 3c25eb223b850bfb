import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import type { Charge } from '../domain/charge.js';
import { PaymentError } from '../domain/errors.js';
import { refundNumber, type Refund } from '../domain/refund.js';
import { ChargeStore } from '../store/charge.store.js';
import { RefundStore, type NewRefund } from '../store/refund.store.js';
import { refundRequested } from './bookings.js';
import { Trail } from './trail.js';

export interface RefundWish {
  readonly chargeId: Id<'chg'>;
  /** Fen; at most what the charge brought less what already goes back. */
  readonly amount: bigint;
  /** What is answered by it, such as `pledge:plg_…:failed`: one fact, one refund. At most 80 ascii characters. */
  readonly fact: string;
  /** A word for the log and the payer's page, at most 40 ascii characters. */
  readonly reason: string;
  /** Only for money of a campaign that succeeded: its pledge stays paid, and the sum comes out of what is payable. */
  readonly source?: 'payable';
}

/**
 * Opens refunds in the caller's transaction: the row and its booking, escrow, excess or payable → in transit. The money
 * is then committed to its payer; a worker sends it. A fact already answered is passed over.
 */
@Injectable()
export class RequestRefund {
  constructor(
    private readonly charges: ChargeStore,
    private readonly refunds: RefundStore,
    private readonly ledger: Ledger,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Throws `charge_not_found`, `refund_exceeds_charge`, or `refund_fact_reused` for a known fact of another content. */
  async execute(tx: Tx, wish: RefundWish): Promise<void> {
    await this.executeMany(tx, [wish]);
  }

  /** The same for a chunk of wishes, in a handful of statements. */
  async executeMany(tx: Tx, wishes: readonly RefundWish[]): Promise<void> {
    if (wishes.length === 0) return;
    const chargeIds = [...new Set(wishes.map(({ chargeId }) => chargeId))];
    const charges = new Map((await this.charges.lock(tx, chargeIds)).map((charge) => [charge.id, charge]));
    const fresh = await this.unanswered(tx, wishes);
    if (fresh.length === 0) return;
    const refunded = await this.refunds.refundedOf(tx, chargeIds);
    const rows = fresh.map((wish) => {
      const charge = charges.get(wish.chargeId);
      if (!charge)
        throw new PaymentError('charge_not_found', 'there is no such payment', { chargeId: wish.chargeId });
      const total = (refunded.get(charge.id) ?? 0n) + wish.amount;
      if (wish.amount <= 0n || total > (charge.paidAmount ?? 0n)) {
        const message = 'more would go back than the charge brought';
        throw new PaymentError('refund_exceeds_charge', message, { chargeId: charge.id });
      }
      refunded.set(charge.id, total);
      return this.rowOf(charge, wish);
    });
    await this.refunds.insert(tx, rows);
    await this.ledger.post(tx, rows.map(refundRequested));
    await this.trail.leave(
      tx,
      rows.map(({ id, reason }) => ({
        ...{ objectType: 'refund', objectId: id, from: null, to: 'due', event: 'request' },
        reason,
      })),
      rows.map(({ id }) => ({ topic: 'refund.due', ref: id })),
    );
  }

  /** Fen that go back, or went, of each charge. Charges of which nothing does are left out. */
  refundedOf(tx: Tx, chargeIds: readonly Id<'chg'>[]): Promise<Map<Id<'chg'>, bigint>> {
    return chargeIds.length === 0 ? Promise.resolve(new Map()) : this.refunds.refundedOf(tx, chargeIds);
  }

  private async unanswered(tx: Tx, wishes: readonly RefundWish[]): Promise<RefundWish[]> {
    const rows = await this.refunds.byFacts(
      tx,
      wishes.map(({ fact }) => fact),
    );
    const known = new Map<string, Refund>(rows.map((refund) => [refund.fact, refund]));
    return wishes.filter((wish) => {
      const answered = known.get(wish.fact);
      if (!answered) return true;
      if (answered.chargeId === wish.chargeId && answered.amount === wish.amount) return false;
      throw new PaymentError('refund_fact_reused', `another refund answers ${wish.fact}`, {
        refundId: answered.id,
      });
    });
  }

  private rowOf(charge: Charge, { amount, fact, reason, source }: RefundWish): NewRefund {
    const id = newId('rfd', this.clock.now().getTime());
    return {
      ...{ id, chargeId: charge.id, pledgeId: charge.pledgeId, campaignId: charge.campaignId },
      ...{
        communityId: charge.communityId,
        custodyAccountId: charge.custodyAccountId,
        gateway: charge.gateway,
      },
      ...{ merchantRef: charge.merchantRef, orderNumber: charge.number, number: refundNumber(id, 1) },
      orderAmount: charge.paidAmount ?? charge.amount,
      ...{
        fact,
        reason,
        amount,
        source: source ?? charge.bookedAs ?? 'excess',
        paidAt: charge.paidAt ?? charge.createdAt,
      },
    };
  }
}
