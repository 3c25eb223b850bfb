import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Id } from '@hehuo/kernel';
import { append, campaignOf, custodyOf, type Writing } from './append.js';
import { CHALLENGE_MACHINE, checkText, LIVE_STATES } from './challenge.js';
import { BOOK_CODES, crossingOf, held, NO_SUMS, type Crossing, type Entry } from './line.js';
import { mergeByTime } from './merge.js';
import { dayIn, lastFreezable, momentIn, monthAfter, monthIn } from './month.js';
import { isDay } from './payer-receipt.js';
import { canonicalStatement, figuresOf, NO_HASH, totalOf } from './statement.js';
import { reasonWords } from './words.js';

const at = (text: string): Date => new Date(text);
const entry = (over: Partial<Entry>): Entry => ({
  ...{ accountId: 'acc_1', accountCode: 'escrow', accountOwner: 'cmp_1', seq: 1n, transferId: 'trf_1' },
  ...{ at: at('2026-11-25T00:00:00Z'), reason: 'charge-paid', ref: 'chg_1', debit: 0n, credit: 100n },
  ...{ otherCode: 'gateway_clearing', otherOwner: 'cus_1' },
  ...over,
});

describe('a crossing', () => {
  it.each<[string, Partial<Entry>, string | null]>([
    ['a payment', {}, 'received'],
    ['match money from an account of tomorrow', { otherCode: 'match_pool', otherOwner: 'pol_1' }, 'received'],
    ['escrow to payable', { debit: 100n, credit: 0n, otherCode: 'payable', otherOwner: 'cmp_1' }, null],
    ['a refund asked for', { debit: 100n, credit: 0n, otherCode: 'refund_in_transit' }, null],
    [
      'the same in transit',
      { accountCode: 'refund_in_transit', accountOwner: 'cus_1', otherCode: 'escrow' },
      null,
    ],
    ['a refund done', { accountCode: 'refund_in_transit', debit: 100n, credit: 0n }, 'returned'],
    ['a payout done', { accountCode: 'payout_in_transit', debit: 100n, credit: 0n }, 'spent'],
    ['money straight out', { debit: 100n, credit: 0n, otherCode: 'cash_clearing' }, 'spent'],
    ['to another campaign', { debit: 100n, credit: 0n, otherCode: 'escrow', otherOwner: 'cmp_2' }, 'spent'],
    ['from another campaign', { otherCode: 'payable', otherOwner: 'cmp_2' }, 'received'],
  ])('of %s is %s', (_what, over, flow) => {
    expect(crossingOf(entry(over))?.flow ?? null).toBe(flow);
  });

  it('is attributed to the campaign that gave the money, and to the account that it came to', () => {
    const done = crossingOf(
      entry({ accountCode: 'refund_in_transit', accountOwner: 'cus_1', debit: 1n, credit: 0n }),
    )!;
    expect(campaignOf(done, new Map([['chg_1', 'cmp_9']]))).toBe('cmp_9');
    expect(campaignOf(done, new Map())).toBeNull();
    expect(custodyOf(done, null)).toBe('cus_1');
    const matched = crossingOf(entry({ otherCode: 'match_pool', otherOwner: 'pol_1' }))!;
    expect([campaignOf(matched, new Map()), custodyOf(matched, 'cus_7')]).toEqual(['cmp_1', 'cus_7']);
  });
});

describe('lines', () => {
  const arbitrary = fc.record({
    campaign: fc.constantFrom('cmp_1', 'cmp_2'),
    code: fc.constantFrom(...BOOK_CODES),
    isIn: fc.boolean(),
    amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  });

  it('add up in every book, in whatever order money came and went', () => {
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 40 }), (moves) => {
        const crossings = moves.map(({ campaign, code, isIn, amount }) =>
          crossingOf(
            entry({
              ...{
                accountCode: code,
                accountOwner: code.endsWith('transit') ? 'cus_1' : campaign,
                ref: campaign,
              },
              ...(isIn ? { credit: amount } : { credit: 0n, debit: amount }),
            }),
          ),
        ) as Crossing[];
        const givers = new Map([
          ['cmp_1', 'cmp_1'],
          ['cmp_2', 'cmp_2'],
        ]);
        const heads: Writing['heads'] = new Map();
        const lines = append(crossings, {
          ...{ communityId: 'com_1', timeZone: 'Asia/Shanghai', heads, months: new Map() },
          campaignOf: (crossing) => campaignOf(crossing, givers),
          custodyOf: (crossing) => custodyOf(crossing, null),
          idOf: () => 'bln_1',
        });
        const balance = (owner: string) => held(heads.get(owner) ?? { ...NO_SUMS });
        expect(balance('com_1')).toBe(balance('cmp_1') + balance('cmp_2'));
        expect(balance('com_1')).toBe(balance('cus_1'));
        expect(lines.map(({ community }) => community.seq)).toEqual(lines.map((_, n) => BigInt(n + 1)));
        expect(lines.at(-1)?.community.balance ?? 0n).toBe(balance('com_1'));
      }),
    );
  });

  it('of a month that is frozen stand in the first month that is not', () => {
    const writing = (months: Map<Id<'cus'>, string>): Writing => ({
      ...{ communityId: 'com_1', timeZone: 'Asia/Shanghai', heads: new Map(), months },
      ...{ campaignOf: () => 'cmp_1', custodyOf: () => 'cus_1', idOf: () => 'bln_1' },
    });
    // Midnight in Chengdu is the afternoon before in Greenwich.
    const crossing = crossingOf(entry({ at: at('2026-10-31T16:00:00Z') }))!;
    expect(append([crossing], writing(new Map()))[0]!.month).toBe('2026-11');
    expect(append([crossing], writing(new Map([['cus_1', '2026-12']])))[0]!.month).toBe('2026-12');
  });

  it('are named by their reason, plainly where nobody named it', () => {
    expect(reasonWords({ reason: 'refund-done', accountCode: 'refund_in_transit' }).en).toBe('Returned');
    expect(reasonWords({ reason: 'charge-paid', accountCode: 'excess' })['zh-CN']).toContain('将退回');
    expect(reasonWords({ reason: 'toString', accountCode: 'escrow' }).en).toBe('toString');
  });
});

