import { randomBytes } from 'node:crypto';
import { Outbox, type DomainEvent, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '../database/database.js';
import { isTopic, type Topic } from './catalogue.js';

const leaseSeconds = 30;
const rowsPerStatement = 500;

export interface OutboxMessage {
  readonly id: string;
  readonly topic: Topic;
  readonly ref: string;
  readonly notBefore: Date | null;
}

export class SqlOutbox extends Outbox {
  async add(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
    for (const { topic } of events) {
      if (!isTopic(topic)) throw new Error(`topic ${topic} is not in the catalogue`);
    }
    for (let at = 0; at < events.length; at += rowsPerStatement) {
      const rows = events.slice(at, at + rowsPerStatement).map((e) => [e.topic, e.ref, e.notBefore ?? null]);
      await sqlOf(tx).change('INSERT INTO outbox (topic, ref, not_before) VALUES ?', [rows]);
    }
  }
}

/**
 * The relay's side of the outbox. A message is leased by one statement, published, then deleted under the same token;
 * an expired lease gives it back. No cursor over the id: rows commit out of order and a cursor would miss some.
 */
export class OutboxReader {
  constructor(private readonly database: Database) {}

  async claim(limit: number): Promise<{ token: string; messages: OutboxMessage[] }> {
    const token = randomBytes(16).toString('hex');
    const { affectedRows } = await this.database.change(
      `UPDATE outbox SET lease_token = ?, attempts = attempts + 1,
              lease_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND
       WHERE lease_until < UTC_TIMESTAMP(3) ORDER BY lease_until, id LIMIT ${limit}`,
      [token],
    );
    if (affectedRows === 0) return { token, messages: [] };
    const messages = await this.database.rows<OutboxMessage>(
      'SELECT id, topic, ref, not_before AS notBefore FROM outbox WHERE lease_token = ? ORDER BY id',
      [token],
    );
    return { token, messages };
  }

  async done(token: string): Promise<void> {
    await this.database.change('DELETE FROM outbox WHERE lease_token = ?', [token]);
  }

  /** Publishing failed: give the messages back after a pause instead of waiting for the lease to run out. */
  async giveBack(token: string): Promise<void> {
    await this.database.change(
      'UPDATE outbox SET lease_token = NULL, lease_until = UTC_TIMESTAMP(3) + INTERVAL 2 SECOND WHERE lease_token = ?',
      [token],
    );
  }

  /** Seconds that the oldest unpublished message has waited; 0 when there is none. */
  async ageSeconds(): Promise<number> {
    const row = await this.database.row<{ age: string | null }>(
      `SELECT TIMESTAMPDIFF(SECOND, MIN(created_at), UTC_TIMESTAMP(3)) AS age FROM outbox`,
    );
    return Number(row?.age ?? 0);
  }
}
