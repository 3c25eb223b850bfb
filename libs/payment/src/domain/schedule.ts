/** Seconds between two questions about the same open matter, growing with how often it was asked (reliability §2.9). */
export const CHECK_SECONDS = [15, 30, 60, 300, 900, 3_600, 21_600] as const;

/** Seconds until the next check after `checks` of them. */
export function checkAfterSeconds(checks: number): number {
  return CHECK_SECONDS[Math.min(Math.max(checks, 0), CHECK_SECONDS.length - 1)] as number;
}

export const backoffFirstSeconds = 15;
export const backoffLongestSeconds = 21_600;

/**
 * Seconds until try number `tries` is repeated: full jitter under a ceiling that doubles from 15 s to 6 h, never less
 * than one second. `random` is a draw from [0, 1).
 */
export function backoffSeconds(tries: number, random: number): number {
  const ceiling = Math.min(
    backoffLongestSeconds,
    backoffFirstSeconds * 2 ** Math.min(Math.max(tries - 1, 0), 20),
  );
  return Math.max(1, Math.round(ceiling * random));
}
