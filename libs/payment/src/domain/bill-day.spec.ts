import { describe, expect, it } from '@jest/globals';
import { BILL_DAY_CLOSED, BILL_DAY_MACHINE, hasBill } from './bill-day.js';

describe('a day of a bill', () => {
  it('is open again when money of it is learned of after it was closed', () => {
    expect(BILL_DAY_MACHINE.next('explained', 'reopen')).toBe('matched');
  });

  it('is closed without its bill only while there is none, and takes one that comes after all', () => {
    expect(BILL_DAY_MACHINE.next('due', 'propose')).toBe('due');
    expect(BILL_DAY_MACHINE.next('due', 'forgo')).toBe('without_bill');
    for (const state of ['imported', 'matched', 'explained', 'without_bill'] as const) {
      expect(BILL_DAY_MACHINE.can(state, 'forgo')).toBe(false);
    }
    expect(BILL_DAY_MACHINE.next('without_bill', 'import')).toBe('imported');
    expect(BILL_DAY_MACHINE.can('without_bill', 'reopen')).toBe(false);
    expect(BILL_DAY_CLOSED.map((state) => hasBill({ state }))).toEqual([true, false]);
  });
});