describe('merging accounts', () => {
  const queue = fc.record({
    times: fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 }),
    more: fc.boolean(),
  });

  it('takes a beginning of every account, never past one that has more, and by time where it may', () => {
    fc.assert(
      fc.property(fc.array(queue, { maxLength: 5 }), fc.integer({ min: 1, max: 30 }), (queues, max) => {
        const waiting = queues.map(({ times, more }, of) => ({
          ...{ more, waiting: times.map((ms, index) => ({ of, index, at: new Date(ms) })) },
        }));
        const taken = mergeByTime(waiting, max);
        expect(taken.length).toBeLessThanOrEqual(max);
        for (const [of] of queues.entries()) {
          const own = taken.filter((one) => one.of === of);
          expect(own.map(({ index }) => index)).toEqual(own.map((_, index) => index));
        }
        const all = queues.flatMap(({ times }) => times).length;
        if (queues.every(({ more }) => !more)) expect(taken).toHaveLength(Math.min(all, max));
      }),
    );
  });

  it('orders what is in order', () => {
    const of = (times: number[]) => ({ more: false, waiting: times.map((ms) => ({ at: new Date(ms) })) });
    const taken = mergeByTime([of([1, 4, 9]), of([2, 3, 10])], 10).map(({ at: when }) => when.getTime());
    expect(taken).toEqual([1, 2, 3, 4, 9, 10]);
  });
});

describe('months', () => {
  it('are those of the community’s own calendar', () => {
    expect(monthIn(at('2026-11-30T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-12');
    expect(monthIn(at('2026-11-30T16:00:00Z'), 'UTC')).toBe('2026-11');
    expect(dayIn(at('2026-12-31T23:59:59Z'), 'Asia/Shanghai')).toBe('2027-01-01');
    expect(momentIn(at('2026-11-25T16:05:00Z'), 'Asia/Shanghai')).toBe('2026-11-26 00:05');
    expect([monthAfter('2026-09'), monthAfter('2026-12')]).toEqual(['2026-10', '2027-01']);
  });

  it('may be frozen five days after their end', () => {
    expect(lastFreezable(at('2026-12-05T15:59:59Z'), 'Asia/Shanghai')).toBe('2026-10');
    expect(lastFreezable(at('2026-12-05T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-11');
    expect(lastFreezable(at('2027-01-05T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-12');
  });

  it('have days', () => {
    expect(['2026-02-29', '2026-2-1', '2028-02-29', 'x'].map(isDay)).toEqual([false, false, true, false]);
  });
});

describe('a statement', () => {
  const campaign = 'cmp_1' as const;
  const before = [
    { campaignId: campaign, opening: 0n, received: 50n, returned: 0n, spent: 0n, closing: 50n },
    { campaignId: 'cmp_2' as const, opening: 0n, received: 9n, returned: 9n, spent: 0n, closing: 0n },
  ];

  it('opens with what the one before closed with, and leaves out what has nothing', () => {
    const figures = figuresOf(
      before,
      new Map([['cmp_3' as const, { received: 5n, returned: 1n, spent: 2n }]]),
    );
    expect(figures).toEqual([
      { campaignId: 'cmp_1', opening: 50n, received: 0n, returned: 0n, spent: 0n, closing: 50n },
      { campaignId: 'cmp_3', opening: 0n, received: 5n, returned: 1n, spent: 2n, closing: 2n },
    ]);
    expect(totalOf(figures)).toEqual({ opening: 50n, received: 5n, returned: 1n, spent: 2n, closing: 52n });
  });

  it('is a text that says every figure', () => {
    const campaigns = figuresOf(before, new Map());
    const text = canonicalStatement({
      ...{
        communityId: 'com_1',
        custodyAccountId: 'cus_1',
        number: 2,
        month: '2026-11',
        lineCount: 0n,
        campaigns,
      },
      ...{ ...totalOf(campaigns), linesHash: 'a'.repeat(64), previousHash: NO_HASH, keyId: 'k' },
    });
    expect(text.split('\n')).toEqual([
      ...['hehuo statement 1', 'community com_1', 'custody-account cus_1', 'number 2', 'month 2026-11'],
      ...['sums 50 0 0 0 50', `lines 0 ${'a'.repeat(64)}`, 'campaign cmp_1 50 0 0 0 50'],
      ...[`previous ${NO_HASH}`, 'key k', ''],
    ]);
  });
});

describe('a challenge', () => {
  it('is closed only when it was answered, and taken up again from every end', () => {
    expect(CHALLENGE_MACHINE.states.filter((state) => CHALLENGE_MACHINE.can(state, 'close'))).toEqual([
      'answered',
    ]);
    expect(CHALLENGE_MACHINE.states.every((state) => CHALLENGE_MACHINE.next(state, 'reply') === 'open')).toBe(
      true,
    );
    expect(LIVE_STATES).toEqual(['open', 'answered']);
  });

  it('has words', () => {
    expect(checkText('  𠮷 ')).toBe('𠮷');
    expect(() => checkText(' ')).toThrow('write 1 to 2000 characters');
    expect(() => checkText('𠮷'.repeat(4), 3)).toThrow('write 1 to 3 characters');
  });
});
