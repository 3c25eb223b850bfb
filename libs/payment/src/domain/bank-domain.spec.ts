import { describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@hehuo/kernel';
import fc from 'fast-check';
import { BANK_LINE_MACHINE, maskRemark } from './bank-line.js';
import { indexOf, matchLine, proposalsMax, type AwaitingPledge } from './bank-match.js';
import { headerFaults, readBankEntry, readBankHeader } from './bank-statement.js';
import { isReference, paymentReference, referencesIn } from './reference.js';

const atMs = Date.parse('2026-11-25T00:00:00Z');
const id = <P extends string>(prefix: P): Id<P> => newId(prefix, atMs);
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('the reference of a pledge', () => {
  it('is eight characters, always the same, and its own check', () => {
    const pledge = id('plg');
    expect(paymentReference(pledge)).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(paymentReference(pledge)).toBe(paymentReference(pledge));
    expect(isReference(paymentReference(pledge))).toBe(true);
  });

  it('with one wrong character is nobody’s', () => {
    fc.assert(
      fc.property(fc.nat(7), fc.integer({ min: 1, max: 31 }), (at, by) => {
        const text = paymentReference(id('plg'));
        const other = ALPHABET.charAt((ALPHABET.indexOf(text.charAt(at)) + by) % 32);
        expect(isReference(text.slice(0, at) + other + text.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('with two neighbours exchanged is nobody’s but for 0 and Z', () => {
    fc.assert(
      fc.property(fc.nat(6), (at) => {
        const text = paymentReference(id('plg'));
        const [a = '', b = ''] = [text.charAt(at), text.charAt(at + 1)];
        fc.pre(a !== b && [a, b].sort().join('') !== '0Z');
        expect(isReference(text.slice(0, at) + b + a + text.slice(at + 2))).toBe(false);
      }),
    );
  });

  it.each([
    ['as it is', (text: string) => text],
    ['small', (text: string) => text.toLowerCase()],
    ['between words', (text: string) => `修长椅 ${text} 谢谢`],
    ['right beside words', (text: string) => `转账${text}王`],
    ['with a blank and a dash', (text: string) => `${text.slice(0, 4)} - ${text.slice(4)}`],
    [
      'in full width',
      (text: string) => text.replace(/[0-9A-Z]/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0)),
    ],
    ['with O for 0 and l for 1', (text: string) => text.replaceAll('0', 'O').replaceAll('1', 'l')],
  ])('is found %s', (_name, write) => {
    fc.assert(
      fc.property(fc.constant(null), () => {
        const reference = paymentReference(id('plg'));
        expect(referencesIn(write(reference))).toContain(reference);
      }),
    );
  });
});

const sums = fc.constantFrom(100n, 5_000n, 10_000n);
const people = Array.from({ length: 4 }, () => id('per'));
const pledges = fc.array(
  fc.record({ amount: sums, payer: fc.nat(3) }).map(({ amount, payer }): AwaitingPledge => ({
    ...{ pledgeId: id('plg'), campaignId: id('cmp'), payerId: people[payer]!, amount },
  })),
  { maxLength: 30 },
);

describe('the matcher', () => {
  it('keeps its promises for any pledges, sums, names and remarks', () => {
    fc.assert(
      fc.property(pledges, sums, fc.nat(4), fc.nat(40), (all, amount, named, pick) => {
        const meant = all[pick];
        const remark = meant ? `长椅 ${paymentReference(meant.pledgeId)}` : '长椅';
        const isCalled = (payer: Id<'per'>) => payer === people[named];
        const found = matchLine({ amount, remark }, indexOf(all), isCalled);
        expect(found.length).toBeLessThanOrEqual(proposalsMax);
        expect(new Set(found.map(({ pledgeId }) => pledgeId)).size).toBe(found.length);
        expect(found.filter(({ score }) => score === 'certain').length).toBeLessThanOrEqual(1);
        for (const { pledgeId, expected, score, why, payerId } of found) {
          const isMeant = pledgeId === meant?.pledgeId;
          expect(all.find((pledge) => pledge.pledgeId === pledgeId)?.amount).toBe(expected);
          expect(score === 'certain').toBe(isMeant && expected === amount);
          if (!isMeant) expect(expected).toBe(amount);
          if (why === 'sum_and_name') expect(isCalled(payerId)).toBe(true);
          if (score === 'possible') expect(meant).toBeUndefined();
        }
        if (meant) expect(found.map(({ pledgeId }) => pledgeId)).toContain(meant.pledgeId);
        // The same pledges in another order are the same proposals.
        expect(matchLine({ amount, remark }, indexOf([...all].reverse()), isCalled)).toEqual(found);
      }),
    );
  });

  it('is only sure of one pledge when two have the same reference', () => {
    const one: AwaitingPledge = {
      ...{ pledgeId: id('plg'), campaignId: id('cmp'), payerId: id('per'), amount: 100n },
    };
    const twin = { ...one, pledgeId: `plg_${'0'.repeat(19)}${one.pledgeId.slice(-7)}` as Id<'plg'> };
    const remark = paymentReference(one.pledgeId);
    const found = matchLine({ amount: 100n, remark }, indexOf([one, twin]), () => false);
    expect(found.map(({ score }) => score)).toEqual(['likely', 'likely']);
  });
});

describe('a line of a bank', () => {
  const header = readBankHeader([
    '交易日期',
    '收入（元）',
    '支出（元）',
    '对方户名',
    '摘要',
    '附言',
    '余额',
    '流水号',
  ])!;
  const now = new Date('2026-11-25T08:00:00Z');
  const read = (...fields: string[]) => readBankEntry(header, 7, fields, now);

  it('is read in the words of the banks and in English', () => {
    expect(header).toEqual(['date', 'income', 'expense', 'payer', 'remark', 'remark', null, 'serial']);
    expect(readBankHeader(['Date', 'Income', 'Remark'])).toEqual(['date', 'income', 'remark']);
    expect(readBankHeader(['账号', '6222'])).toBeNull();
    expect(headerFaults(['date', 'income', 'income', 'remark', 'remark'], 3)).toEqual([
      expect.objectContaining({ line: 3, column: 'income', code: 'column_twice' }),
    ]);
  });

  it('has fen, a day in China, and its remarks in one', () => {
    expect(read('2026-11-25', '1,234.50', '', '王 小明', '转账', '长椅', '99', '="20261125000001"')).toEqual({
      kind: 'incoming',
      entry: {
        ...{ line: 7, amount: 123_450n, payer: '王小明', remark: '转账 长椅', serial: '20261125000001' },
        occurredAt: new Date('2026-11-24T16:00:00.000Z'),
      },
    });
  });

  it.each([
    ['2026/11/5 9:05', '2026-11-05T01:05:00.000Z'],
    ['20261125', '2026-11-24T16:00:00.000Z'],
    ['20261125 09:30:01', '2026-11-25T01:30:01.000Z'],
    ['2026年11月25日', '2026-11-24T16:00:00.000Z'],
  ])('of %s is of that instant', (text, instant) => {
    const found = read(text, '1', '', '', '', '', '', '');
    expect(found.kind === 'incoming' && found.entry.occurredAt.toISOString()).toBe(instant);
  });

  it.each([
    ['of money that went out', ['2026-11-25', '', '5.00']],
    ['that is empty', ['', '', '']],
  ])('%s is not for the matcher', (_name, fields) => {
    expect(read(...fields)).toEqual({ kind: 'other' });
  });

  it('that takes something back is counted for a person to see', () => {
    expect(read('2026-11-25', '-5.00', '')).toEqual({ kind: 'reversal' });
  });

  it.each(['1,5', '12,34', '1,00.00', '1,234,5', ',5', '1.234,50'])('with %s as a sum is refused', (sum) => {
    expect(read('2026-11-25', sum, '')).toMatchObject({
      ...{ kind: 'wrong', faults: [{ column: 'income', code: 'sum_invalid' }] },
    });
  });

  it('of a day to come is refused', () => {
    expect(read('2026-11-26', '1', '').kind).toBe('incoming');
    expect(read('2026-11-27', '1', '')).toMatchObject({ kind: 'wrong', faults: [{ code: 'day_ahead' }] });
  });

  it.each([
    ['date', ['2026-02-30', '1', '']],
    ['date', ['tomorrow', '1', '']],
    ['income', ['2026-11-25', '1.234', '']],
    ['income', ['2026-11-25', 'one', '']],
    ['expense', ['2026-11-25', '', '1e3']],
    ['income', ['2026-11-25', '1', '2']],
  ])('with a wrong %s says so', (column, fields) => {
    expect(read(...fields)).toMatchObject({ kind: 'wrong', faults: [{ line: 7, column }] });
  });

  it('never throws and never invents money', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 9 }), (fields) => {
        const found = read(...fields);
        if (found.kind === 'incoming') expect(found.entry.amount > 0n).toBe(true);
        if (found.kind === 'wrong') expect(found.faults.length).toBeGreaterThan(0);
      }),
    );
  });

  it('is shown without names and numbers', () => {
    expect(maskRemark({ payer: '王小明', remark: '王小明 13800001234 7K2M9XQA' })).toBe(
      '王** *******1234 7K2M9XQA',
    );
  });

  it('ends by being accepted or dismissed', () => {
    expect(BANK_LINE_MACHINE.can('dismissed', 'accept')).toBe(false);
    expect(BANK_LINE_MACHINE.next('accepted', 'reopen')).toBe('unmatched');
  });
});
