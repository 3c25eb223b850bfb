import { describe, expect, it } from '@jest/globals';
import { FaultSwitches } from './fault-switches.js';
import { callbackFaults, faultCatalogue, faultNames, transportFaults, type RuleInput } from './rules.js';

function armed(...rules: RuleInput[]): FaultSwitches {
  const faults = new FaultSwitches();
  faults.set(rules);
  return faults;
}

describe('fault switches', () => {
  it('knows every fault as one of the answer, of the callback, of the bill or of the outcome', () => {
    const outcomes = [
      'not-found-for',
      'not-enough-balance',
      'refund-failed',
      'refund-stays-processing',
      'late-success',
    ];
    const billFaults = faultNames.filter((name) => name.startsWith('bill-'));
    expect(billFaults).toHaveLength(8);
    expect([...transportFaults, ...callbackFaults, ...billFaults, ...outcomes].sort()).toEqual(
      [...faultNames].sort(),
    );
  });

  it('strikes by operation, prefix and event, as often as asked', () => {
    const faults = armed({
      match: { operation: 'refund', orderNo: 'C1', refundNo: 'R' },
      fault: 'reject',
      times: 2,
    });
    const hit = (orderNo: string, refundNo: string) =>
      faults.take('refund', ['reject'], { orderNo, refundNo }) !== undefined;
    expect([hit('C2', 'R1'), hit('C1', 'X'), hit('C12', 'R1'), hit('C1', 'R2'), hit('C1', 'R3')]).toEqual([
      ...[false, false, true, true, false],
    ]);
    expect(faults.list()[0]?.used).toBe(2);
  });

  it('does not use up a rule that would change nothing', () => {
    const faults = armed({ match: { operation: 'query-order' }, fault: 'not-found-for', times: 1 });
    expect(faults.take('query-order', ['not-found-for'], {}, () => false)).toBeUndefined();
    expect(faults.isOn('query-order', 'not-found-for', {})).toBe(true);
    expect(faults.take('query-order', ['not-found-for'], {})?.delayMs).toBe(30_000);
  });

  it('repeats a random run from its seed, given or shown', () => {
    const run = (faults: FaultSwitches) =>
      Array.from({ length: 200 }, () => faults.take('refund', ['reject'], {}) !== undefined);
    const rule = { match: { operation: 'refund' }, fault: 'reject', probability: 0.3 } as const;
    const first = run(armed({ ...rule, seed: 42 }));
    expect(run(armed({ ...rule, seed: 42 }))).toEqual(first);
    expect(run(armed({ ...rule, seed: 43 }))).not.toEqual(first);
    expect(first.filter(Boolean).length).toBeGreaterThan(30);
    expect(first.filter(Boolean).length).toBeLessThan(90);
    const unseeded = armed(rule);
    const seed = unseeded.list()[0]?.seed ?? 0;
    expect(run(armed({ ...rule, seed }))).toEqual(run(unseeded));
  });

  it('refuses a fault where it has no meaning, and then keeps the old rules', () => {
    const faults = armed({ match: { operation: 'pay' }, fault: 'reject' });
    expect(() => faults.set([{ match: { operation: 'callback' }, fault: 'rate-limited' }])).toThrow(
      'Rule 0: rate-limited',
    );
    expect(faults.list()).toHaveLength(1);
    expect(Object.keys(faultCatalogue)).toHaveLength(35);
  });
});
