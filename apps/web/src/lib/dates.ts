import { i18n } from '@lingui/core';
import { serverClock } from './clock';

const zone = 'Asia/Shanghai';
const formats = {
  day: { month: 'long', day: 'numeric', weekday: 'short' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  moment: {
    month: 'long',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

function format(form: keyof typeof formats, at: string | number, timeZone: string): string {
  return new Intl.DateTimeFormat(i18n.locale, { ...formats[form], timeZone }).format(new Date(at));
}

/** 6月15日 周六 */
export const day = (at: string, timeZone = zone): string => format('day', at, timeZone);
/** 2026年6月15日 */
export const date = (at: string, timeZone = zone): string => format('date', at, timeZone);
/** 09:00 */
export const time = (at: string, timeZone = zone): string => format('time', at, timeZone);
/** 6月15日 周六 09:00 */
export const moment = (at: string, timeZone = zone): string => format('moment', at, timeZone);

/** 6月15日 周六 09:00–11:00 */
export const span = (from: string, to: string): string => `${moment(from)}–${time(to)}`;

const hourMs = 3_600_000;

/** What is left until an instant: whole days from two days on, then hours, then minutes; null when it is over. */
export function left(
  until: string,
): { readonly count: number; readonly unit: 'days' | 'hours' | 'minutes' } | null {
  const ms = Date.parse(until) - serverClock.now();
  if (ms <= 0) return null;
  if (ms >= 48 * hourMs) return { count: Math.floor(ms / (24 * hourMs)), unit: 'days' };
  if (ms >= hourMs) return { count: Math.floor(ms / hourMs), unit: 'hours' };
  return { count: Math.max(1, Math.ceil(ms / 60_000)), unit: 'minutes' };
}
