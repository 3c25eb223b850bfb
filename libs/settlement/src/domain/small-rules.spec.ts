import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ACTIONS } from './action.js';
import { isPoison } from './failure.js';
import { obstacleToPaying, payBy } from './payable.js';
import { dueReminder, reminderHours } from './reminder.js';
import { reportOf, type ItemGroup } from './report.js';
import { pauseSeconds } from './retry.js';

describe('the report', () => {
  const group: fc.Arbitrary<ItemGroup> = fc.record({
    askId: fc.constantFrom('ask_1', 'ask_2'),
    kind: fc.constant('money' as const),
    action: fc.option(fc.constantFrom(...ACTIONS)),
    state: fc.constantFrom('due' as const, 'waiting' as const, 'done' as const, 'needs_human' as const),
    pledges: fc.nat(1000),
    quantity: fc.bigInt(0n, 10n ** 15n),
  });

  it('puts every pledge into exactly one column beside "pledged"', () => {
    fc.assert(
      fc.property(fc.array(group), (groups) => {
        for (const ask of reportOf(groups)) {
          // What was taken back before the decision was not promised at it.
          const mine = groups.filter((one) => one.askId === ask.askId && one.action !== 'await_refund');
          const columns = [ask.collected, ask.dropped, ask.refunded, ask.released, ask.open];
          expect(ask.pledged.pledges).toBe(mine.reduce((sum, { pledges }) => sum + pledges, 0));
          expect(columns.reduce((sum, { pledges }) => sum + pledges, 0)).toBe(ask.pledged.pledges);
          expect(columns.reduce((sum, { quantity }) => sum + quantity, 0n)).toBe(ask.pledged.quantity);
        }
      }),
    );
  });

  it('calls nothing collected or refunded before it is done', () => {
    const waiting = { askId: 'ask_1', kind: 'money', action: 'refund', state: 'waiting' } as const;
    const [ask] = reportOf([{ ...waiting, pledges: 2, quantity: 300n }]);
    expect(ask).toMatchObject({ refunded: { pledges: 0 }, open: { pledges: 2, quantity: 300n } });
  });
});

describe('reminders', () => {
  it('are due once their time has come, the nearest only', () => {
    expect([200, 144, 100, 48, 25, 24, 3.5, 3, 0.1, 0, -1].map(dueReminder)).toEqual([
      ...[null, 144, 144, 48, 48, 24, 24, 3, 3, null, null],
    ]);
    expect([...reminderHours].sort((a, b) => b - a)).toEqual(reminderHours);
  });
});

describe('failures', () => {
  it('are poison only where the same input fails again', () => {
    const sql = (sqlState: string | null): boolean => isPoison({ isRefusal: false, sqlState });
    expect(['22003', '23000', '42S22', '40001', 'HY000', null].map(sql)).toEqual([
      ...[true, true, true, false, false, false],
    ]);
    expect(isPoison({ isRefusal: true, sqlState: null })).toBe(true);
  });

  it('pause longer each time, with bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (times, random) => {
          const seconds = pauseSeconds(times, random);
          expect(seconds).toBeGreaterThanOrEqual(3);
          expect(seconds).toBeLessThanOrEqual(900);
        },
      ),
    );
  });
});

describe('paying online', () => {
  const facts = { pledgeState: 'awaiting_payment', campaignState: 'open', paymentMode: 'pay_now' };

  it('is possible where money is asked for, and only then', () => {
    expect(obstacleToPaying(facts)).toBeNull();
    expect(
      obstacleToPaying({ ...facts, campaignState: 'collecting', paymentMode: 'pay_on_success' }),
    ).toBeNull();
    expect(obstacleToPaying({ ...facts, paymentMode: 'pay_on_success' })).toBe('too_late');
    expect(obstacleToPaying({ ...facts, campaignState: 'closing' })).toBe('too_late');
    expect(obstacleToPaying({ ...facts, campaignState: 'suspended' })).toBe('too_late');
    expect(obstacleToPaying({ ...facts, pledgeState: 'promised' })).toBe('not_asked_yet');
    expect(obstacleToPaying({ ...facts, pledgeState: 'held' })).toBe('not_awaiting');
    expect(obstacleToPaying({ ...facts, paymentMode: 'offline' })).toBe('paid_by_hand');
  });

  it('ends with the collection or after two hours, whichever is first', () => {
    const now = new Date('2026-11-23T10:00:00Z');
    expect(payBy(now, new Date('2026-11-23T11:00:00Z')).toISOString()).toBe('2026-11-23T11:00:00.000Z');
    expect(payBy(now, new Date('2026-11-25T10:00:00Z')).toISOString()).toBe('2026-11-23T12:00:00.000Z');
  });
});
