/** What is waiting of one account, in the order of its numbers. */
export interface Queue<T> {
  readonly waiting: readonly T[];
  /** There is more of it than was fetched: nothing later may be taken before it was looked at. */
  readonly more: boolean;
}

/**
 * Brings the entries of several accounts into one order of time, without changing the order inside an account: what is
 * taken of each is a beginning of it, so that "read up to" stays one number. Ends at `max`, and where an account runs out
 * that has more.
 */
export function mergeByTime<T extends { readonly at: Date }>(queues: readonly Queue<T>[], max: number): T[] {
  const next = queues.map(() => 0);
  const taken: T[] = [];
  while (taken.length < max) {
    let earliest = -1;
    for (const [index, { waiting, more }] of queues.entries()) {
      const entry = waiting[next[index]!];
      if (entry === undefined && more) return taken;
      if (entry === undefined) continue;
      const best = earliest < 0 ? undefined : queues[earliest]!.waiting[next[earliest]!];
      if (best === undefined || entry.at < best.at) earliest = index;
    }
    if (earliest < 0) return taken;
    taken.push(queues[earliest]!.waiting[next[earliest]!]!);
    next[earliest]! += 1;
  }
  return taken;
}
