import type { Kind } from './kind.js';

/** The unit that a kind's promises are booked in. A promised fen is not a fen: only money that moved is booked in `fen`. */
const PROMISE_UNIT = {
  skilled_work: 'minutes',
  labour: 'minutes',
  goods: 'pieces',
  money: 'fen_promised',
  planning: 'plans',
  attention: 'households',
} as const satisfies Record<Kind, string>;

type PromiseUnit = (typeof PROMISE_UNIT)[Kind];

interface PromiseAccount<Code> {
  readonly unit: PromiseUnit;
  readonly code: Code;
  readonly owner: string;
}

/** The two accounts of a promise: from the neighbours of the community to the ask. */
export function promiseAccounts(
  communityId: string,
  askId: string,
  kind: Kind,
): { debit: PromiseAccount<'promised_by'>; credit: PromiseAccount<'promised_to'> } {
  const unit = PROMISE_UNIT[kind];
  return {
    debit: { unit, code: 'promised_by', owner: communityId },
    credit: { unit, code: 'promised_to', owner: askId },
  };
}
