import { defineMachine, type Id } from '@hehuo/kernel';
import type { GatewayName } from './charge.js';

export const BILL_DAY_STATES = ['due', 'imported', 'matched', 'explained', 'without_bill'] as const;
export type BillDayState = (typeof BILL_DAY_STATES)[number];
export type BillDayEvent = 'import' | 'match' | 'close' | 'change' | 'reopen' | 'propose' | 'forgo';

/**
 * `explained` is closed: every line is matched or explained. A bill that changes afterwards opens the day again, and so
 * does money of that day that we learn of later.
 * `without_bill` is closed too: two persons answer for it, because its bill is not to be had any more; should it come
 * after all, it is imported like any other.
 */
export const BILL_DAY_MACHINE = defineMachine<BillDayState, BillDayEvent>('bill day', 'due', {
  due: { import: 'imported', propose: 'due', forgo: 'without_bill' },
  imported: { match: 'matched', change: 'imported' },
  matched: { close: 'explained', change: 'imported' },
  explained: { change: 'imported', reopen: 'matched' },
  without_bill: { import: 'imported' },
});

/** States in which a day stands in the way of nothing. */
export const BILL_DAY_CLOSED: readonly BillDayState[] = ['explained', 'without_bill'];

/** One merchant account at one gateway: whose bill it is. */
export interface Merchant {
  readonly gateway: GatewayName;
  readonly merchantRef: string;
}

/** What a merchant's bill of one day is to us. */
export interface BillDay extends Merchant {
  readonly id: Id<'bld'>;
  /** `YYYY-MM-DD` in the zone of the gateway's bills. */
  readonly day: string;
  readonly startsAt: Date;
  /** The first instant of the next day. */
  readonly endsAt: Date;
  readonly state: BillDayState;
  readonly version: number;
  /** How often the gateway gave the bill. A second time it is asked whether it stayed the same. */
  readonly downloads: number;
  /** Questions since the last useful answer. */
  readonly tries: number;
  readonly lastAnswer: string | null;
  readonly forgone: Forgone | null;
}

/** Whether there are lines to match. */
export function hasBill({ state }: Pick<BillDay, 'state'>): boolean {
  return state !== 'due' && state !== 'without_bill';
}

/** Why a day is to be closed without its bill, and whose word that is. `confirmedBy` is null until a second person agrees. */
export interface Forgone {
  readonly reason: string;
  readonly proposedBy: Id<'per'>;
  readonly confirmedBy: Id<'per'> | null;
}

/** Seconds until a bill that is not there is asked for again. */
const PAUSE_SECONDS = [300, 900, 1_800, 3_600, 7_200, 14_400] as const;

export function billPauseSeconds(tries: number): number {
  return PAUSE_SECONDS[Math.min(Math.max(tries, 0), PAUSE_SECONDS.length - 1)] as number;
}

/** A bill is asked for once more this long after it came: gateways correct their bills, and say so to nobody. */
export const secondDownloadHours = 24;
/** A second question that gets no answer this often is given up: the first answer stands. */
export const secondDownloadTriesMax = 8;
export const downloadsMax = 2;
/** A day that waits for the next day's bill is looked at again after this long. */
export const waitingHours = 1;
/** What a later answer may heal is looked at again after this long. */
export const healingHours = 6;
/** A day that is older than this and not closed blocks payouts. */
export const overdueDays = 3;
/** The bytes of a bill hold payers' accounts; after this long only their fingerprint is left. */
export const bytesKeptDays = 90;
