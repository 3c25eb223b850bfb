import { describe, expect, it } from '@jest/globals';
import { retryDelayMs } from './courier.js';

describe('retry table', () => {
  it('waits 0.2, 1, 5, 15, 60 s and then five minutes, for a day', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 290].map((attempts) => retryDelayMs(attempts, 1))).toEqual([
      ...[200, 1_000, 5_000, 15_000, 60_000, 300_000, 300_000, 300_000],
    ]);
    expect(retryDelayMs(290, 86_399_999)).toBe(300_000);
    expect(retryDelayMs(290, 86_400_000)).toBeUndefined();
  });
});
