import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  allocate,
  defineMachine,
  derivedId,
  fenToYuan,
  isId,
  newId,
  parseQuantity,
  QUANTITY_MAX,
  StateConflict,
  yuanToFen,
} from './index.js';

describe('ids', () => {
  it('sort by time and carry their prefix', () => {
    const early = newId('cmp', 1_700_000_000_000);
    const late = newId('cmp', 1_700_000_000_001);
    expect(early < late).toBe(true);
    expect(early).toHaveLength(30);
    expect(isId('cmp', early)).toBe(true);
    expect(isId('plg', early)).toBe(false);
  });

  it('refuses look-alikes', () => {
    for (const bad of ['cmp_', 'cmp_' + 'i'.repeat(26), 'cmp_' + 'A'.repeat(26), 7, null]) {
      expect(isId('cmp', bad)).toBe(false);
    }
    expect(() => derivedId('trf', 'cmp_short')).toThrow('cannot derive');
  });

  it('derives the same id on every retry', () => {
    const pledge = newId('plg', 1_700_000_000_000);
    expect(derivedId('trf', pledge)).toBe(`trf_${pledge.slice(4)}`);
  });
});

describe('quantities', () => {
  it('takes plain positive integers only', () => {
    expect(parseQuantity('1')).toBe(1n);
    expect(parseQuantity(QUANTITY_MAX.toString())).toBe(QUANTITY_MAX);
    for (const bad of [
      '0',
      '-1',
      '+1',
      '01',
      '1.0',
      '1e3',
      ' 1',
      '１２',
      '',
      '1000000000000000',
      5,
      null,
      undefined,
    ]) {
      expect(parseQuantity(bad)).toBeNull();
    }
  });

  it('goes from fen to yuan and back without loss', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: QUANTITY_MAX }), (fen) => {
        expect(yuanToFen(fenToYuan(fen))).toBe(fen);
      }),
    );
    expect(yuanToFen('1.155')).toBeNull();
    expect(fenToYuan(-5n)).toBe('-0.05');
  });

  it('splits without losing or making a fen', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: QUANTITY_MAX }), weights, (total, shares) => {
        fc.pre(shares.some((share) => share > 0n));
        const parts = allocate(total, shares);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        parts.forEach((part, index) => expect(shares[index] === 0n ? part : 0n).toBe(0n));
      }),
    );
    expect(allocate(1000n, [1n, 1n, 1n])).toEqual([334n, 333n, 333n]);
  });
});

describe('machines', () => {
  const lamp = () => defineMachine<'off' | 'on', 'press'>('lamp', 'off', { off: { press: 'on' }, on: {} });

  it('steps by the table and names the conflict', () => {
    expect(lamp().next('off', 'press')).toBe('on');
    expect(lamp().isFinal('on')).toBe(true);
    expect(() => lamp().next('on', 'press')).toThrow(StateConflict);
  });

  it('does not load with a state nobody can reach', () => {
    expect(() => defineMachine<'a' | 'b', 'go'>('island', 'a', { a: {}, b: { go: 'a' } })).toThrow(
      'no way leads to b',
    );
  });
});
