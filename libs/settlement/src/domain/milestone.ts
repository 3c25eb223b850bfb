import { allocate, defineMachine, type Id } from '@hehuo/kernel';

/**
 * A part of a campaign's money: a milestone by its position, what donors matched, what of it is to be paid back to them,
 * or what was left over. Matched money is a part of its own: what residents paid goes back to residents, and nothing of
 * a donor's does.
 */
export type Part = `milestone:${number}` | 'matched' | 'returned_match' | 'surplus';

export type MilestoneState = 'open' | 'finished' | 'cancelled';
export type MilestoneEvent = 'finish' | 'cancel';

/**
 * Money is paid out of an open milestone only. What a finished one did not need is left over; what a cancelled one did
 * not spend goes back to the payers, again when money came back to it later.
 */
export const MILESTONE_MACHINE = defineMachine<MilestoneState, MilestoneEvent>('milestone', 'open', {
  open: { finish: 'finished', cancel: 'cancelled' },
  finished: {},
  cancelled: { cancel: 'cancelled' },
});

/** What a milestone may cost, in fen. `budget` is fixed when the campaign is settled and never computed again. */
export interface MilestoneBudget {
  readonly id: Id<'mbg'>;
  readonly campaignId: Id<'cmp'>;
  readonly part: Part;
  /** Null for what is no milestone. */
  readonly position: number | null;
  readonly shareBps: number;
  readonly budget: bigint;
  /** Released, sent and done payouts, less what payees gave back. */
  readonly paidOut: bigint;
  /** Given to refund runs. */
  readonly givenBack: bigint;
  /** Moved to the surplus. */
  readonly leftOver: bigint;
  /** Where a decision names who gets the surplus. */
  readonly payeeId: Id<'pye'> | null;
  readonly state: MilestoneState;
  readonly version: number;
}

export interface Share {
  readonly position: number;
  readonly shareBps: number;
}

export interface NewBudget extends Share {
  readonly budget: bigint;
}

const wholeBps = 10_000;

/** The parts that residents paid for, which can be ended and whose rest is a surplus. */
export function isMilestone(part: Part): boolean {
  return part.startsWith('milestone:');
}

export function partOf(position: number): Part {
  return `milestone:${position}`;
}

/** Splits what is payable by the shares fixed at launch; the parts sum to the whole. Without shares it is one part. */
export function splitBudget(total: bigint, shares: readonly Share[]): NewBudget[] {
  const known = shares.some(({ shareBps }) => shareBps > 0)
    ? [...shares].sort((a, b) => a.position - b.position)
    : [{ position: 0, shareBps: wholeBps }];
  const parts = allocate(
    total,
    known.map(({ shareBps }) => BigInt(shareBps)),
  );
  return known.map(({ position, shareBps }, at) => ({ position, shareBps, budget: parts[at]! }));
}

/** Fen that nobody has a claim to yet. */
export function restOf({
  budget,
  paidOut,
  givenBack,
  leftOver,
}: Pick<MilestoneBudget, 'budget' | 'paidOut' | 'givenBack' | 'leftOver'>): bigint {
  return budget - paidOut - givenBack - leftOver;
}

/** Whether nothing more will be paid out of it as things stand. */
export function isEnded(milestone: MilestoneBudget): boolean {
  return milestone.state !== 'open' || restOf(milestone) === 0n;
}

export interface Weighted {
  /** Fen that the pledge paid less what already went back. */
  readonly weight: bigint;
}

/**
 * Each payer's part of `total` in proportion to what their pledges still have in the campaign, by largest remainder: the
 * parts sum to `total` and none is more than its weight. Null when the weights do not hold that much.
 */
export function proRata<W extends Weighted>(
  total: bigint,
  weighted: readonly W[],
): (W & { readonly amount: bigint })[] | null {
  const held = weighted.reduce((sum, { weight }) => sum + weight, 0n);
  if (held < total || held === 0n) return null;
  const parts = allocate(
    total,
    weighted.map(({ weight }) => weight),
  );
  return weighted.map((one, at) => ({ ...one, amount: parts[at]! })).filter(({ amount }) => amount > 0n);
}
