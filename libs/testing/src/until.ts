import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 25;

/** Waits until `look` answers with something true, and hands it back. Throws with `what` when `seconds` have passed. */
export async function until<T>(what: string, seconds: number, look: () => Promise<T> | T): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline) throw new Error(`${seconds} s went by and still not: ${what}`);
    await pause(pollMs);
  }
}
