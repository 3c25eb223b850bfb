import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  extensionRefusal,
  farEnough,
  latestDeadline,
  launchFlaws,
  launchTiming,
  ruleFlaws,
  SHORT_DEADLINES,
  shortTiming,
} from './launch-plan.js';
import { millisecondsPerDay as day } from './limits.js';
import { openingHindrance } from './objection.js';

const now = new Date('2026-11-23T00:00:00Z');
const after = (ms: number) => new Date(now.getTime() + ms);
const timing = launchTiming(7);
const codes = (over: Partial<Parameters<typeof launchFlaws>[0]>) =>
  launchFlaws(
    {
      deadline: after(20 * day),
      extension: { daysMax: 0, reachedPercent: 0 },
      paymentMode: null,
      collectionHours: 72,
      daysMax: 60,
      ...over,
    },
    now,
    timing,
  ).map(({ code }) => code);
const hour = 3_600_000;

describe('the time of a launch', () => {
  it('is at least an hour after the notice, to the millisecond', () => {
    expect(codes({ deadline: after(7 * day + hour - 1) })).toEqual(['deadline_too_near']);
    expect(codes({ deadline: after(7 * day + hour) })).toEqual([]);
    expect(farEnough(now, after(hour), timing.openMsMin)).toBe(true);
    expect(farEnough(now, after(hour - 1), timing.openMsMin)).toBe(false);
  });

  it('is short in a demonstration, but only where the usual notice does not fit', () => {
    const plan = (ms: number) => ({ deadline: after(ms), noticeDays: 7 });
    expect(shortTiming(plan(60_000), now)).toBe(SHORT_DEADLINES);
    expect(shortTiming(plan(7 * day + hour - 1), now)).toBe(SHORT_DEADLINES);
    expect(shortTiming(plan(7 * day + hour), now)).toBeUndefined();
    expect(shortTiming({ deadline: null, noticeDays: 7 }, now)).toBeUndefined();
  });

  it('is at most sixty days with the extension, or what the community allows', () => {
    expect(codes({ deadline: after(67 * day) })).toEqual([]);
    expect(codes({ deadline: after(67 * day + 1) })).toEqual(['deadline_too_far']);
    const extension = { daysMax: 10, reachedPercent: 50 };
    expect(codes({ deadline: after(57 * day), extension })).toEqual([]);
    expect(codes({ deadline: after(57 * day + 1), extension })).toEqual(['deadline_too_far']);
    expect(codes({ deadline: after(38 * day), daysMax: 30 })).toEqual(['deadline_too_far']);
  });

  it('leaves room to refund what was paid at once before day 28', () => {
    expect(codes({ deadline: after(32 * day), paymentMode: 'pay_now' })).toEqual([]);
    expect(codes({ deadline: after(32 * day + 1), paymentMode: 'pay_now' })).toEqual(['pay_now_too_long']);
    expect(codes({ deadline: after(60 * day), paymentMode: 'pay_on_success' })).toEqual([]);
  });

  it('keeps its rules in their ranges', () => {
    const good = { extension: { daysMax: 0, reachedPercent: 0 }, collectionHours: 72 };
    expect(ruleFlaws(good)).toEqual([]);
    for (const bad of [71, 169, 72.5, Number.NaN])
      expect(ruleFlaws({ ...good, collectionHours: bad })).toHaveLength(1);
    expect(ruleFlaws({ ...good, extension: { daysMax: 31, reachedPercent: 101 } })).toHaveLength(2);
    expect(ruleFlaws({ ...good, extension: { daysMax: -1, reachedPercent: -1 } })).toHaveLength(2);
  });
});

describe('an extension', () => {
  const plan = { deadline: after(day), extension: { daysMax: 5, reachedPercent: 50 }, extendedAt: null };
  const reached = [{ required: true, minimum: 100n, reserved: 50n }];

  it('ends at the instant of the deadline', () => {
    expect(extensionRefusal(plan, after(2 * day), after(day - 1), reached)).toBeNull();
    expect(extensionRefusal(plan, after(2 * day), after(day), reached)).toContain('passed');
  });

  it('goes as far as the rule and no millisecond further', () => {
    expect(latestDeadline(plan)).toEqual(after(6 * day));
    expect(extensionRefusal(plan, after(6 * day), now, reached)).toBeNull();
    expect(extensionRefusal(plan, after(6 * day + 1), now, reached)).not.toBeNull();
    expect(extensionRefusal(plan, after(day), now, reached)).not.toBeNull();
  });

  it('needs exactly the share, of every required ask and of no other', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10_000n }),
        fc.bigInt({ min: 0n, max: 20_000n }),
        fc.integer({ min: 0, max: 100 }),
        (minimum, reserved, reachedPercent) => {
          const rule = { ...plan, extension: { daysMax: 5, reachedPercent } };
          const asks = [
            { required: true, minimum, reserved },
            { required: false, minimum: 10n, reserved: 0n },
          ];
          const may = extensionRefusal(rule, after(2 * day), now, asks) === null;
          expect(may).toBe(Number(reserved) / Number(minimum) >= reachedPercent / 100 - 1e-12);
        },
      ),
    );
  });

  it('happens once, and only where the launch allowed it', () => {
    expect(extensionRefusal({ ...plan, extendedAt: now }, after(2 * day), now, reached)).toContain('once');
    const none = { ...plan, extension: { daysMax: 0, reachedPercent: 0 } };
    expect(extensionRefusal(none, after(2 * day), now, reached)).toContain('without');
  });
});

describe('the end of a notice', () => {
  it('is its very instant', () => {
    const facts = { noticeEndsAt: after(day), openObjections: 0 };
    expect(openingHindrance({ ...facts, now: after(day - 1) })).toBe('notice_running');
    expect(openingHindrance({ ...facts, now: after(day) })).toBeNull();
    expect(openingHindrance({ ...facts, now: after(day + 1), openObjections: 1 })).toBe('objections_open');
  });
});
