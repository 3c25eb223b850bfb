import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isCalendarDay, localDay, localStamp, readInstant } from './local-time.js';

const at = (text: string, zone = 'Asia/Shanghai'): string => {
  const read = readInstant(text, zone);
  return read.ok ? read.at.toISOString() : read.why;
};

describe('local time and instants', () => {
  it('reads local time in the zone and offsets as they stand', () => {
    expect(at('2026-12-24T20:00')).toBe('2026-12-24T12:00:00.000Z');
    expect(at('2026-12-24T20:00:30.5Z')).toBe('2026-12-24T20:00:30.500Z');
    expect(at('2026-12-24T20:00:00-05:30')).toBe('2026-12-25T01:30:00.000Z');
  });

  it('refuses what does not exist', () => {
    for (const bad of [
      '2026-02-30T10:00',
      '2026-13-01T10:00',
      '2026-12-24T24:00',
      '2026-12-24T20:60',
      '2026-12-24T20:00:60',
      '2026-12-24',
      '2026-12-24 20:00',
      '2026-12-24T20:00+25:00',
      ' 2026-12-24T20:00',
      '２０２６-12-24T20:00',
    ]) {
      expect(at(bad)).toBe('format');
    }
  });

  it('knows the hour that is skipped and the hour that comes twice', () => {
    expect(at('2026-03-29T02:30', 'Europe/Berlin')).toBe('skipped');
    expect(at('2026-10-25T02:30', 'Europe/Berlin')).toBe('twice');
    expect(at('2026-10-25T02:30:00+02:00', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25T03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
  });

  it('shows an instant so that reading it gives the same instant', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Asia/Kathmandu', 'Europe/Berlin', 'America/St_Johns');
    const seconds = fc.integer({ min: 1_600_000_000, max: 2_200_000_000 });
    fc.assert(
      fc.property(zones, seconds, (zone, second) => {
        const instant = new Date(second * 1000);
        expect(at(localStamp(instant, zone), zone)).toBe(instant.toISOString());
      }),
    );
    expect(localStamp(new Date('2026-12-24T12:00:00Z'), 'Asia/Shanghai')).toBe('2026-12-24T20:00:00+08:00');
    expect(localDay(new Date('2026-12-24T16:00:00Z'), 'Asia/Shanghai')).toBe('2026-12-25');
  });

  it('knows calendar days', () => {
    expect(['2028-02-29', '2026-02-29', '2026-2-01', 'x'].map(isCalendarDay)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
