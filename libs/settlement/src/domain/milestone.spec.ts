import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertPlain, assertPossible, surplusRoute, type DecisionKind } from './milestone-decision.js';
import {
  isEnded,
  MILESTONE_MACHINE,
  proRata,
  restOf,
  splitBudget,
  type MilestoneBudget,
} from './milestone.js';
import { shareFact } from './refund-run.js';

const fen = fc.bigInt({ min: 0n, max: 10n ** 15n });
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
const codeOf = (work: () => void): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const milestone = (over: Partial<MilestoneBudget> = {}): MilestoneBudget => ({
  ...{ id: 'mbg_1', campaignId: 'cmp_1', part: 'milestone:0', position: 0, shareBps: 10_000, budget: 100n },
  ...{ paidOut: 0n, givenBack: 0n, leftOver: 0n, payeeId: null, state: 'open', version: 0 },
  ...over,
});

describe('the budgets of milestones', () => {
  const shares = fc
    .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 0, maxLength: 12 })
    .map((list) => list.map((shareBps, position) => ({ position, shareBps })));

  it('sum to the whole, whatever the shares, in the order of the milestones', () => {
    fc.assert(
      fc.property(fen, shares, (total, list) => {
        const parts = splitBudget(total, list);
        expect(sum(parts.map(({ budget }) => budget))).toBe(total);
        expect(parts.map(({ position }) => position)).toEqual(
          list.some(({ shareBps }) => shareBps > 0) ? list.map(({ position }) => position) : [0],
        );
      }),
    );
  });

  it('are never more than one fen away from their share', () => {
    const parts = splitBudget(1_000n, [
      { position: 0, shareBps: 3_333 },
      { position: 1, shareBps: 3_333 },
      { position: 2, shareBps: 3_334 },
    ]);
    expect(parts.map(({ budget }) => budget)).toEqual([333n, 333n, 334n]);
  });

  it('end once, and a cancelled one gives back again what comes back later', () => {
    expect(MILESTONE_MACHINE.can('finished', 'cancel')).toBe(false);
    expect(MILESTONE_MACHINE.next('cancelled', 'cancel')).toBe('cancelled');
    expect(restOf(milestone({ paidOut: 30n, givenBack: 20n, leftOver: 10n }))).toBe(40n);
    expect(isEnded(milestone({ paidOut: 100n }))).toBe(true);
    expect(isEnded(milestone({ paidOut: 99n }))).toBe(false);
    expect(isEnded(milestone({ state: 'cancelled' }))).toBe(true);
  });
});

describe('what goes back pro rata', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 200 })
    .map((list) => list.map((weight, n) => ({ weight, pledge: n })));

  it('sums exactly, and nobody gets more than they still have in it', () => {
    fc.assert(
      fc.property(weights, fc.bigInt({ min: 1n, max: 10n ** 11n }), (list, total) => {
        const held = sum(list.map(({ weight }) => weight));
        const parts = proRata(total, list);
        if (held < total) return void expect(parts).toBeNull();
        expect(sum(parts!.map(({ amount }) => amount))).toBe(total);
        for (const { amount, weight } of parts!) {
          expect(amount > 0n && amount <= weight).toBe(true);
          // Largest remainder: less than a fen from the exact share.
          expect(amount * held > total * weight - held && amount * held < total * weight + held).toBe(true);
        }
      }),
    );
  });

  it('never takes more from anybody over any number of runs', () => {
    const runs = fc.array(fc.bigInt({ min: 1n, max: 10n ** 6n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(weights, runs, (list, totals) => {
        let left = list;
        for (const total of totals) {
          const parts = proRata(total, left);
          if (!parts) continue;
          const back = new Map(parts.map(({ pledge, amount }) => [pledge, amount]));
          left = left.map(({ weight, pledge }) => ({ pledge, weight: weight - (back.get(pledge) ?? 0n) }));
          expect(left.every(({ weight }) => weight >= 0n)).toBe(true);
        }
      }),
    );
  });

  it('is one fact a pledge, part and round', () => {
    expect(shareFact('plg_1', { part: 'milestone:2', round: 1 })).toBe('pledge:plg_1:milestone:2');
    expect(shareFact('plg_1', { part: 'surplus', round: 2 })).toBe('pledge:plg_1:surplus:2');
  });
});

describe('a decision', () => {
  it.each([
    ['refund_pro_rata', 'refund'],
    ['price_falls', 'refund'],
    ['community_fund', 'payout'],
    ['similar_purpose', 'payout'],
    ['owners_decide', 'payout'],
    ['none', 'none'],
  ])('about a surplus under %s leads to %s', (policy, route) => expect(surplusRoute(policy)).toBe(route));

  const wish = (kind: DecisionKind, over: object = {}) => ({
    ...{
      kind,
      part: kind === 'surplus' ? ('surplus' as const) : ('milestone:0' as const),
      evidence: null,
      payeeId: null,
    },
    ...over,
  });

  it.each<[string, ReturnType<typeof wish>, string]>([
    ['a surplus of a milestone', wish('surplus', { part: 'milestone:0' }), 'refund_pro_rata'],
    ['the end of a surplus', wish('finish', { part: 'surplus' }), 'refund_pro_rata'],
    ['a payee of a milestone', wish('cancel', { payeeId: 'pye_1' }), 'refund_pro_rata'],
    ['a surplus without a rule', wish('surplus'), 'none'],
    [
      'a payee where it goes back',
      wish('surplus', { payeeId: 'pye_1', evidence: '会议纪要' }),
      'price_falls',
    ],
    ['a fund without a payee', wish('surplus', { evidence: '会议纪要' }), 'community_fund'],
    ['a fund without a record', wish('surplus', { payeeId: 'pye_1' }), 'owners_decide'],
  ])('cannot be %s', (_what, one, policy) =>
    expect(codeOf(() => assertPlain(one, policy))).toBe('milestone_decision_invalid'),
  );

  it('about a surplus waits until every milestone is ended and something is left', () => {
    const rest = milestone({ state: 'finished', paidOut: 60n });
    const open = milestone({ part: 'milestone:1', position: 1 });
    const empty = milestone({ paidOut: 100n });
    const surplus = { kind: 'surplus', part: 'surplus' } as const;
    expect(codeOf(() => assertPossible(surplus, []))).toBe('milestone_not_found');
    expect(codeOf(() => assertPossible(surplus, [rest, open]))).toBe('surplus_not_yet');
    expect(codeOf(() => assertPossible(surplus, [empty]))).toBe('surplus_not_yet');
    expect(codeOf(() => assertPossible(surplus, [rest, empty]))).toBeNull();
    expect(codeOf(() => assertPossible({ kind: 'finish', part: 'milestone:9' }, [rest]))).toBe(
      'milestone_not_found',
    );
    expect(codeOf(() => assertPossible({ kind: 'cancel', part: 'milestone:0' }, [rest]))).toBe(
      'state_conflict',
    );
  });
});
