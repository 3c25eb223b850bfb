import { Injectable } from '@nestjs/common';
import type { Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import { codeMinutes, codeTriesMax, resendSeconds } from '../domain/limits.js';

/** The one code of a phone number at a time. A new one takes the old one's place. */
@Injectable()
export class CodeStore {
  constructor(private readonly database: Database) {}

  /** Seconds until another code may be sent; 0 when it may be now. */
  async pauseLeft(tx: Tx, phoneIndex: string): Promise<number> {
    const row = await sqlOf(tx).row<{ left: string }>(
      `SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), sent_at + INTERVAL ? SECOND) + 1 AS \`left\`
       FROM sign_in_code WHERE phone_index = ? AND sent_at > UTC_TIMESTAMP(3) - INTERVAL ? SECOND FOR UPDATE`,
      [resendSeconds, phoneIndex, resendSeconds],
    );
    return Number(row?.left ?? 0);
  }

  async put(tx: Tx, phoneIndex: string, codeHash: string): Promise<Date> {
    await sqlOf(tx).change(
      `INSERT INTO sign_in_code (phone_index, code_hash, sent_at, expires_at)
       VALUES (?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL ? MINUTE)
       ON DUPLICATE KEY UPDATE code_hash = VALUES(code_hash), tries = 0, sent_at = VALUES(sent_at),
         expires_at = VALUES(expires_at), used_at = NULL`,
      [phoneIndex, codeHash, codeMinutes],
    );
    const row = await sqlOf(tx).row<{ expiresAt: Date }>(
      'SELECT expires_at AS expiresAt FROM sign_in_code WHERE phone_index = ?',
      [phoneIndex],
    );
    return row!.expiresAt;
  }

  /** Spends one try and gives the hash to compare with; null when there is no live code or no try left. */
  async spendTry(tx: Tx, phoneIndex: string): Promise<string | null> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE sign_in_code SET tries = tries + 1
       WHERE phone_index = ? AND used_at IS NULL AND expires_at > UTC_TIMESTAMP(3) AND tries < ?`,
      [phoneIndex, codeTriesMax],
    );
    if (affectedRows === 0) return null;
    const row = await sqlOf(tx).row<{ codeHash: string }>(
      'SELECT code_hash AS codeHash FROM sign_in_code WHERE phone_index = ?',
      [phoneIndex],
    );
    return row?.codeHash ?? null;
  }

  async use(tx: Tx, phoneIndex: string): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE sign_in_code SET used_at = UTC_TIMESTAMP(3) WHERE phone_index = ? AND used_at IS NULL',
      [phoneIndex],
    );
  }

  async forget(tx: Tx, phoneIndex: string): Promise<void> {
    await sqlOf(tx).change('DELETE FROM sign_in_code WHERE phone_index = ?', [phoneIndex]);
  }

  async forgetOver(): Promise<void> {
    await this.database.change(
      'DELETE FROM sign_in_code WHERE expires_at < UTC_TIMESTAMP(3) - INTERVAL 1 DAY LIMIT 10000',
    );
  }
}
