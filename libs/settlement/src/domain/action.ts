export type PledgeKind = 'skilled_work' | 'labour' | 'goods' | 'money' | 'planning' | 'attention';

/** States of a pledge that has not come to its end. */
export const OPEN_PLEDGE_STATES = ['promised', 'awaiting_payment', 'held', 'refund_due'] as const;
export type OpenPledgeState = (typeof OPEN_PLEDGE_STATES)[number];

/** What the decision itself did to a pledge: nothing is left to do, but it belongs to the report. */
const ENDED_BY_DECISION: Readonly<Record<string, Action>> = { dropped: 'drop', expired: 'expire' };

export function endedAs(state: string): Action | null {
  return ENDED_BY_DECISION[state] ?? null;
}

export type Outcome = 'succeeded' | 'failed' | 'cancelled';

/** What settlement does with one pledge. */
export const ACTIONS = [
  'pay',
  'refund',
  'await_refund',
  'drop',
  'expire',
  'release',
  'confirm_shift',
  'make_handover_due',
  'adopt',
  'archive',
  'count',
] as const;
export type Action = (typeof ACTIONS)[number];

export interface ActionRule {
  /** The event of the pledge's machine; null where another event already led it on. */
  readonly event: string | null;
  /** What becomes of the promise in the books: kept, taken back, or already resolved by somebody else. */
  readonly promise: 'post' | 'void' | 'none';
  /** The pledge's state when the item is done. */
  readonly finalState: string;
  /** The item waits for a gateway or for a person's voucher before it is done. */
  readonly waits: boolean;
}

export const ACTION_RULES = {
  pay: { event: 'pay', promise: 'post', finalState: 'paid', waits: false },
  refund: { event: 'owe_refund', promise: 'void', finalState: 'refunded', waits: true },
  await_refund: { event: null, promise: 'none', finalState: 'refunded', waits: true },
  drop: { event: 'drop', promise: 'void', finalState: 'dropped', waits: false },
  expire: { event: 'expire', promise: 'void', finalState: 'expired', waits: false },
  release: { event: 'release', promise: 'void', finalState: 'released', waits: false },
  confirm_shift: { event: 'confirm', promise: 'post', finalState: 'confirmed', waits: false },
  make_handover_due: { event: 'hand_over', promise: 'post', finalState: 'handover_due', waits: false },
  adopt: { event: 'adopt', promise: 'post', finalState: 'adopted', waits: false },
  archive: { event: 'archive', promise: 'void', finalState: 'archived', waits: false },
  count: { event: 'count', promise: 'post', finalState: 'counted', waits: false },
} as const satisfies Record<Action, ActionRule>;

export interface SettledPledge {
  readonly kind: PledgeKind;
  readonly state: OpenPledgeState;
}

export interface Decision {
  readonly outcome: Outcome;
  /** How the campaign's money was to be paid; null where it asked for none. */
  readonly paymentMode: string | null;
}

type KindRule = (state: OpenPledgeState, succeeded: boolean, decision: Decision) => Action | null;

/** A kind without money: promised until now, and then one of two ends. */
const promised =
  (onSuccess: Action, onFailure: Action): KindRule =>
  (state, succeeded) => {
    if (state !== 'promised') return null;
    return succeeded ? onSuccess : onFailure;
  };

/** domain.md §6: what each kind comes to when the campaign's goal was reached, and when it was not. */
const KIND_RULES: Readonly<Record<PledgeKind, KindRule>> = {
  skilled_work: promised('confirm_shift', 'release'),
  labour: promised('confirm_shift', 'release'),
  goods: promised('make_handover_due', 'release'),
  planning: promised('adopt', 'archive'),
  attention: promised('count', 'count'),
  money: (state, succeeded, decision) => moneyAction(state, succeeded, decision),
};

/**
 * The action for a pledge, or null when its state is none that its kind can be in: then a human must look.
 *
 * A pledge stands or falls with its ask: an optional ask that missed its minimum fails alone, and what was promised to
 * it goes back although the campaign succeeded. Attention counts in every case.
 */
export function actionFor(pledge: SettledPledge, decision: Decision, askMet: boolean): Action | null {
  const succeeded = decision.outcome === 'succeeded' && askMet;
  return KIND_RULES[pledge.kind](pledge.state, succeeded, decision);
}

/** Every legal type that takes money gives all of it back on failure, so no policy decides here. */
function moneyAction(state: OpenPledgeState, succeeded: boolean, decision: Decision): Action {
  switch (state) {
    case 'held':
      return succeeded ? 'pay' : 'refund';
    case 'refund_due':
      return 'await_refund';
    case 'awaiting_payment':
      if (decision.outcome === 'cancelled') return 'release';
      // Paid at once or not at all, against asked for after success and not paid in the window.
      return decision.paymentMode === 'pay_now' ? 'expire' : 'drop';
    case 'promised':
      // Only a success ever asked for it, so only then was it the payer who let it fall.
      return decision.outcome === 'succeeded' ? 'drop' : 'release';
  }
}
