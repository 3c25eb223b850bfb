/**
 * Days of a gateway's bill are days of its own zone. Where a day begins is asked of the zone's own rules and never
 * counted in hours: a day with a change of clocks has 23 or 25 of them.
 */
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** No zone is further from UTC than this, with a margin. */
const farthestOffsetMs = 18 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    ...{
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
    },
  });
  formats.set(zone, made);
  return made;
}

/** The day and the hour that clocks of the zone show, as text that sorts by time: `2026-11-25 07`. */
function wallClock(ms: number, zone: string): string {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')} ${parts.get('hour')}`;
}

/** Whether the text names a day that exists, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return DAY.test(text) && shifted(text, 0) === text;
}

/** The day of the zone that the instant falls on. */
export function dayOf(instant: Date, zone: string): string {
  return wallClock(instant.getTime(), zone).slice(0, 10);
}

export function nextDay(day: string): string {
  return shifted(day, 1);
}

export function dayBefore(day: string): string {
  return shifted(day, -1);
}

/** The first instant at which clocks of the zone show this day and at least this hour. */
export function instantOf(day: string, hour: number, zone: string): Date {
  const wanted = `${day} ${String(hour).padStart(2, '0')}`;
  const near = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000;
  let [before, after] = [near - farthestOffsetMs, near + farthestOffsetMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallClock(middle, zone) >= wanted) after = middle;
    else before = middle;
  }
  return new Date(after);
}

/** The days from `first` to `last`, both included; at most `daysMax`, the oldest ones. */
export function daysBetween(first: string, last: string, daysMax: number): string[] {
  const days: string[] = [];
  for (let day = first; day <= last && days.length < daysMax; day = nextDay(day)) days.push(day);
  return days;
}

/** Counts on the calendar, where every day is one day, not on instants. */
function shifted(day: string, by: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, date + by)).toISOString().slice(0, 10);
}
