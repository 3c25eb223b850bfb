import { Injectable } from '@nestjs/common';
import type { Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf } from '@hehuo/platform';
import type { AttemptRule } from '../domain/limits.js';

export interface Attempt {
  readonly allowed: boolean;
  /** Seconds until the window ends and counting starts anew. */
  readonly retryAfterSeconds: number;
}

/** Tries of something by somebody, counted exactly whatever comes at once: the row is the counter and its own lock. */
@Injectable()
export class AttemptStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Counts one try. The caller commits also when it is refused, or the try would not count. */
  async take(tx: Tx, rule: AttemptRule, subject: string): Promise<Attempt> {
    const key = this.cipher.blindIndex(`attempt-${rule.scope}`, subject);
    const { windowSeconds } = rule;
    // Assignments run from left to right: `used` must look at the old window before the window moves.
    await sqlOf(tx).change(
      `INSERT INTO attempt_count (scope, subject, window_starts, window_ends, used)
       VALUES (?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? SECOND, 1)
       ON DUPLICATE KEY UPDATE
         used = IF(window_ends <= UTC_TIMESTAMP(3), 1, used + 1),
         window_starts = IF(window_ends <= UTC_TIMESTAMP(3), UTC_TIMESTAMP(3), window_starts),
         window_ends = IF(window_ends <= UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? SECOND, window_ends)`,
      [rule.scope, key, windowSeconds, windowSeconds],
    );
    const row = await sqlOf(tx).row<{ used: number; leftMs: string }>(
      `SELECT used, TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(3), window_ends) DIV 1000 AS leftMs
       FROM attempt_count WHERE scope = ? AND subject = ?`,
      [rule.scope, key],
    );
    return {
      allowed: Number(row!.used) <= rule.max,
      retryAfterSeconds: Math.max(1, Math.ceil(Number(row!.leftMs) / 1000)),
    };
  }

  /** The right answer was given: the next window starts empty. */
  async clear(tx: Tx, rule: AttemptRule, subject: string): Promise<void> {
    await sqlOf(tx).change('DELETE FROM attempt_count WHERE scope = ? AND subject = ?', [
      rule.scope,
      this.cipher.blindIndex(`attempt-${rule.scope}`, subject),
    ]);
  }

  async used(rule: AttemptRule, subject: string): Promise<number> {
    const row = await this.database.row<{ used: number }>(
      'SELECT used FROM attempt_count WHERE scope = ? AND subject = ? AND window_ends > UTC_TIMESTAMP(3)',
      [rule.scope, this.cipher.blindIndex(`attempt-${rule.scope}`, subject)],
    );
    return Number(row?.used ?? 0);
  }

  async forgetOver(): Promise<void> {
    await this.database.change('DELETE FROM attempt_count WHERE window_ends < UTC_TIMESTAMP(3) LIMIT 10000');
  }
}
