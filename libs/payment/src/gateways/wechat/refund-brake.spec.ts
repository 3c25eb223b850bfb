import { describe, expect, it } from '@jest/globals';
import { RefundBrake } from './refund-brake.js';

const startMs = Date.parse('2026-11-25T00:00:00Z');

describe('the brake of refunds', () => {
  it('halves with every word of a limit, down to one a second, and lets go after a minute', async () => {
    let nowMs = startMs;
    const brake = new RefundBrake(80, { now: () => new Date(nowMs) });
    const later = (ms: number): number => {
      nowMs += ms;
      return brake.limited('m1');
    };
    expect(later(0)).toBe(40);
    // Words that come together are one.
    expect(later(999)).toBe(40);
    expect([1_000, 1_000, 1_000, 1_000, 1_000, 1_000].map(later)).toEqual([20, 10, 5, 2, 1, 1]);
    expect(later(60_000)).toBe(40);
  });

  it('makes the calls of that merchant wait for their turns, and those of others not', async () => {
    let nowMs = startMs;
    const brake = new RefundBrake(200, { now: () => new Date(nowMs) });
    brake.limited('m1');
    const started = performance.now();
    await brake.turn('m2');
    await Promise.all([1, 2, 3, 4, 5].map(() => brake.turn('m1')));
    // A hundred a second: the fifth turn comes after fifty milliseconds.
    expect(performance.now() - started).toBeGreaterThanOrEqual(45);
    nowMs += 60_000;
    const free: number[] = [];
    for (let turn = 0; turn < 100; turn += 1) void brake.turn('m1').then(() => free.push(turn));
    // No timer comes before the promises that are ready.
    await Promise.resolve();
    expect(free).toHaveLength(100);
  });
});
