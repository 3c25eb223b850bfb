import { DomainError } from '@hehuo/kernel';
import { runInContext, type Leases, type Logger } from '@hehuo/platform';
import type { Metrics } from '../status/metrics.js';

const idleMs = 5_000;
/** Longer than a round's pause and short enough that the death of the holder delays nothing beyond ten seconds. */
const leaseSeconds = 8;
const refsPerRound = 200;
const restFirstMs = 5_000;
const restLongestMs = 10 * 60_000;
const restingMax = 5_000;
const requestIdLength = 60;

interface Named {
  readonly name: string;
  /** Pause after a round without work; five seconds where nothing else is said. */
  readonly idleMs?: number;
}

/** One kind of pending work: how to find what is due, and what to do with one of it. */
export interface DueSweep extends Named {
  /** Ids of what is due now, the oldest first, by a predicate of the database. */
  readonly due: (limit: number) => Promise<readonly string[]>;
  readonly act: (ref: string) => Promise<unknown>;
  /** How many are acted on at the same time; one where nothing else is said. */
  readonly atOnce?: number;
}

/** Work that finds and does its own round, under its own lease. True means that there may be more at once. */
export interface RoundSweep extends Named {
  readonly round: () => Promise<boolean>;
}

export type Sweep = DueSweep | RoundSweep;

export interface SweepParts {
  readonly leases: Leases;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly nowMs: () => number;
}

interface Rest {
  readonly untilMs: number;
  readonly times: number;
}

/**
 * The guarantee behind the hints: finds due rows by a predicate and acts on each. One process at a time does a sweep,
 * by a lease, only to spare work: the acts are safe to run twice. A row that fails rests for a growing while, so that
 * it neither blocks the rows behind it nor fills the log.
 */
export class Sweeper {
  private readonly resting = new Map<string, Rest>();

  constructor(
    private readonly sweep: Sweep,
    private readonly parts: SweepParts,
  ) {}

  get name(): string {
    return this.sweep.name;
  }

  get idleMs(): number {
    return this.sweep.idleMs ?? idleMs;
  }

  /** One round; true when there may be more to do at once. */
  async round(): Promise<boolean> {
    if (!('round' in this.sweep)) return this.roundOfDue(this.sweep);
    const { name, round } = this.sweep;
    return runInContext({ actor: `sweep:${name}`, requestId: `sweep-${name}` }, round);
  }

  private async roundOfDue({ name, due, act, atOnce = 1 }: DueSweep): Promise<boolean> {
    if (!(await this.parts.leases.take(`sweep:${name}`, leaseSeconds))) return false;
    const limit = refsPerRound + this.resting.size;
    const found = await due(limit);
    const refs = found.filter((ref) => !this.rests(ref));
    let done = 0;
    const queue = refs.values();
    const lane = async (): Promise<void> => {
      for (const ref of queue) if (await this.actOn(ref, act)) done += 1;
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    this.parts.metrics.sweepFound.inc({ sweep: name }, refs.length);
    return done > 0 && found.length >= limit;
  }

  private async actOn(ref: string, act: DueSweep['act']): Promise<boolean> {
    const { name } = this.sweep;
    const requestId = `sweep-${ref}`.slice(0, requestIdLength);
    return runInContext({ actor: `sweep:${name}`, requestId }, async () => {
      try {
        await act(ref);
        this.resting.delete(ref);
        return true;
      } catch (error) {
        this.letRest(ref, error);
        return false;
      }
    });
  }

  private rests(ref: string): boolean {
    return (this.resting.get(ref)?.untilMs ?? 0) > this.parts.nowMs();
  }

  private letRest(ref: string, error: unknown): void {
    const { name } = this.sweep;
    if (this.resting.size >= restingMax) this.resting.clear();
    const times = (this.resting.get(ref)?.times ?? 0) + 1;
    const restMs = Math.min(restLongestMs, restFirstMs * 2 ** (times - 1));
    this.resting.set(ref, { untilMs: this.parts.nowMs() + restMs, times });
    this.parts.metrics.sweepErrors.inc({ sweep: name });
    const problem = error instanceof DomainError ? error.code : undefined;
    this.parts.logger.error(
      { sweep: name, ref, times, restMs, problem, err: error },
      'due work could not be done; it is tried again after a rest',
    );
  }
}
