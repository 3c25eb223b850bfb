import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine, readHeader, readRecord } from './csv.js';
import { normalDoor, normalDoorCode, printedDoorCode } from './household.js';
import { MEMBERSHIP_MACHINE } from './membership.machine.js';
import { DEFAULT_POLICY, flawOf } from './policy.js';

describe('cells of a file', () => {
  it('never begin a formula, and come back as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 5 }), (cells) => {
        const line = csvLine(cells);
        const [read] = parse(line, { relax_column_count: true }) as string[][];
        expect(read?.length ?? (cells.length === 1 ? 1 : 0)).toBe(cells.length);
        for (const [at, text] of (read ?? []).entries()) {
          expect(text).not.toMatch(/^[=+\-@\t\r]/);
          const original = cells[at] ?? '';
          expect(/^[=+\-@\t\r]/.test(original) ? text.slice(1) : text).toBe(original);
        }
      }),
    );
  });

  it('lose the apostrophe that an export put before a formula', () => {
    const { record } = readRecord('estates', ['estate'], 2, ["'=1+1"]);
    expect(record.cells['estate']).toBe('=1+1');
  });

  it('are named by line and column when they are wrong', () => {
    const order = ['estate', 'door', 'micro_grid'];
    const errors = readRecord('households', order, 7, ['书院雅居', '1栋\u202e1', 'x'.repeat(61)]).errors;
    expect(errors).toEqual([
      { line: 7, column: 'door', message: 'has invisible or control characters' },
      { line: 7, column: 'micro_grid', message: 'is longer than 60 characters' },
    ]);
    expect(readRecord('households', order, 8, ['a/b']).errors.map(({ message }) => message)).toEqual([
      'has 1 cells, the header has 3',
      'has a slash',
      'is empty',
    ]);
  });

  it('stand under a header in either language', () => {
    expect(readHeader('regions', ['城市', '区县', ' Street '])).toEqual({
      order: ['city', 'district', 'street'],
      errors: [],
    });
    const { errors } = readHeader('households', ['estate', '院落', 'owner']);
    expect(errors.map(({ column, message }) => `${column} ${message}`)).toEqual([
      'estate stands in the header twice',
      'owner is not a column of this file',
      'door is missing in the header',
    ]);
  });
});

describe('doors', () => {
  it('are one however they are written', () => {
    expect(normalDoor(' 1栋 ２单元 １０１ ')).toBe('1栋2单元101');
    expect(normalDoor('a座101')).toBe('A座101');
  });

  it('have codes that survive being copied by hand', () => {
    expect(normalDoorCode('k7mr-42vx')).toBe('K7MR42VX');
    expect(normalDoorCode(' K7MR 42VX ')).toBe('K7MR42VX');
    expect(printedDoorCode('K7MR42VX')).toBe('K7MR-42VX');
    for (const bad of ['K7MR-42V', 'K7MR-42V0', 'K7MR-42VI', '', 'K7MR-42VX9'])
      expect(normalDoorCode(bad)).toBeNull();
  });
});

describe('memberships', () => {
  it('end for good', () => {
    expect(MEMBERSHIP_MACHINE.steps).toHaveLength(4);
    expect(MEMBERSHIP_MACHINE.isFinal('refused') && MEMBERSHIP_MACHINE.isFinal('ended')).toBe(true);
    expect(() => MEMBERSHIP_MACHINE.next('ended', 'verify')).toThrow('not possible');
  });
});

describe('policies', () => {
  it('have defaults that pass their own rules', () => {
    expect(flawOf(DEFAULT_POLICY)).toBeNull();
    expect(DEFAULT_POLICY).toMatchObject({
      attentionShare: { numerator: 1, denominator: 5 },
      noticeDays: 7,
      collectionHours: 72,
    });
  });

  it.each([
    ['attentionShare', { attentionShare: { numerator: 0, denominator: 5 } }],
    ['attentionShare', { attentionShare: { numerator: 6, denominator: 5 } }],
    ['attentionShare', { attentionShare: { numerator: 0.2, denominator: 1 } }],
    ['noticeDays', { noticeDays: 0 }],
    ['collectionHours', { collectionHours: 169 }],
    ['campaignDaysMax', { campaignDaysMax: 61 }],
    ['workdayMinutes', { workdayMinutes: Number.NaN }],
    ['moneyPerPersonMax', { moneyPerPersonMax: 0n }],
  ])('refuse a wrong %s', (field, change) => {
    expect(flawOf({ ...DEFAULT_POLICY, ...change })?.field).toBe(field);
  });
});
