/**
 * Between an instant and what the clock on the wall shows in a zone. A deadline is stored as the instant together
 * with the zone's IANA name, and nothing here or elsewhere counts days to reach it.
 */
const STAMP = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2})?$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

export type ReadInstant =
  | { readonly ok: true; readonly at: Date }
  /** `skipped`: the clock jumps over it. `twice`: it comes twice; give an offset. */
  | { readonly ok: false; readonly why: 'format' | 'skipped' | 'twice' };

/** Reads `2026-12-24T20:00` as local time of the zone, and `2026-12-24T20:00:00+08:00` as it stands (RFC 3339). */
export function readInstant(text: string, timeZone: string): ReadInstant {
  const match = STAMP.exec(text);
  if (!match) return { ok: false, why: 'format' };
  const [, year, month, day, hour, minute, second = '0', fraction = '0', offset] = match;
  const ms = Number(fraction.padEnd(3, '0'));
  const wall = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second, ms);
  // Date.UTC rolls 30 February over; a date that does not come back as it was given does not exist.
  if (new Date(wall).toISOString().slice(0, 16) !== text.slice(0, 16) || Number(second) > 59) {
    return { ok: false, why: 'format' };
  }
  if (offset !== undefined) return atOffset(wall, offset);
  return atWall(wall, timeZone);
}

function atOffset(wall: number, offset: string): ReadInstant {
  if (offset === 'Z') return { ok: true, at: new Date(wall) };
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(4, 6));
  if (hours > 23 || minutes > 59) return { ok: false, why: 'format' };
  const shift = (hours * 60 + minutes) * 60_000;
  return { ok: true, at: new Date(offset.startsWith('-') ? wall + shift : wall - shift) };
}

function atWall(wall: number, timeZone: string): ReadInstant {
  // The zone's offset a day before and a day after are the only two it can have in between.
  const offsets = new Set([wall - 86_400_000, wall + 86_400_000].map((ms) => offsetMs(ms, timeZone)));
  const fits = [...offsets].map((ms) => wall - ms).filter((at) => at + offsetMs(at, timeZone) === wall);
  if (fits.length > 1) return { ok: false, why: 'twice' };
  const [only] = fits;
  return only === undefined ? { ok: false, why: 'skipped' } : { ok: true, at: new Date(only) };
}

/** The instant as the zone's clock shows it, with the offset: `2026-12-24T20:00:00+08:00`. */
export function localStamp(at: Date, timeZone: string): string {
  const offset = offsetMs(at.getTime(), timeZone);
  const wall = new Date(at.getTime() + offset).toISOString().slice(0, 19);
  const minutes = Math.abs(offset) / 60_000;
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${wall}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** The calendar day of the instant in the zone, `YYYY-MM-DD`. */
export function localDay(at: Date, timeZone: string): string {
  return localStamp(at, timeZone).slice(0, 10);
}

export function isCalendarDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const [, year, month, day] = match;
  const at = new Date(Date.UTC(+year!, +month! - 1, +day!));
  return at.toISOString().slice(0, 10) === text;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetMs(atMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(
    part['year']!,
    part['month']! - 1,
    part['day']!,
    part['hour']!,
    part['minute']!,
    part['second']!,
  );
  return wall - Math.floor(atMs / 1000) * 1000;
}
