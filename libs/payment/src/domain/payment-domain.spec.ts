import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  absentSecondsMin,
  CHARGE_MACHINE,
  isFact,
  learn,
  nextCheckSeconds,
  orderNumber,
  type ChargeState,
} from './charge.js';
import { verdictOf, type OrderFinding, type RefundFinding } from './findings.js';
import { statusOf } from './payer-status.js';
import {
  learnRefund,
  mayPayByHand,
  REFUND_MACHINE,
  refundNumber,
  unknownSecondsMax,
  waitingSecondsMax,
  type RefundState,
} from './refund.js';
import { backoffLongestSeconds, backoffSeconds, CHECK_SECONDS, checkAfterSeconds } from './schedule.js';
import { TokenBucket } from './token-bucket.js';

const at = new Date('2026-11-23T00:00:00Z');
const orderFindings: OrderFinding[] = [
  { kind: 'open', payUrl: null },
  { kind: 'open', payUrl: 'http://pay' },
  { kind: 'paid', amount: 5n, paidAt: at, transactionNo: 'T1' },
  { kind: 'closed' },
  { kind: 'absent' },
  { kind: 'refused', code: 'rejected' },
  { kind: 'unknown', why: 'lost' },
];
const refundFindings: RefundFinding[] = [
  { kind: 'processing' },
  { kind: 'done', amount: 5n, doneAt: at, transactionNo: 'T1' },
  { kind: 'done', amount: 6n, doneAt: at, transactionNo: 'T1' },
  { kind: 'failed' },
  { kind: 'not_enough' },
  { kind: 'absent' },
  { kind: 'refused', code: 'rejected' },
  { kind: 'unknown', why: 'lost' },
];
/** How much is known: a step may stay or climb, never fall. */
const CHARGE_RANK: Record<ChargeState, number> = {
  ...{ new: 0, sent: 1, unknown: 2, pending: 3, closed: 4, failed: 4, succeeded: 5 },
};

describe('a charge', () => {
  const ages = fc.record({ secondsSinceSent: fc.nat(1_000), payByPassed: fc.boolean() });

  it('learns from every finding in every state without going back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CHARGE_MACHINE.states),
        fc.constantFrom(...orderFindings),
        fc.constantFrom(null, 'http://pay'),
        fc.boolean(),
        ages,
        (state, finding, payUrl, closeWanted, age) => {
          const event = learn({ state, payUrl, closeWanted }, finding, age);
          const to = event === null ? state : CHARGE_MACHINE.next(state, event);
          expect(CHARGE_RANK[to]).toBeGreaterThanOrEqual(CHARGE_RANK[state]);
        },
      ),
    );
  });

  it('succeeds out of every state but succeeded, and leaves succeeded by nothing', () => {
    const paid = orderFindings[2]!;
    for (const state of CHARGE_MACHINE.states) {
      const known = { state, payUrl: null, closeWanted: false };
      const event = learn(known, paid, { secondsSinceSent: 0, payByPassed: false });
      expect(event).toBe(state === 'succeeded' ? null : 'pay');
    }
    expect(CHARGE_MACHINE.isFinal('succeeded')).toBe(true);
  });

  it('fails by absence only when it may not be paid any more and was sent long enough ago', () => {
    const absent: OrderFinding = { kind: 'absent' };
    const known = { state: 'unknown', payUrl: null, closeWanted: false } as const;
    const late = absentSecondsMin + 1;
    expect(learn(known, absent, { secondsSinceSent: late, payByPassed: false })).toBeNull();
    expect(learn(known, absent, { secondsSinceSent: absentSecondsMin, payByPassed: true })).toBeNull();
    expect(learn(known, absent, { secondsSinceSent: late, payByPassed: true })).toBe('fail');
    expect(
      learn({ ...known, closeWanted: true }, absent, { secondsSinceSent: late, payByPassed: false }),
    ).toBe('fail');
  });

  it('is not accepted without the address of its payment page', () => {
    const open: OrderFinding = { kind: 'open', payUrl: null };
    const known = { state: 'unknown', payUrl: null, closeWanted: false } as const;
    const age = { secondsSinceSent: 0, payByPassed: false };
    expect(learn(known, open, age)).toBeNull();
    expect(learn({ ...known, payUrl: 'http://pay' }, open, age)).toBe('accept');
  });

  it('is asked about by the schedule, and for a while after it closed', () => {
    expect(CHECK_SECONDS.map((_, checks) => checkAfterSeconds(checks))).toEqual([
      15, 30, 60, 300, 900, 3600, 21600,
    ]);
    expect(checkAfterSeconds(99)).toBe(21_600);
    expect(nextCheckSeconds({ state: 'closed', checks: 0, sentAt: at })).toBe(15);
    expect(nextCheckSeconds({ state: 'closed', checks: 7, sentAt: at })).toBeNull();
    expect(nextCheckSeconds({ state: 'closed', checks: 0, sentAt: null })).toBeNull();
    expect(nextCheckSeconds({ state: 'succeeded', checks: 0, sentAt: at })).toBeNull();
  });

  it('has a number that a gateway takes and that never changes', () => {
    const id = 'chg_01hxyz0123456789abcdefghjk' as const;
    expect(orderNumber(id)).toBe('C01hxyz0123456789abcdefghjk');
    expect(orderNumber(id)).toHaveLength(27);
  });
});

