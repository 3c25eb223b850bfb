/** Calendar months as `YYYY-MM`: they compare as texts, and nothing here counts days. */
export type Month = string;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day that the calendar on the wall shows in a zone, `YYYY-MM-DD`. */
export function dayIn(at: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part['year']!.padStart(4, '0')}-${part['month']!}-${part['day']!}`;
}

export function monthIn(at: Date, timeZone: string): Month {
  return dayIn(at, timeZone).slice(0, 7);
}

export function monthAfter(month: Month): Month {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return number === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${month.slice(0, 5)}${String(number + 1).padStart(2, '0')}`;
}

export function laterOf(a: Month, b: Month): Month {
  return a > b ? a : b;
}

/** Days after the end of a month in which late movements still find their way into it. */
export const freezeDays = 5;
const dayMs = 86_400_000;

/** The last month that may be frozen at an instant, in the zone of its community. */
export function lastFreezable(now: Date, timeZone: string): Month {
  return monthBefore(monthIn(new Date(now.getTime() - freezeDays * dayMs), timeZone));
}

function monthBefore(month: Month): Month {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return number === 1
    ? `${String(year - 1).padStart(4, '0')}-12`
    : `${month.slice(0, 5)}${String(number - 1).padStart(2, '0')}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What calendar and clock on the wall show in a zone, `YYYY-MM-DD HH:mm`. */
export function momentIn(at: Date, timeZone: string): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  return `${dayIn(at, timeZone)} ${clock.format(at)}`;
}
