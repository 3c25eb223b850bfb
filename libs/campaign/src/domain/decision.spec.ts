import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideAfterCollection, decideAtDeadline, type AskTally } from './decision.js';
import { KINDS } from './kind.js';

const ask = (over: Partial<AskTally>): AskTally => ({
  askId: 'ask',
  kind: 'labour',
  title: 'ask',
  minimum: 100n,
  wanted: 100n,
  required: true,
  reserved: 0n,
  held: 0n,
  pledges: 0n,
  ...over,
});

describe('the decision at the deadline', () => {
  it('needs exactly the minimum, no more and no less', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.constantFrom(...KINDS), (minimum, kind) => {
        const at = (reserved: bigint) =>
          decideAtDeadline([ask({ kind, minimum, reserved, held: reserved })], 'pay_on_success').outcome;
        expect([at(minimum - 1n), at(minimum), at(minimum + 1n)]).toEqual([
          'failed',
          'succeeded',
          'succeeded',
        ]);
      }),
    );
  });

  it('says for each ask what is short', () => {
    const { outcome, asks } = decideAtDeadline(
      [ask({ reserved: 60n }), ask({ required: false, reserved: 0n })],
      null,
    );
    expect(outcome).toBe('failed');
    expect(asks.map(({ met, short }) => ({ met, short }))).toEqual([
      { met: false, short: 40n },
      { met: false, short: 100n },
    ]);
  });

  it('does not fail on an ask that is not required', () => {
    expect(decideAtDeadline([ask({ reserved: 100n }), ask({ required: false })], null).outcome).toBe(
      'succeeded',
    );
  });

  it('counts money as held when it is paid at once and as promised when it is paid later', () => {
    const money = ask({ kind: 'money', reserved: 100n, held: 99n });
    expect(decideAtDeadline([money], 'pay_now').outcome).toBe('failed');
    expect(decideAtDeadline([money], 'pay_on_success').outcome).toBe('collecting');
    expect(decideAtDeadline([{ ...money, held: 100n }], 'offline').outcome).toBe('succeeded');
  });
});

describe('the decision after collection', () => {
  it('counts only money that arrived, and still needs exactly the minimum', () => {
    const at = (held: bigint) =>
      decideAfterCollection([ask({ kind: 'money', reserved: 120n, held })]).outcome;
    expect([at(99n), at(100n), at(101n)]).toEqual(['failed', 'succeeded', 'succeeded']);
  });

  it('agrees with the first decision wherever everything is held', () => {
    const tallies = fc.array(
      fc.record({
        kind: fc.constantFrom(...KINDS),
        minimum: fc.bigInt({ min: 0n, max: 50n }),
        held: fc.bigInt({ min: 0n, max: 50n }),
        required: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(tallies, (list) => {
        const asks = list.map((one) => ask({ ...one, reserved: one.held }));
        expect(decideAfterCollection(asks).outcome).toBe(decideAtDeadline(asks, 'pay_on_success').outcome);
      }),
    );
  });
});
