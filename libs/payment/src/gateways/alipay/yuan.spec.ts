import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { billedFenOf, fenOf, yuanOf } from './yuan.js';

const sums = fc.bigInt({ min: 0n, max: 999_999_999_999_999n });

describe('yuan', () => {
  it('and fen are one sum, for every fen up to a million', () => {
    const wrong: number[] = [];
    for (let fen = 0; fen <= 1_000_000; fen += 1) {
      const text = yuanOf(BigInt(fen));
      if (fenOf(text) !== BigInt(fen) || billedFenOf(`-${text}`) !== -BigInt(fen)) wrong.push(fen);
    }
    expect(wrong).toEqual([]);
  });

  it('and fen are one sum far beyond what a floating point number holds exactly', () => {
    fc.assert(
      fc.property(sums, (fen) => {
        expect(fenOf(yuanOf(fen))).toBe(fen);
        expect(yuanOf(fen)).toMatch(/^\d+\.\d{2}$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [1n, '0.01'],
    [10n, '0.10'],
    [115n, '1.15'],
    [100n, '1.00'],
    [10_000_000_000n, '100000000.00'],
    [123_456_789_012_345n, '1234567890123.45'],
  ])('%s fen is %s', (fen, text) => {
    expect([yuanOf(fen), fenOf(text)]).toEqual([text, fen]);
  });

  it.each([
    ...[
      '1.1',
      '01.10',
      '1.005',
      '1e3',
      '１',
      '１.００',
      '1',
      '.10',
      '1.',
      '+1.00',
      '-1.00',
      ' 1.00',
      '1.00 ',
    ],
    ...['1,000.00', '1.00元', '0x1.00', 'NaN', 'Infinity', '', '1.00\n', '12345678901234.00'],
    ...[100, 1.15, 115n, null, undefined, {}, ['1.00']],
  ])('%p is no sum', (value) => {
    expect(fenOf(value)).toBeNull();
  });

  it('is never below nothing in a request', () => {
    expect(() => yuanOf(-1n)).toThrow('never negative');
  });

  it.each([
    ['-0.05', -5n],
    ['+0.05', 5n],
    ['0', 0n],
    ['3.5', 350n],
    ['-3000.00', -300_000n],
    ['1.005', null],
    ['1e2', null],
    ['', null],
    ['--1', null],
  ])('in a bill %p is %p fen', (cell, fen) => {
    expect(billedFenOf(cell)).toBe(fen);
  });
});
