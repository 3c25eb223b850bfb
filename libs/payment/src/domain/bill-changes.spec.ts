import { describe, expect, it } from '@jest/globals';
import { changesButFees, changesOf } from './bill-matching.js';
import type { BillLine } from './findings.js';

const line = (over: Partial<BillLine> = {}): BillLine => ({
  ...{ kind: 'payment', ourNumber: 'C1', orderNumber: 'C1', gatewayNumber: 'T1', amount: 5_000n },
  ...{ incoming: true, fee: 0n, at: new Date('2026-11-24T08:00:00Z') },
  ...over,
});

describe('a bill that is asked for again', () => {
  const [one, two] = [line(), line({ ourNumber: 'C2', gatewayNumber: 'T2' })];
  it('is the same in another order', () => {
    expect(changesOf([one, two], [two, one])).toEqual({ added: [], gone: [] });
  });
  it('tells what came and what went, and counts repetitions', () => {
    const corrected = { ...two, amount: 1n };
    expect(changesOf([one, two], [one, corrected])).toEqual({ added: [corrected], gone: [two] });
    expect(changesOf([one], [one, one])).toEqual({ added: [one], gone: [] });
    expect(changesOf([one, two], [])).toEqual({ added: [], gone: [one, two] });
  });
  it('is a change that somebody explains only as far as more than fees are others', () => {
    const dearer = { ...one, fee: 3n };
    const corrected = { ...two, amount: 1n, fee: 3n };
    expect(changesButFees(changesOf([one, two], [dearer, two]))).toEqual({ added: [], gone: [] });
    expect(changesButFees(changesOf([one, two], [dearer, corrected]))).toEqual({
      ...{ added: [corrected], gone: [two] },
    });
    expect(changesButFees(changesOf([one], [one, dearer]))).toEqual({ added: [dearer], gone: [] });
  });
});
