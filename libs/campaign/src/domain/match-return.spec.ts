import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '@hehuo/kernel';
import { takesReceipt, type MatchBindingState } from './match-binding.js';
import { owedToDonor, returnOf, withinRoom, type ReturnableMatch } from './match-return.js';

const lineOf = (own: bigint, amount: bigint, returned = 0n): ReturnableMatch => ({
  ...{ id: newId('mrs', 1), pledgeId: newId('plg', 1), poolId: newId('mpl', 1), own, amount, returned },
});
const fen = (max: bigint) => fc.bigInt({ min: 1n, max });

describe('the match of money that went back', () => {
  it('goes back in proportion, rounded down', () => {
    expect(returnOf(lineOf(10_000n, 30_000n), 3_333n).amount).toBe(9_999n);
    expect(returnOf(lineOf(3n, 1n), 1n).amount).toBe(0n);
    expect(returnOf(lineOf(3n, 1n), 3n).amount).toBe(1n);
  });

  it('never drifts: any number of refunds returns what one refund of their sum would', () => {
    fc.assert(
      fc.property(
        fen(10n ** 9n),
        fen(10n ** 10n),
        fc.array(fc.nat(1000), { maxLength: 8 }),
        (own, amount, cuts) => {
          let returned = 0n;
          let back = 0n;
          for (const cut of cuts) {
            back += ((own - back) * BigInt(cut)) / 1000n;
            returned += returnOf(lineOf(own, amount, returned), back).amount;
          }
          expect(returned).toBe((amount * back) / own);
          // What is left of the match is never less than the proportion of what is left of the money.
          expect((amount - returned) * own).toBeGreaterThanOrEqual(amount * (own - back));
          expect(returned + returnOf(lineOf(own, amount, returned), own).amount).toBe(amount);
        },
      ),
    );
  });

  it('is cut to what is not spent yet: the lines sum to the room, and none gives more than it should', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fen(10n ** 6n), fen(10n ** 7n), fc.nat(1000)), { minLength: 1, maxLength: 20 }),
        fc.bigInt({ min: 0n, max: 10n ** 8n }),
        (lines, room) => {
          const returns = lines.map(([own, amount, part]) =>
            returnOf(lineOf(own, amount), (own * BigInt(part)) / 1000n),
          );
          const kept = withinRoom(returns, room);
          const wanted = returns.reduce((sum, one) => sum + one.wanted, 0n);
          const sum = kept.reduce((all, { amount }) => all + amount, 0n);
          expect(sum).toBe(wanted < room ? wanted : room);
          for (const one of kept) {
            expect(one.amount).toBeGreaterThanOrEqual(0n);
            expect(one.amount).toBeLessThanOrEqual(one.wanted);
          }
        },
      ),
    );
  });

  it('is owed to the donor only as far as the donor paid for it', () => {
    expect(owedToDonor({ confirmed: 100n, returned: 30n, received: 0n })).toBe(0n);
    expect(owedToDonor({ confirmed: 100n, returned: 30n, received: 70n })).toBe(0n);
    expect(owedToDonor({ confirmed: 100n, returned: 50n, received: 70n })).toBe(20n);
    expect(owedToDonor({ confirmed: 100n, returned: 100n, received: 100n })).toBe(100n);
  });
});

describe('a receipt of a donor’s money', () => {
  it.each<[MatchBindingState, bigint, boolean]>([
    ['due', 70n, true],
    ['due', 69n, false],
    ['due', 100n, false],
    ['written_off', 1n, true],
    ['written_off', 100n, true],
    ['written_off', 0n, false],
    ['written_off', 101n, false],
    ['late_received', 1n, false],
  ])('while it is %s takes %i of 100 confirmed and 30 returned: %s', (state, amount, takes) => {
    expect(takesReceipt({ state, confirmed: 100n, returned: 30n }, amount)).toBe(takes);
  });
});
