import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId, type Id } from '@hehuo/kernel';
import {
  matchLine,
  movementKey,
  undone,
  type LineBooking,
  type LineContext,
  type OurMovement,
  type Told,
} from './bill-matching.js';
import type { BillLine } from './findings.js';

const at = new Date('2026-11-24T08:00:00Z');
const custodyAccountId: Id<'cus'> = newId('cus', at.getTime());

const line = (over: Partial<BillLine> = {}): BillLine => ({
  ...{ kind: 'payment', ourNumber: 'C1', orderNumber: 'C1', gatewayNumber: 'T1', amount: 5_000n },
  ...{ incoming: true, fee: 0n, at },
  ...over,
});
const ours = (over: Partial<OurMovement> = {}): OurMovement => ({
  ...{ kind: 'payment', objectId: newId('chg', at.getTime()), number: 'C1', custodyAccountId },
  ...{ state: 'booked', amount: 5_000n },
  ...over,
});
const context = (over: Partial<LineContext> = {}): LineContext => ({
  ...{ told: null, ours: ours(), isGraceOver: false },
  ...over,
});
const told = (over: Partial<BillLine> = {}, isReplaced = true): Told => ({ line: line(over), isReplaced });
const shown = (bookings: readonly LineBooking[]) =>
  bookings.map(({ what, debit, credit, amount }) => `${what}: ${debit} > ${credit} ${amount}`);

describe('a line of a bill', () => {
  const refund = { kind: 'refund', ourNumber: 'R1', incoming: false } as const;
  const ourRefund = ours({ kind: 'refund', number: 'R1' });
  it.each<[string, BillLine, LineContext, string, string[], bigint | null]>([
    ['that says what we have', line(), context(), 'matched', [], null],
    [
      'with a fee',
      line({ fee: 30n }),
      context(),
      'matched',
      ['fee: gateway_fee > gateway_clearing 30'],
      null,
    ],
    [
      'with a fee that comes back',
      line({ ...refund, fee: -3n }),
      context({ ours: ourRefund }),
      'matched',
      ['fee: gateway_clearing > gateway_fee 3'],
      null,
    ],
    [
      'of another sum',
      line({ amount: 5_001n }),
      context(),
      'amount',
      ['suspense: gateway_clearing > suspense 1'],
      1n,
    ],
    [
      'of a refund of another sum',
      line({ ...refund, amount: 5_200n }),
      context({ ours: ourRefund }),
      'amount',
      ['suspense: suspense > gateway_clearing 200'],
      -200n,
    ],
    [
      'of an unknown order',
      line(),
      context({ ours: null }),
      'missing_local',
      ['suspense: gateway_clearing > suspense 5000'],
      5_000n,
    ],
    [
      'of an unknown refund',
      line({ ...refund, fee: 2n }),
      context({ ours: null }),
      'missing_local',
      ['suspense: suspense > gateway_clearing 5000', 'fee: gateway_fee > gateway_clearing 2'],
      -5_000n,
    ],
    [
      'of a refund that was paid by hand as well',
      line(refund),
      context({ ours: { ...ourRefund, state: 'elsewhere' } }),
      'missing_local',
      ['suspense: suspense > gateway_clearing 5000'],
      -5_000n,
    ],
    [
      'paid, and open here',
      line({ fee: 9n }),
      context({ ours: ours({ state: 'open' }) }),
      'status',
      [],
      null,
    ],
    [
      'paid, and still open here a day later',
      line({ fee: 9n }),
      context({ ours: ours({ state: 'open' }), isGraceOver: true }),
      'status',
      ['suspense: gateway_clearing > suspense 5000', 'fee: gateway_fee > gateway_clearing 9'],
      5_000n,
    ],
    ['told before', line(), context({ told: told() }), 'duplicate', [], null],
    ['told before in other words', line({ amount: 1n }), context({ told: told() }), 'contradicted', [], 0n],
    [
      'told before with another fee, in the same bill',
      line({ fee: 5n }),
      context({ told: told({ fee: 3n }, false) }),
      'contradicted',
      [],
      0n,
    ],
    [
      'whose fee a later bill makes more',
      line({ fee: 5n }),
      context({ told: told({ fee: 3n }) }),
      'fee_corrected',
      ['fee: gateway_fee > gateway_clearing 2'],
      null,
    ],
    [
      'whose fee a later bill makes less than nothing',
      line({ fee: -1n }),
      context({ told: told({ fee: 3n }) }),
      'fee_corrected',
      ['fee: gateway_clearing > gateway_fee 4'],
      null,
    ],
    [
      'whose fee and sum a later bill makes others',
      line({ fee: 5n, amount: 1n }),
      context({ told: told({ fee: 3n }) }),
      'contradicted',
      [],
      0n,
    ],
    [
      'whose fee and order a later bill makes others',
      line({ fee: 5n, orderNumber: 'C2' }),
      context({ told: told({ fee: 3n }) }),
      'contradicted',
      [],
      0n,
    ],
    [
      'about a fee alone',
      line({ kind: 'fee', ourNumber: null, incoming: false, amount: 7n }),
      context({ ours: null }),
      'fee',
      ['fee: gateway_fee > gateway_clearing 7'],
      null,
    ],
    [
      'about money that went to the bank',
      line({ kind: 'other', ourNumber: null, incoming: false, amount: 900n, fee: 1n }),
      context({ ours: null }),
      'withdrawal',
      ['withdrawal: cash_clearing > gateway_clearing 900', 'fee: gateway_fee > gateway_clearing 1'],
      null,
    ],
    [
      'that nobody understands',
      line({ kind: 'other', ourNumber: null, incoming: true, amount: 900n }),
      context({ ours: null }),
      'not_understood',
      ['suspense: gateway_clearing > suspense 900'],
      900n,
    ],
  ])('%s', (_, billed, given, verdict, bookings, money) => {
    const found = matchLine(billed, given);
    expect([found.verdict, shown(found.bookings)]).toEqual([verdict, bookings]);
    expect(found.difference?.money ?? null).toBe(money);
  });

  it('that was in suspense and is learned of comes out of it again', () => {
    expect(shown(undone(5_000n))).toEqual(['suspense: suspense > gateway_clearing 5000']);
    expect(shown(undone(-5_000n))).toEqual(['suspense: gateway_clearing > suspense 5000']);
    expect(undone(0n)).toEqual([]);
  });
});

