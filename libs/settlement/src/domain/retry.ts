/** A chunk that fails this often goes to a human instead of round and round. */
export const chunkAttemptsMax = 12;

const pauseFirstSeconds = 5;
const pauseLongestSeconds = 900;

/** Seconds until a chunk is tried again after `attempts` failures; `random` from 0 to 1 spreads the herd. */
export function pauseSeconds(attempts: number, random: number): number {
  const ceiling = Math.min(pauseLongestSeconds, pauseFirstSeconds * 2 ** Math.max(0, attempts - 1));
  return Math.ceil(ceiling * (0.5 + random / 2));
}
