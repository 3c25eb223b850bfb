import type { Id } from '@hehuo/kernel';
import type { Action, Decision, OpenPledgeState, PledgeKind } from './action.js';
import type { ItemState, RunState } from './run.machine.js';

export interface Run {
  readonly id: Id<'run'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly decision: Decision;
  /** Asks that reached their minimum, as the decision saw it. */
  readonly metAsks: ReadonlySet<string>;
  readonly state: RunState;
  readonly version: number;
  readonly cursor: string;
  readonly chunks: number;
  readonly items: number;
  readonly haltedReason: string | null;
  readonly report: readonly AskReport[] | null;
  readonly doneAt: Date | null;
  readonly createdAt: Date;
}

export interface Item {
  readonly pledgeId: Id<'plg'>;
  readonly chunkNo: number;
  readonly askId: Id<'ask'>;
  readonly kind: PledgeKind;
  readonly quantity: bigint;
  /** As the pledge stood when the item was written; one that the decision ended is done from the start. */
  readonly fromState: OpenPledgeState | 'dropped' | 'expired';
  /** Null where no rule fits; such an item is for a human from the start. */
  readonly action: Action | null;
  /** The charge that brought the money; null where none did. */
  readonly chargeId: Id<'chg'> | null;
  readonly state: ItemState;
  readonly reason: string | null;
}

/** A range of pledges that is settled in one transaction. */
export interface Chunk {
  readonly runId: Id<'run'>;
  readonly no: number;
  readonly firstPledgeId: string;
  readonly lastPledgeId: string;
  readonly attempts: number;
  /** Written with every result: a worker that was overtaken writes nothing. */
  readonly token: string;
  readonly fence: number;
}

/** Where the items of a run stand. */
export interface Progress {
  readonly items: number;
  readonly due: number;
  readonly waiting: number;
  readonly done: number;
  readonly needsHuman: number;
}

/** One line of an ask's report: how many pledges, and how much in the ask's unit. */
export interface Tally {
  readonly pledges: number;
  readonly quantity: bigint;
}

/** What became of the pledges of one ask. */
export interface AskReport {
  readonly askId: string;
  readonly kind: PledgeKind;
  /** Everything that was promised at the decision. */
  readonly pledged: Tally;
  /** Kept: money paid, shifts confirmed, hand-overs due, plans adopted, households counted. */
  readonly collected: Tally;
  /** Promised and then not paid. */
  readonly dropped: Tally;
  /** Money that is back with its payer. */
  readonly refunded: Tally;
  /** Let go because the goal was missed, plans archived with their author's name included. */
  readonly released: Tally;
  /** Not at its end yet. */
  readonly open: Tally;
}
