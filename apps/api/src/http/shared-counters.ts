import type { Redis } from 'ioredis';
import type { Clock } from '@hehuo/kernel';

const flushMs = 1_000;
const keysMax = 50_000;

interface Count {
  /** Counted here and not yet told to the others. */
  own: number;
  /** What all processes had counted when we last asked. */
  everywhere: number;
}

interface Window {
  readonly startMs: number;
  readonly lengthMs: number;
  readonly counts: Map<string, Count>;
}

/**
 * Counts requests in fixed windows for all processes together. A request is counted in memory and never waits for
 * Redis; once a second each process adds what it counted and learns what the others did. So a limit may be passed by
 * what comes in during that second, and without Redis every process counts by itself.
 */
export class SharedCounters {
  private readonly windows = new Map<number, Window>();
  private readonly timer: NodeJS.Timeout;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
    private readonly clock: Clock,
  ) {
    this.timer = setInterval(() => void this.flush(), flushMs);
    this.timer.unref();
  }

  /** Counts one and says how many there were in this window, and for how many milliseconds it lasts. */
  add(key: string, lengthMs: number): { current: number; ttl: number } {
    const nowMs = this.clock.now().getTime();
    const { startMs, counts } = this.windowAt(nowMs, lengthMs);
    let count = counts.get(key);
    if (!count) {
      count = { own: 0, everywhere: 0 };
      // More addresses than memory is meant for: those that come last are counted alone until the window ends.
      if (counts.size < keysMax) counts.set(key, count);
    }
    count.own += 1;
    return { current: count.everywhere + count.own, ttl: startMs + lengthMs - nowMs };
  }

  /** Tells Redis what was counted. Never rejects: a limit is no reason to fail. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.exchange()).catch(() => undefined);
    return this.flushing;
  }

  close(): void {
    clearInterval(this.timer);
  }

  private windowAt(nowMs: number, lengthMs: number): Window {
    const startMs = nowMs - (nowMs % lengthMs);
    const known = this.windows.get(lengthMs);
    if (known?.startMs === startMs) return known;
    const window = { startMs, lengthMs, counts: new Map<string, Count>() };
    this.windows.set(lengthMs, window);
    return window;
  }

  private async exchange(): Promise<void> {
    for (const { startMs, lengthMs, counts } of this.windows.values()) {
      const changed = [...counts].filter(([, count]) => count.own > 0);
      if (changed.length === 0) continue;
      const pipeline = this.redis.pipeline();
      const told = changed.map(([key, count]) => {
        const name = `${this.prefix}:rate:${lengthMs}:${startMs}:${key}`;
        pipeline.incrby(name, count.own).pexpire(name, 2 * lengthMs);
        return { count, own: count.own };
      });
      const answers = (await pipeline.exec()) ?? [];
      told.forEach(({ count, own }, at) => {
        const [error, total] = answers[2 * at] ?? [];
        if (error || typeof total !== 'number') return;
        count.own -= own;
        count.everywhere = total;
      });
    }
  }
}
