import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Loop, type Logger, type LoopOptions } from '@hehuo/platform';
import type { JobRunner } from './jobs/job-runner.js';
import type { RelayLine } from './loops/relay.loop.js';
import type { Sweeper } from './loops/sweep.js';
import type { Metrics } from './status/metrics.js';
import type { Readiness } from './status/readiness.js';
import type { BookCheck } from './upkeep/book-check.js';

const relayIdleMs = 200;
const checkIdleMs = 60_000;
const graceMs = 25_000;

export interface EngineParts {
  readonly jobs: JobRunner;
  readonly relay: RelayLine;
  readonly sweepers: readonly Sweeper[];
  readonly books: BookCheck;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly logger: Logger;
}

/**
 * Everything that runs in this process, and its end: first nothing new (readiness, loops), then what runs (queues),
 * and the pool last, which the platform closes in the phase after this one. Being killed must be as safe as this.
 */
export class WorkerEngine implements BeforeApplicationShutdown {
  private readonly loops: Loop[];
  private isStopped = false;

  constructor(private readonly parts: EngineParts) {
    this.loops = [
      this.loop({ name: 'relay', idleMs: relayIdleMs, round: () => parts.relay.round() }),
      this.loop({ name: 'check', idleMs: checkIdleMs, round: () => parts.books.round() }),
      ...parts.sweepers.map((sweeper) =>
        this.loop({ name: sweeper.name, idleMs: sweeper.idleMs, round: () => sweeper.round() }),
      ),
    ];
  }

  start(): void {
    this.parts.jobs.start();
    for (const loop of this.loops) loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.isStopped) return;
    this.isStopped = true;
    this.parts.readiness.leave();
    const loops = Promise.all(this.loops.map((loop) => loop.stop()));
    await Promise.all([limited(loops, graceMs), this.parts.jobs.stop(graceMs)]);
    await this.parts.relay.close();
  }

  private loop(options: Omit<LoopOptions, 'onError'>): Loop {
    return new Loop({
      ...options,
      onError: (error) => {
        this.parts.metrics.loopErrors.inc({ loop: options.name });
        this.parts.logger.error(
          { err: error, loop: options.name },
          'a round failed; the next one tries again',
        );
      },
    });
  }
}

async function limited(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
