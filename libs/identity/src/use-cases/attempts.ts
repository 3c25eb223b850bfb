import { Injectable } from '@nestjs/common';
import type { Tx } from '@hehuo/kernel';
import type { AttemptRule } from '../domain/limits.js';
import { AttemptStore, type Attempt } from '../store/attempt.store.js';

/** For other contexts that have something to guess at: an exact counter that survives Redis. */
@Injectable()
export class Attempts {
  constructor(private readonly attempts: AttemptStore) {}

  /** Counts one try; the caller commits also when it is refused, or the try would not count. */
  take(tx: Tx, rule: AttemptRule, subject: string): Promise<Attempt> {
    return this.attempts.take(tx, rule, subject);
  }
}
