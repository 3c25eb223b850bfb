import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayBefore, dayOf, daysBetween, instantOf, isDay, nextDay } from './bill-calendar.js';

const ZONES = ['Asia/Shanghai', 'UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
const instants = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2031, 0, 1) })
  .map((ms) => new Date(ms));

describe('days of a bill', () => {
  it('belong to the zone of the gateway, not to the machine', () => {
    const instant = new Date('2026-11-24T16:00:00.000Z');
    expect([dayOf(instant, 'Asia/Shanghai'), dayOf(instant, 'UTC')]).toEqual(['2026-11-25', '2026-11-24']);
    expect(dayOf(new Date(instant.getTime() - 1), 'Asia/Shanghai')).toBe('2026-11-24');
  });

  it('begin at midnight of the zone, and bills are ready at an hour of it', () => {
    expect(instantOf('2026-11-25', 0, 'Asia/Shanghai').toISOString()).toBe('2026-11-24T16:00:00.000Z');
    expect(instantOf('2026-11-25', 10, 'Asia/Shanghai').toISOString()).toBe('2026-11-25T02:00:00.000Z');
    expect(instantOf('2026-11-25', 0, 'UTC').toISOString()).toBe('2026-11-25T00:00:00.000Z');
  });

  it('have 23 or 25 hours where clocks change', () => {
    const hours = (day: string): number =>
      (instantOf(nextDay(day), 0, 'America/New_York').getTime() -
        instantOf(day, 0, 'America/New_York').getTime()) /
      3_600_000;
    expect(['2026-03-07', '2026-03-08', '2026-11-01'].map(hours)).toEqual([24, 23, 25]);
  });

  it('hold each instant exactly once, in every zone', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...ZONES), (instant, zone) => {
        const day = dayOf(instant, zone);
        const [start, end] = [instantOf(day, 0, zone), instantOf(nextDay(day), 0, zone)];
        return start <= instant && instant < end && dayBefore(nextDay(day)) === day;
      }),
      { numRuns: 300 },
    );
  });

  it('follow each other over months and leap years', () => {
    expect(daysBetween('2028-02-27', '2028-03-01', 10)).toEqual([
      '2028-02-27',
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
    expect(daysBetween('2026-12-30', '2027-06-01', 3)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01']);
    expect(daysBetween('2026-11-25', '2026-11-24', 3)).toEqual([]);
  });

  it.each([
    ['2026-11-25', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['today', false],
  ])('%s: %s', (text, expected) => expect(isDay(text)).toBe(expected));
});
