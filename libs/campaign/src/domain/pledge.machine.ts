import { defineMachine, type Machine } from '@hehuo/kernel';

export const PLEDGE_STATES = [
  'promised',
  'awaiting_payment',
  'held',
  'refund_due',
  'paid',
  'refunded',
  'confirmed',
  'handover_due',
  'adopted',
  'archived',
  'counted',
  'released',
  'withdrawn',
  'expired',
  'dropped',
] as const;
export type PledgeState = (typeof PLEDGE_STATES)[number];

export type PledgeEvent =
  | 'ask_payment'
  | 'hold'
  | 'pay'
  | 'owe_refund'
  | 'refund'
  | 'confirm'
  | 'hand_over'
  | 'adopt'
  | 'archive'
  | 'count'
  | 'release'
  | 'withdraw'
  | 'expire'
  | 'drop';

/**
 * The life of a promise. `held` means that the custodian has the money; `awaiting_payment`, that its payer is asked
 * for it; `expired`, that it was not paid in its time, before the deadline; `dropped`, that it was not paid in the
 * collection window after it.
 */
export const PLEDGE_MACHINE: Machine<PledgeState, PledgeEvent> = defineMachine<PledgeState, PledgeEvent>(
  'pledge',
  'promised',
  {
    promised: {
      ask_payment: 'awaiting_payment',
      hold: 'held',
      confirm: 'confirmed',
      hand_over: 'handover_due',
      adopt: 'adopted',
      archive: 'archived',
      count: 'counted',
      release: 'released',
      withdraw: 'withdrawn',
      drop: 'dropped',
    },
    awaiting_payment: {
      hold: 'held',
      withdraw: 'withdrawn',
      expire: 'expired',
      drop: 'dropped',
      release: 'released',
    },
    held: { pay: 'paid', owe_refund: 'refund_due' },
    refund_due: { refund: 'refunded' },
    paid: {},
    refunded: {},
    confirmed: {},
    handover_due: {},
    adopted: {},
    archived: {},
    counted: {},
    released: {},
    withdrawn: {},
    expired: {},
    dropped: {},
  },
);

/** These count towards the goal and take up room. */
export const ACTIVE_PLEDGE_STATES = [
  'promised',
  'awaiting_payment',
  'held',
] as const satisfies readonly PledgeState[];

export function isActive(state: PledgeState): boolean {
  return (ACTIVE_PLEDGE_STATES as readonly PledgeState[]).includes(state);
}
