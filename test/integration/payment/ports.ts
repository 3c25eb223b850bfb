import { Module } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import {
  ActivePeople,
  AwaitingPledges,
  CustodyCampaigns,
  PaidChargeSink,
  PayablePledges,
  PayeePartners,
  PayoutBudgets,
  RefundSink,
  type AwaitingPledge,
  type Booking,
  type PaidCharge,
  type PartLeft,
  type PayablePledge,
  type PayoutCampaign,
  type PayoutPart,
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

/** Everybody is there, but for those who a test says have left. */
export class TestPeople extends ActivePeople {
  readonly gone = new Set<Id<'per'>>();

  async among(_tx: Tx, personIds: readonly Id<'per'>[]): Promise<ReadonlySet<Id<'per'>>> {
    return new Set(personIds.filter((personId) => !this.gone.has(personId)));
  }
}

/** As many campaigns wait for their end as a test says. */
export class TestCampaigns extends CustodyCampaigns {
  waiting = 0;

  async undecided(): Promise<number> {
    return this.waiting;
  }
}

/** One campaign whose parts hold what a test says, in memory of the database. */
export class TestBudgets extends PayoutBudgets {
  known: PayoutCampaign | null = null;
  payeeId: Id<'pye'> | null = null;

  async campaign(): Promise<PayoutCampaign | null> {
    return this.known;
  }

  async left(tx: Tx, campaignId: Id<'cmp'>, part: PayoutPart): Promise<PartLeft | null> {
    const row = await sqlOf(tx).row<{ fen: string }>(
      'SELECT fen FROM test_budget WHERE campaign_id = ? AND part = ?',
      [campaignId, part],
    );
    return row && { left: BigInt(row.fen), payeeId: part === 'surplus' ? this.payeeId : null, owners: null };
  }

  async take(tx: Tx, campaignId: Id<'cmp'>, part: PayoutPart, amount: bigint): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE test_budget SET fen = fen - ? WHERE campaign_id = ? AND part = ? AND fen >= ?',
      [amount, campaignId, part, amount],
    );
    return affectedRows === 1;
  }

  async putBack(tx: Tx, campaignId: Id<'cmp'>, part: PayoutPart, amount: bigint): Promise<void> {
    await sqlOf(tx).change('UPDATE test_budget SET fen = fen + ? WHERE campaign_id = ? AND part = ?', [
      ...[amount, campaignId, part],
    ]);
  }
}

export class TestPartners extends PayeePartners {
  readonly verified = new Map<string, Id<'per'>[]>();

  async isVerified(partnerId: Id<'ptn'>): Promise<boolean> {
    return this.verified.has(partnerId);
  }

  async isMember(partnerId: Id<'ptn'>, personId: Id<'per'>): Promise<boolean> {
    return this.verified.get(partnerId)?.includes(personId) ?? false;
  }
}

@Module({
  providers: [
    { provide: PaidChargeSink, useFactory: () => new TestSink() },
    { provide: RefundSink, useFactory: () => new TestRefundSink() },
    { provide: PayablePledges, useFactory: () => new TestPledges() },
    { provide: AwaitingPledges, useFactory: () => new TestAwaiting() },
    { provide: ActivePeople, useFactory: () => new TestPeople() },
    { provide: CustodyCampaigns, useFactory: () => new TestCampaigns() },
    { provide: PayoutBudgets, useFactory: () => new TestBudgets() },
    { provide: PayeePartners, useFactory: () => new TestPartners() },
  ],
  exports: [
    ...[
      PaidChargeSink,
      RefundSink,
      PayablePledges,
      AwaitingPledges,
      ActivePeople,
      CustodyCampaigns,
      PayoutBudgets,
      PayeePartners,
    ],
  ],
})
export class TestPorts {}
