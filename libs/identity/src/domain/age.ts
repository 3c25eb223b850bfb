/** Adult from 18, teen from 14, below that a child (civil code §§17-20, personal information protection law §31). */
export type AgeClass = 'adult' | 'teen' | 'child';

/** Whose calendar a birthday is in where no community's own is at hand. */
export const HOME_ZONE = 'Asia/Shanghai';
export const adultYears = 18;
export const teenYears = 14;
const oldestYears = 130;

/** `YYYY-MM-DD` of a real day, or null. */
export function normalDate(text: string): string | null {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const longest = lengths[month - 1];
  return longest !== undefined && day >= 1 && day <= longest ? text : null;
}

/** Whether somebody alive on the day `today` can have been born then. */
export function plausibleBirth(birth: string, today: string): boolean {
  return birth <= today && birth >= plusYears(today, -oldestYears);
}

/**
 * The age class on a calendar day, both as `YYYY-MM-DD`. A year is full on the birthday itself; somebody born on
 * 29 February reaches it on 1 March of a common year.
 */
export function ageClassOn(birth: string, day: string): AgeClass {
  if (day >= plusYears(birth, adultYears)) return 'adult';
  return day >= plusYears(birth, teenYears) ? 'teen' : 'child';
}

/** The calendar day of an instant in an IANA time zone. Throws a RangeError for an unknown zone. */
export function localDay(instant: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(instant);
}

// Building a formatter costs a hundred times what using it does, and there are as many as zones.
const formats = new Map<string, Intl.DateTimeFormat>();

function plusYears(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
