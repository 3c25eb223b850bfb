import { Module } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import {
  AwaitingPledges,
  PaidChargeSink,
  PayablePledges,
  RefundSink,
  type AwaitingPledge,
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

/** Everything that the test promised and nobody paid; a person is called by what the test says. */
export class TestAwaiting extends AwaitingPledges {
  readonly known: AwaitingPledge[] = [];
  readonly names = new Map<Id<'per'>, string>();

  async ofAccount(): Promise<readonly AwaitingPledge[]> {
    return this.known;
  }

  async calledSo(personIds: readonly Id<'per'>[], name: string): Promise<ReadonlySet<Id<'per'>>> {
    return new Set(personIds.filter((personId) => this.names.get(personId) === name));
  }
}

@Module({
  providers: [
    { provide: PaidChargeSink, useFactory: () => new TestSink() },
    { provide: RefundSink, useFactory: () => new TestRefundSink() },
    { provide: PayablePledges, useFactory: () => new TestPledges() },
    { provide: AwaitingPledges, useFactory: () => new TestAwaiting() },
  ],
  exports: [PaidChargeSink, RefundSink, PayablePledges, AwaitingPledges],
})
export class TestPorts {}
