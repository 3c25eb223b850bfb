/** The only file of the sandbox that reads the time. Instants are milliseconds since 1970-01-01 UTC. */
export interface Clock {
  nowMs(): number;
}

export const systemClock: Clock = { nowMs: () => Date.now() };

export function rfc3339(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

/** The instant that an RFC 3339 text names, or undefined when it names none (31 February, leap seconds). */
export function parseInstant(text: string): number | undefined {
  const instantMs = Date.parse(text);
  return Number.isNaN(instantMs) ? undefined : instantMs;
}

/** `2026-11-23`: bills are cut at midnight UTC, whatever the zone of the machine. */
export function utcDay(instantMs: number): string {
  return rfc3339(instantMs).slice(0, 10);
}
