import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { Message } from '../domain/challenge.js';
import { messagesPerThreadMax } from '../domain/limits.js';

const COLUMNS = `id, challenge_id AS challengeId, person_id AS personId, speaker, text, hidden_at AS hiddenAt,
  hidden_reason AS hiddenReason, created_at AS createdAt`;

@Injectable()
export class MessageStore {
  constructor(private readonly database: Database) {}

  async insert(
    tx: Tx,
    {
      id,
      challengeId,
      personId,
      speaker,
      text,
    }: Pick<Message, 'id' | 'challengeId' | 'personId' | 'speaker' | 'text'>,
  ): Promise<void> {
    await sqlOf(tx).change(
      'INSERT INTO book_message (id, challenge_id, person_id, speaker, text) VALUES (?, ?, ?, ?, ?)',
      [id, challengeId, personId, speaker, text],
    );
  }

  /** The whole thread, the first message first: threads have an end. */
  ofChallenge(challengeId: Id<'chl'>): Promise<Message[]> {
    return this.database.rows<Message>(
      `SELECT ${COLUMNS} FROM book_message WHERE challenge_id = ? ORDER BY id LIMIT ${messagesPerThreadMax}`,
      [challengeId],
    );
  }

  async isFull(tx: Tx, challengeId: Id<'chl'>): Promise<boolean> {
    const row = await sqlOf(tx).row<{ n: string }>(
      'SELECT COUNT(*) AS n FROM book_message WHERE challenge_id = ?',
      [challengeId],
    );
    return Number(row!.n) >= messagesPerThreadMax;
  }

  async find(tx: Tx, challengeId: Id<'chl'>, id: Id<'msg'>): Promise<Message | null> {
    return sqlOf(tx).row<Message>(`SELECT ${COLUMNS} FROM book_message WHERE id = ? AND challenge_id = ?`, [
      id,
      challengeId,
    ]);
  }

  async isShown(id: Id<'msg'>): Promise<boolean> {
    const row = await this.database.row<{ n: string }>(
      'SELECT COUNT(*) AS n FROM book_message WHERE id = ? AND hidden_at IS NULL',
      [id],
    );
    return Number(row!.n) === 1;
  }

  /** The text is kept and not shown any more. False when it was hidden before. */
  async hide(tx: Tx, id: Id<'msg'>, by: Id<'per'>, reason: string): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE book_message SET hidden_by = ?, hidden_at = UTC_TIMESTAMP(3), hidden_reason = ?
       WHERE id = ? AND hidden_at IS NULL`,
      [by, reason, id],
    );
    return affectedRows === 1;
  }

  ofPerson(personId: Id<'per'>, limit: number): Promise<Message[]> {
    return this.database.rows<Message>(
      `SELECT ${COLUMNS} FROM book_message WHERE person_id = ? ORDER BY id DESC LIMIT ?`,
      [personId, limit],
    );
  }

  /** Whoever closes the account takes their words along; that something stood there stays. */
  async empty(tx: Tx, personId: Id<'per'>): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE book_message SET text = '', hidden_at = COALESCE(hidden_at, UTC_TIMESTAMP(3)),
         hidden_reason = COALESCE(hidden_reason, 'the writer closed the account') WHERE person_id = ?`,
      [personId],
    );
  }
}
