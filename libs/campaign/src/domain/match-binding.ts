import { defineMachine, type Id, type Machine } from '@hehuo/kernel';
import type { AskVerdict, DeadlineOutcome } from './decision.js';
import type { MatchPool, MatchUnit } from './match-pool.js';
import type { ReleaseReason } from './match-reservation.js';

export type MatchBindingState =
  | 'bound'
  | 'due'
  | 'receipt_entered'
  | 'received'
  | 'write_off_proposed'
  | 'written_off'
  | 'late_entered'
  | 'late_received'
  | 'promised'
  | 'released';
export type MatchBindingEvent =
  | 'owe'
  | 'promise'
  | 'release'
  | 'enter_receipt'
  | 'confirm_receipt'
  | 'refuse_receipt'
  | 'propose_write_off'
  | 'write_off'
  | 'refuse_write_off';

/**
 * A pool in one campaign. `due`: the donor owes the money to the campaign's custodian. `received`: two persons said
 * that it came. `written_off`: two approvers said that it will not come. `late_received`: it came all the same, and belongs to
 * the donor, because nobody counts on it any more. `promised`: hours or goods that the donor owes in
 * kind. `released`: nothing is owed, from the decision on or since the payers have all their money back.
 */
export const MATCH_BINDING_MACHINE: Machine<MatchBindingState, MatchBindingEvent> = defineMachine<
  MatchBindingState,
  MatchBindingEvent
>('match of a campaign', 'bound', {
  bound: { owe: 'due', promise: 'promised', release: 'released' },
  due: { enter_receipt: 'receipt_entered', propose_write_off: 'write_off_proposed', release: 'released' },
  receipt_entered: { confirm_receipt: 'received', refuse_receipt: 'due' },
  received: {},
  write_off_proposed: { write_off: 'written_off', refuse_write_off: 'due', release: 'released' },
  written_off: { enter_receipt: 'late_entered' },
  late_entered: { confirm_receipt: 'late_received', refuse_receipt: 'written_off' },
  late_received: {},
  promised: {},
  released: {},
});

export interface MatchBinding {
  readonly id: Id<'mbd'>;
  readonly poolId: Id<'mpl'>;
  readonly campaignId: Id<'cmp'>;
  readonly state: MatchBindingState;
  readonly version: number;
  /** Set aside for pledges of this campaign, what was confirmed included. */
  readonly reserved: bigint;
  readonly released: bigint;
  /** What the decision confirmed; stays as it was told. */
  readonly confirmed: bigint;
  /** Of what was confirmed, what is not given after all. */
  readonly returned: bigint;
  readonly received: bigint;
  /** The residents' own part that the decision counted; null before it. */
  readonly residents: bigint | null;
  readonly receipt: MatchReceipt | null;
  readonly writeOff: MatchWriteOff | null;
  readonly boundAt: Date;
}

/** What was written down about the donor's money. */
export interface MatchReceipt {
  /** Fen that came: what was due when it was entered. */
  readonly amount: bigint;
  readonly voucher: string;
  readonly evidence: string;
  readonly at: Date;
  readonly enteredBy: Id<'per'>;
  readonly confirmedBy: Id<'per'> | null;
}

/** Why the donor's money is not awaited any more. It counts when another approver confirms it. */
export interface MatchWriteOff {
  readonly reason: string;
  readonly proposedBy: Id<'per'>;
  readonly confirmedBy: Id<'per'> | null;
  readonly at: Date | null;
}

/** Fen that the donor still owes. */
export function dueOf({
  state,
  confirmed,
  returned,
}: Pick<MatchBinding, 'state' | 'confirmed' | 'returned'>): bigint {
  return AWAITED.includes(state) ? confirmed - returned : 0n;
}

const AWAITED: readonly MatchBindingState[] = ['due', 'receipt_entered', 'write_off_proposed'];

/** Whether a receipt may be of this sum: exactly what is due, or after a write-off whatever came of what was confirmed. */
export function takesReceipt(
  binding: Pick<MatchBinding, 'state' | 'confirmed' | 'returned'>,
  amount: bigint,
): boolean {
  if (binding.state === 'written_off') return amount > 0n && amount <= binding.confirmed;
  return amount === dueOf(binding);
}

export interface MatchVerdict {
  /** What the residents gave themselves, of the matched kinds, in asks that were met. */
  readonly residents: bigint;
  /** Null: what is set aside is owed. Else the reason why it goes back. */
  readonly release: ReleaseReason | null;
}

/**
 * Judges a pool's condition by the numbers of the decision itself: promised hours and goods, and of money what is
 * held, so after a collection only what was collected. An ask that missed its minimum fails alone and counts nothing.
 */
export function judgeMatch(
  pool: Pick<MatchPool, 'kinds' | 'conditionMinimum'>,
  verdict: { readonly outcome: DeadlineOutcome; readonly asks: readonly AskVerdict[] },
): MatchVerdict {
  const residents = verdict.asks
    .filter(({ kind, met }) => met && pool.kinds.includes(kind))
    .reduce((sum, { counted }) => sum + counted, 0n);
  if (verdict.outcome === 'failed') return { residents, release: 'campaign_failed' };
  return { residents, release: residents >= pool.conditionMinimum ? null : 'condition_missed' };
}

/** What follows from a confirmed sum: money is owed, hours and goods are promised, nothing is nothing. */
export function endOf(unit: MatchUnit, confirmed: bigint): 'owe' | 'promise' | 'release' {
  if (confirmed === 0n) return 'release';
  return unit === 'fen' ? 'owe' : 'promise';
}
