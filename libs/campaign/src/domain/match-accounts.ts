import type { MatchUnit } from './match-pool.js';

/** The unit that a pool's promises are booked in. A promised fen is not a fen: only money that moved is booked in `fen`. */
const PROMISE_UNIT = { fen: 'fen_promised', minutes: 'minutes', pieces: 'pieces' } as const satisfies Record<
  MatchUnit,
  string
>;

interface MatchAccount<Code> {
  readonly unit: (typeof PROMISE_UNIT)[MatchUnit];
  readonly code: Code;
  readonly owner: string;
}

/** A donor's commitment goes from `match_by` to `match_pool`, and what is reserved of it from there to the campaign. */
export function matchAccount<Code extends 'match_by' | 'match_pool' | 'match_to'>(
  code: Code,
  unit: MatchUnit,
  owner: string,
): MatchAccount<Code> {
  return { unit: PROMISE_UNIT[unit], code, owner };
}
