import { Module } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import {
  PaidChargeSink,
  PayablePledges,
  RefundSink,
  type Booking,
  type PaidCharge,
  type PayablePledge,
  type Refund,
} from '@hehuo/payment';
import { sqlOf } from '@hehuo/platform';

/** The pledges' side, as small as it can be: the first charge wins unless the pledge is closed. */
class TestSink extends PaidChargeSink {
  async onPaid(tx: Tx, { charge }: PaidCharge): Promise<Booking> {
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE test_pledge SET winner = ? WHERE id = ? AND closed = 0 AND winner IS NULL',
      [charge.id, charge.pledgeId],
    );
    return affectedRows === 1 ? 'escrow' : 'excess';
  }
}

class TestRefundSink extends RefundSink {
  async onDone(tx: Tx, refund: Refund): Promise<void> {
    await sqlOf(tx).change('UPDATE test_pledge SET returned = returned + ? WHERE id = ?', [
      refund.amount,
      refund.pledgeId,
    ]);
  }
}

export class TestPledges extends PayablePledges {
  readonly known = new Map<string, PayablePledge>();
  async find(pledgeId: Id<'plg'>): Promise<PayablePledge | null> {
    return this.known.get(pledgeId) ?? null;
  }
}

@Module({
  providers: [
    { provide: PaidChargeSink, useFactory: () => new TestSink() },
    { provide: RefundSink, useFactory: () => new TestRefundSink() },
    { provide: PayablePledges, useFactory: () => new TestPledges() },
  ],
  exports: [PaidChargeSink, RefundSink, PayablePledges],
})
export class TestPorts {}
