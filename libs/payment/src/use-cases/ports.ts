import type { Id, Tx } from '@hehuo/kernel';
import type { AwaitingPledge } from '../domain/bank-match.js';
import type { Booking, Charge } from '../domain/charge.js';
import type { Refund } from '../domain/refund.js';

export interface PaidCharge {
  /** The charge as it was before this success. */
  readonly charge: Charge;
  /** When the gateway, or the person who took the cash, had the money. */
  readonly paidAt: Date;
  /** Fen that came in; always the sum that the charge asked for. */
  readonly amount: bigint;
}

/**
 * Decides what a paid charge is for its pledge, and changes the pledge, in the transaction that books the money. Called
 * before the charge row is locked, so that locks keep their order: pledge, charge, ledger. The transaction may be rolled
 * back and run again, so it has no effect but through `tx`.
 *
 * `escrow`: the pledge takes it. `excess`: late, double or unwanted; it is booked to the campaign's excess account and
 * its refund is opened in the same transaction. Money of a wrong sum never comes here: it is excess already.
 */
export abstract class PaidChargeSink {
  abstract onPaid(tx: Tx, paid: PaidCharge): Promise<Booking>;
}

/** Hears that a refund reached the payer, in the transaction that books it. */
export abstract class RefundSink {
  abstract onDone(tx: Tx, refund: Refund): Promise<void>;
}

/** What money entered by hand needs to know of the pledge that it belongs to. */
export interface PayablePledge {
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly payerId: Id<'per'>;
  readonly custodyAccountId: Id<'cus'>;
  /** Fen promised. */
  readonly amount: bigint;
}

/** Finds a pledge of money whose campaign takes offline payments; null for anything else. */
export abstract class PayablePledges {
  abstract find(pledgeId: Id<'plg'>): Promise<PayablePledge | null>;
}

/** Who may sign for money: payment knows persons by id only. */
export abstract class ActivePeople {
  /** Those of the persons who exist, have an open account and are of age. */
  abstract among(tx: Tx, personIds: readonly Id<'per'>[]): Promise<ReadonlySet<Id<'per'>>>;
}

/** What the lines of a bank are compared with. */
export abstract class AwaitingPledges {
  /** Pledges of the offline campaigns on this account whose money has not come and would still count. */
  abstract ofAccount(custodyAccountId: Id<'cus'>): Promise<readonly AwaitingPledge[]>;
  /** Those of the persons who have exactly this name. Names themselves stay where they are kept. */
  abstract calledSo(personIds: readonly Id<'per'>[], name: string): Promise<ReadonlySet<Id<'per'>>>;
}
