import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PLEDGE_MACHINE, type PledgeEvent, type PledgeState } from '@hehuo/campaign';
import {
  ACTION_RULES,
  actionFor,
  OPEN_PLEDGE_STATES,
  type Decision,
  type OpenPledgeState,
  type Outcome,
  type PledgeKind,
} from './action.js';

const KINDS: readonly PledgeKind[] = ['skilled_work', 'labour', 'goods', 'money', 'planning', 'attention'];
const OUTCOMES: readonly Outcome[] = ['succeeded', 'failed', 'cancelled'];
const MODES = ['pay_on_success', 'pay_now', 'offline', null];

const table = (
  kind: PledgeKind,
  state: OpenPledgeState,
  paymentMode: string | null = null,
): Record<string, string | null> =>
  Object.fromEntries([
    ...OUTCOMES.map((outcome) => [outcome, actionFor({ kind, state }, { outcome, paymentMode }, true)]),
    ['unmet', actionFor({ kind, state }, { outcome: 'succeeded', paymentMode }, false)],
  ]);

describe('what becomes of a pledge', () => {
  it.each([
    ['skilled_work', 'confirm_shift', 'release'],
    ['labour', 'confirm_shift', 'release'],
    ['goods', 'make_handover_due', 'release'],
    ['planning', 'adopt', 'archive'],
    ['attention', 'count', 'count'],
  ] as const)('%s: %s on success, %s on failure and when its own ask missed its minimum', (kind, yes, no) => {
    expect(table(kind, 'promised')).toEqual({ succeeded: yes, failed: no, cancelled: no, unmet: no });
  });

  it.each(MODES)('money that is held is paid on success and goes back in every other case (%s)', (mode) => {
    expect(table('money', 'held', mode)).toEqual({
      ...{ succeeded: 'pay', failed: 'refund', cancelled: 'refund', unmet: 'refund' },
    });
  });

  it('money that was asked for and did not come is dropped, or expired where it was to be paid at once', () => {
    expect(table('money', 'awaiting_payment', 'pay_on_success')).toEqual({
      ...{ succeeded: 'drop', failed: 'drop', cancelled: 'release', unmet: 'drop' },
    });
    expect(table('money', 'awaiting_payment', 'pay_now')).toEqual({
      ...{ succeeded: 'expire', failed: 'expire', cancelled: 'release', unmet: 'expire' },
    });
  });

  it('money that nobody ever asked for is released, and dropped only where the campaign succeeded without it', () => {
    expect(table('money', 'promised', 'offline')).toEqual({
      ...{ succeeded: 'drop', failed: 'release', cancelled: 'release', unmet: 'drop' },
    });
  });

  it('a refund under way is waited for, whatever was decided', () => {
    expect(new Set(Object.values(table('money', 'refund_due', 'pay_now')))).toEqual(
      new Set(['await_refund']),
    );
  });

  it('is never a guess: every action is a step of the pledge machine, to the state that the report names', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KINDS),
        fc.constantFrom(...OPEN_PLEDGE_STATES),
        fc.record({ outcome: fc.constantFrom(...OUTCOMES), paymentMode: fc.constantFrom(...MODES) }),
        fc.boolean(),
        (kind, state, decision: Decision, met) => {
          const action = actionFor({ kind, state }, decision, met);
          // Only a state that the kind cannot be in is left to a human.
          expect(action === null).toBe(kind !== 'money' && state !== 'promised');
          if (action === null) return;
          const { event, finalState, waits } = ACTION_RULES[action];
          let to: PledgeState = state;
          if (event !== null) to = PLEDGE_MACHINE.next(to, event as PledgeEvent);
          if (waits) to = PLEDGE_MACHINE.next(to, 'refund');
          expect(to).toBe(finalState);
          expect(PLEDGE_MACHINE.isFinal(to)).toBe(true);
        },
      ),
    );
  });
});
