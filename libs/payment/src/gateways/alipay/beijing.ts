/** China has had one zone without summer time since 1991, so the offset is a constant. */
const offsetMs = 8 * 3_600_000;
const WRITTEN = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,3})?$/;

/** `2026-11-25 15:04:05`, the way in which Alipay writes instants; parts of a second are cut off, never rounded up. */
export function beijingTime(instant: Date): string {
  return new Date(instant.getTime() + offsetMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-11-25`: the day that a bill with this instant is of. */
export function beijingDay(instant: Date): string {
  return beijingTime(instant).slice(0, 10);
}

/** The instant that Alipay wrote; null for what is none. */
export function instantOfBeijing(value: unknown): Date | null {
  if (typeof value !== 'string' || !WRITTEN.test(value)) return null;
  const instant = new Date(Date.parse(`${value.replace(' ', 'T')}+08:00`));
  // The parser moves 31 February to March; such a text names no instant.
  return Number.isNaN(instant.getTime()) || beijingTime(instant) !== value.slice(0, 19) ? null : instant;
}

/** The instant at which bills of a day can be fetched: `hour` o'clock of the day after. Null for no day. */
export function billReadyAt(day: string, hour: number): Date | null {
  const midnight = instantOfBeijing(`${day} 00:00:00`);
  return midnight && new Date(midnight.getTime() + (24 + hour) * 3_600_000);
}
