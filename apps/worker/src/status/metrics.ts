import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** A number read when the metrics are asked for. */
export interface Reading {
  readonly name: string;
  readonly help: string;
  readonly read: () => Promise<number>;
}

/** A registry of its own, so that several workers can live in one process of tests. */
export class Metrics {
  readonly registry = new Registry();

  readonly jobSeconds = new Histogram({
    name: 'hehuo_job_seconds',
    help: 'how long jobs took, by outcome: done, refused (a rule said no), failed',
    labelNames: ['queue', 'job', 'outcome'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60],
    registers: [this.registry],
  });

  readonly sweepFound = new Counter({
    name: 'hehuo_sweep_found_total',
    help: 'due rows that a sweeper found before or after their hint',
    labelNames: ['sweep'],
    registers: [this.registry],
  });

  readonly sweepErrors = new Counter({
    name: 'hehuo_sweep_errors_total',
    help: 'due rows that a sweeper could not deal with',
    labelNames: ['sweep'],
    registers: [this.registry],
  });

  readonly loopErrors = new Counter({
    name: 'hehuo_loop_errors_total',
    help: 'rounds of a loop that failed as a whole: the database or Redis was away',
    labelNames: ['loop'],
    registers: [this.registry],
  });

  readonly invariantBreaches = new Gauge({
    name: 'hehuo_invariant_breached_rows',
    help: 'rows that broke an invariant in the last check; anything but 0 needs a human',
    labelNames: ['invariant'],
    registers: [this.registry],
  });

  readonly invariantsCheckedAt = new Gauge({
    name: 'hehuo_invariants_checked_timestamp_seconds',
    help: 'when the invariants were last checked by this process',
    registers: [this.registry],
  });

  constructor(withProcessMetrics: boolean) {
    if (withProcessMetrics) collectDefaultMetrics({ register: this.registry });
  }

  /** Adds a gauge that reads when it is asked. A reading that fails is left out of the answer instead of being 0. */
  addReading({ name, help, read }: Reading): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      collect: async () => {
        gauge.reset();
        const value = await read().catch(() => Number.NaN);
        gauge.set(value);
      },
    });
  }
}
