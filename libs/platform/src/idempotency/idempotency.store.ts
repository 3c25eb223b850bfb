import { DomainError, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '../database/database.js';

const keptDays = 7;

export interface IdempotentRequest {
  /** The key belongs to the person, so it never opens somebody else's answer. */
  readonly personId: string;
  /** What is asked, such as `POST /v1/charges/:id/confirm`; at most 60 characters. */
  readonly route: string;
  /** The Idempotency-Key that the client chose, 8 to 64 characters. */
  readonly key: string;
  /** SHA-256 of the canonical body, 32 bytes. */
  readonly hash: Buffer;
}

export interface Once<T> {
  readonly value: T;
  /** Whether this is the answer to an earlier request and nothing was done now. */
  readonly replayed: boolean;
}

export class IdempotencyKeyReused extends DomainError<'idempotency_key_reused'> {
  constructor() {
    super('idempotency_key_reused', 'this Idempotency-Key was used for another request; take a new key');
  }
}

/**
 * Does the work of a request once, however often it is sent. The key is written in the transaction of the effect: there
 * is no "in progress" that could be left behind, a work that throws leaves the key free, and a twin that comes at the
 * same time waits for the first one's commit and gets its answer.
 */
export class IdempotencyStore {
  constructor(private readonly database: Database) {}

  /**
   * Runs `work` unless this request was answered before; then hands the first answer back. The answer must survive
   * JSON: quantities are strings in it. Throws {@link IdempotencyKeyReused} when the key came with another body.
   */
  async once<T>(tx: Tx, request: IdempotentRequest, work: () => Promise<T>): Promise<Once<T>> {
    const { personId, route, key, hash } = request;
    // One affected row is a new key, two are an old one: no statement fails, so the transaction stays usable.
    const { affectedRows } = await sqlOf(tx).change(
      `INSERT INTO idempotency (person_id, route, client_key, fingerprint, answer) VALUES (?, ?, ?, ?, '')
       ON DUPLICATE KEY UPDATE replays = replays + 1`,
      [personId, route, key, hash],
    );
    if (affectedRows !== 1) return { value: await this.answered<T>(tx, request), replayed: true };
    const value = await work();
    await sqlOf(tx).change(
      'UPDATE idempotency SET answer = ? WHERE person_id = ? AND route = ? AND client_key = ?',
      [JSON.stringify(value ?? null), personId, route, key],
    );
    return { value, replayed: false };
  }

  /** Forgets answers after {@link keptDays} days, at most `limit` of them; says how many. What they did stays done. */
  async forgetOld(limit: number): Promise<number> {
    const { affectedRows } = await this.database.change(
      `DELETE FROM idempotency WHERE created_at < UTC_TIMESTAMP(3) - INTERVAL ${keptDays} DAY
       ORDER BY created_at LIMIT ${limit}`,
    );
    return affectedRows;
  }

  private async answered<T>(tx: Tx, { personId, route, key, hash }: IdempotentRequest): Promise<T> {
    const row = await sqlOf(tx).row<{ fingerprint: Buffer; answer: string }>(
      'SELECT fingerprint, answer FROM idempotency WHERE person_id = ? AND route = ? AND client_key = ?',
      [personId, route, key],
    );
    if (!row?.fingerprint.equals(hash)) throw new IdempotencyKeyReused();
    return JSON.parse(row.answer) as T;
  }
}