describe('a refund', () => {
  const calm = { secondsSinceSent: 0, secondsWaiting: 0 };

  it('learns from every finding in every state, and done is for good', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REFUND_MACHINE.states),
        fc.constantFrom(...refundFindings),
        fc.boolean(),
        fc.record({
          secondsSinceSent: fc.nat(2 * unknownSecondsMax),
          secondsWaiting: fc.nat(2 * waitingSecondsMax),
        }),
        (state: RefundState, finding, doubtful, ages) => {
          const { event } = learnRefund({ state, amount: 5n, doubtful }, finding, ages);
          const to = event === null ? state : REFUND_MACHINE.next(state, event);
          if (state === 'done') expect(to).toBe('done');
          if (to === 'done') expect(state === 'done' || finding.kind === 'done').toBe(true);
        },
      ),
    );
  });

  it('goes to a human after too long, for another sum, and for a refusal', () => {
    const sent = { state: 'sent', amount: 5n, doubtful: false } as const;
    const old = { ...calm, secondsSinceSent: unknownSecondsMax + 1 };
    expect(learnRefund(sent, { kind: 'unknown', why: 'lost' }, calm).event).toBe('lose');
    expect(learnRefund(sent, { kind: 'unknown', why: 'lost' }, old)).toMatchObject({
      stuck: 'unknown_too_long',
    });
    expect(learnRefund(sent, refundFindings[2]!, calm)).toMatchObject({ stuck: 'amount_mismatch' });
    expect(learnRefund(sent, { kind: 'refused', code: 'x' }, calm)).toMatchObject({
      stuck: 'refused',
      detail: 'x',
    });
    expect(learnRefund(sent, { kind: 'not_enough' }, calm).event).toBe('lack');
    const waited = { ...calm, secondsWaiting: waitingSecondsMax + 1 };
    expect(learnRefund(sent, { kind: 'not_enough' }, waited)).toMatchObject({ stuck: 'funds_too_long' });
  });

  it('is paid by hand only when the gateway surely carries out nothing more', () => {
    const sent = { state: 'sent', amount: 5n, doubtful: true } as const;
    expect(learnRefund(sent, { kind: 'refused', code: 'x' }, calm)).toMatchObject({
      stuck: 'refused_after_doubt',
    });
    expect(mayPayByHand({ state: 'needs_human', stuck: 'refused_after_doubt' })).toBe(false);
    expect(mayPayByHand({ state: 'needs_human', stuck: 'unknown_too_long' })).toBe(false);
    expect(mayPayByHand({ state: 'needs_human', stuck: 'gateway_failed' })).toBe(true);
    expect(mayPayByHand({ state: 'processing', stuck: null })).toBe(false);
  });

  it('gets a new number by its attempts alone', () => {
    const id = 'rfd_01hxyz0123456789abcdefghjk' as const;
    expect([refundNumber(id, 1), refundNumber(id, 2)]).toEqual([
      'R01hxyz0123456789abcdefghjk',
      'R01hxyz0123456789abcdefghjk-2',
    ]);
  });
});

describe('what a finding means', () => {
  it('is success or refusal only where it is proven', () => {
    expect(orderFindings.map(verdictOf)).toEqual([
      ...['accepted', 'accepted', 'done', 'done', 'unknown', 'refused', 'unknown'],
    ]);
    expect(refundFindings.map(verdictOf)).toEqual([
      ...['accepted', 'done', 'done', 'refused', 'refused', 'unknown', 'refused', 'unknown'],
    ]);
    expect(orderFindings.filter(isFact).map(({ kind }) => kind)).toEqual(['paid', 'closed']);
  });
});

describe('the payer', () => {
  it('sees one plain status', () => {
    const charge = { state: 'pending', payUrl: 'http://pay', closeWanted: false, paidAmount: null } as const;
    expect(statusOf(charge, [])).toBe('to_pay');
    expect(statusOf({ ...charge, closeWanted: true }, [])).toBe('checking');
    expect(statusOf({ ...charge, state: 'unknown' }, [])).toBe('checking');
    expect(statusOf({ ...charge, state: 'failed' }, [])).toBe('not_paid');
    const paid = { ...charge, state: 'succeeded', paidAmount: 10n } as const;
    expect(statusOf(paid, [])).toBe('paid');
    expect(statusOf(paid, [{ state: 'done', amount: 4n }])).toBe('paid');
    expect(statusOf(paid, [{ state: 'waiting_funds', amount: 10n }])).toBe('returning');
    expect(statusOf(paid, [{ state: 'done', amount: 10n }])).toBe('returned');
  });
});

describe('spreading calls', () => {
  it('never lets more through than the pace, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2_000, max: 2_000 }), { maxLength: 200 }), (steps) => {
        const bucket = new TokenBucket(10, 10);
        let now = 1_000_000;
        let forwardMs = 0;
        let taken = 0;
        for (const step of steps) {
          now += step;
          if (step > 0) forwardMs += step;
          if (bucket.take(now)) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(10 + (forwardMs / 1000) * 10);
      }),
    );
  });

  it('doubles the ceiling of the pause up to six hours', () => {
    expect(backoffSeconds(1, 0.999)).toBe(15);
    expect(backoffSeconds(2, 0.999)).toBe(30);
    expect(backoffSeconds(50, 0.999999)).toBe(backoffLongestSeconds);
    expect(backoffSeconds(50, 0)).toBe(1);
  });
});