/** A small world: what a gateway really moved, and what we know of it. */
const worlds = fc
  .array(
    fc.record({
      kind: fc.constantFrom<BillLine['kind']>('payment', 'refund', 'fee', 'other'),
      amount: fc.bigInt({ min: 1n, max: 9_999n }),
      incoming: fc.boolean(),
      fee: fc.bigInt({ min: 0n, max: 50n }),
      known: fc.constantFrom('exact', 'other', 'open', 'elsewhere', 'none'),
    }),
    { maxLength: 12 },
  )
  .map((moves) => {
    const known = new Map<string, OurMovement>();
    const lines = moves.map(({ known: how, ...move }, index): BillLine => {
      const isOurs = move.kind === 'payment' || move.kind === 'refund';
      const ourNumber = isOurs ? `N${index}` : null;
      if (isOurs && how !== 'none') {
        known.set(
          `N${index}`,
          ours({
            ...{ kind: move.kind as OurMovement['kind'], number: `N${index}` },
            state: how === 'open' ? 'open' : how === 'elsewhere' ? 'elsewhere' : 'booked',
            amount: how === 'other' ? move.amount + 7n : move.amount,
          }),
        );
      }
      return { ...move, ourNumber, orderNumber: null, gatewayNumber: `G${index}`, at };
    });
    return { lines, known };
  });

function booksOf(days: readonly (readonly BillLine[])[], known: ReadonlyMap<string, OurMovement>) {
  const told = new Map<string, BillLine>();
  const books = new Map<string, bigint>();
  let money = 0n;
  for (const one of days.flat()) {
    const key = movementKey(one);
    const first = told.get(key);
    told.set(key, first ?? one);
    const movement = known.get(one.ourNumber ?? '') ?? null;
    const before = first ? { line: first, isReplaced: true } : null;
    const found = matchLine(one, { told: before, ours: movement, isGraceOver: true });
    for (const { debit, credit, amount } of found.bookings) {
      books.set(debit, (books.get(debit) ?? 0n) - amount);
      books.set(credit, (books.get(credit) ?? 0n) + amount);
    }
    money += found.difference?.money ?? 0n;
  }
  return { books: [...books].filter(([, sum]) => sum !== 0n).sort(), money };
}

describe('the books after bills', () => {
  it('are the same for shuffled and repeated lines, split over days in any way', () => {
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.nat(1_000)), ({ lines, known }, draws) => {
        const draw = (limit: number): number => (draws.next().value as number) % limit;
        const repeated = lines.flatMap((one) => Array.from({ length: 1 + draw(3) }, () => one));
        const shuffled = repeated
          .map((one) => ({ one, place: draw(1_000) }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
        const days: BillLine[][] = [[], [], []];
        for (const one of shuffled) days[draw(3)]?.push(one);
        expect(booksOf(days, known)).toEqual(booksOf([lines], known));
      }),
      { numRuns: 400 },
    );
  });

  it('and the books of the gateway agree, and suspense is the money of the differences', () => {
    fc.assert(
      fc.property(worlds, ({ lines, known }) => {
        const { books, money } = booksOf([lines], known);
        const sums = new Map(books);
        const net = (one: BillLine): bigint =>
          one.kind === 'payment' || (one.kind === 'other' && one.incoming) ? one.amount : -one.amount;
        let [real, ourSide] = [0n, 0n];
        for (const one of lines) {
          real += net(one) - (one.kind === 'fee' ? 0n : one.fee);
          const movement = known.get(one.ourNumber ?? '');
          if (movement?.state === 'booked')
            ourSide += one.kind === 'payment' ? movement.amount : -movement.amount;
        }
        expect(ourSide - (sums.get('gateway_clearing') ?? 0n)).toBe(real);
        expect(sums.get('suspense') ?? 0n).toBe(money);
      }),
      { numRuns: 400 },
    );
  });
});
