import { allocate, type Id } from '@hehuo/kernel';

/** Why a match that was confirmed is not given after all: its payer got money back, or its donor never paid. */
export const RETURN_CAUSES = ['refunded', 'written_off'] as const;
export type ReturnCause = (typeof RETURN_CAUSES)[number];

/** A confirmed line, as far as returning a part of it needs. */
export interface ReturnableMatch {
  readonly id: Id<'mrs'>;
  readonly pledgeId: Id<'plg'>;
  readonly poolId: Id<'mpl'>;
  /** What the payer paid, in fen. */
  readonly own: bigint;
  readonly amount: bigint;
  /** Already returned. */
  readonly returned: bigint;
}

/** What a line gives back for one cause. */
export interface MatchReturn {
  readonly line: ReturnableMatch;
  /** What the payer has back by now, all refunds together; nothing for a write-off. */
  readonly ownBack: bigint;
  /** What the proportion gives. */
  readonly wanted: bigint;
  /** What goes back; less than wanted only where matched money is spent already. */
  readonly amount: bigint;
}

/**
 * The match of money that went back goes back in proportion. Reckoned from everything that the payer has back, rounded
 * down, less what was returned before: so no number of refunds drifts from the proportion, and all of it returns all of it.
 */
export function returnOf(line: ReturnableMatch, ownBack: bigint): MatchReturn {
  const target = (line.amount * ownBack) / line.own;
  const wanted = target > line.returned ? target - line.returned : 0n;
  return { line, ownBack, wanted, amount: wanted };
}

/** Keeps the returns within what is not spent yet, each in proportion to what it wants, by largest remainder. */
export function withinRoom(returns: readonly MatchReturn[], room: bigint): MatchReturn[] {
  const wanted = returns.reduce((sum, one) => sum + one.wanted, 0n);
  if (wanted <= room) return [...returns];
  const parts = allocate(
    room,
    returns.map((one) => one.wanted),
  );
  return returns.map((one, at) => ({ ...one, amount: parts[at]! }));
}

/** Fen that the donor has to get back: what came, less what is still given. */
export function owedToDonor({
  confirmed,
  returned,
  received,
}: {
  readonly confirmed: bigint;
  readonly returned: bigint;
  readonly received: bigint;
}): bigint {
  const given = confirmed - returned;
  return received > given ? received - given : 0n;
}
