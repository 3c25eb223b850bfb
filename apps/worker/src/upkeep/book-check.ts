import type { Clock } from '@hehuo/kernel';
import { checkInvariants, type Database, type Invariant, type Leases, type Logger } from '@hehuo/platform';
import type { Metrics } from '../status/metrics.js';

/** Processes that start together check once between them; the next day's check is far outside of it. */
const leaseSeconds = 600;
const pauseMs = 24 * 3_600_000;

export interface InvariantsParts {
  readonly database: Database;
  readonly leases: Leases;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly invariants: readonly Invariant[];
}

/**
 * Checks the books of every context at boot and once a day. A breach is told as loudly as a process can; nothing here
 * repairs it. A check that could not be made (the database was away) is due again in the next round.
 */
export class BookCheck {
  private nextAtMs = 0;

  constructor(private readonly parts: InvariantsParts) {}

  async round(): Promise<boolean> {
    const nowMs = this.parts.clock.now().getTime();
    if (nowMs < this.nextAtMs) return false;
    if (await this.parts.leases.take('check:invariants', leaseSeconds)) await this.check();
    this.nextAtMs = nowMs + pauseMs;
    return false;
  }

  private async check(): Promise<void> {
    const { database, metrics, logger, invariants, clock } = this.parts;
    const breaches = await checkInvariants(database, invariants);
    metrics.invariantBreaches.reset();
    for (const { name } of invariants) metrics.invariantBreaches.set({ invariant: name }, 0);
    for (const { invariant, statement, rows } of breaches) {
      metrics.invariantBreaches.set({ invariant }, rows.length);
      logger.fatal(
        { invariant, statement, rows },
        'the books are wrong: stop what touches them and call a human',
      );
    }
    metrics.invariantsCheckedAt.set(Math.floor(clock.now().getTime() / 1000));
    if (breaches.length === 0) logger.info({ checked: invariants.length }, 'every invariant holds');
  }
}
