import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf } from '@hehuo/platform';
import { codeTriesMax } from '../domain/limits.js';

const leaseSeconds = 30;
export const smsAttemptsMax = 3;

export type SmsState = 'waiting' | 'sending' | 'sent' | 'failed';

export interface WaitingSms {
  readonly id: Id<'sms'>;
  readonly phone: string;
  readonly code: string;
  readonly attempts: number;
}

export interface SmsView extends WaitingSms {
  readonly state: SmsState;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

interface SmsRecord {
  id: Id<'sms'>;
  phoneSealed: string;
  codeSealed: string;
  attempts: number;
  state: SmsState;
  createdAt: Date;
  expiresAt: Date;
}

const COLUMNS = `id, phone_sealed AS phoneSealed, code_sealed AS codeSealed, attempts, state, created_at AS createdAt,
  expires_at AS expiresAt`;
// A message whose sender died is given to another after its lease; a text that is too late is not sent at all.
const DUE = `expires_at > UTC_TIMESTAMP(3) AND attempts < ${smsAttemptsMax} AND
  (state = 'waiting' OR (state = 'sending' AND lease_until < UTC_TIMESTAMP(3)))`;

@Injectable()
export class SmsStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  async add(
    tx: Tx,
    input: { phone: string; phoneIndex: string; code: string; expiresAt: Date },
  ): Promise<Id<'sms'>> {
    const id = newId('sms', this.clock.now().getTime());
    await sqlOf(tx).change(
      `INSERT INTO sms_outbox (id, phone_index, phone_sealed, template, code_sealed, state, expires_at)
       VALUES (?, ?, ?, 'sign_in_code', ?, 'waiting', ?)`,
      [
        id,
        input.phoneIndex,
        this.cipher.seal(`sms_outbox|phone|${id}`, input.phone),
        this.cipher.seal(`sms_outbox|code|${id}`, input.code),
        input.expiresAt,
      ],
    );
    return id;
  }

  /** Leases a due message to the caller; null when it is sent, over or somebody else's. */
  async claim(id: Id<'sms'>): Promise<WaitingSms | null> {
    const { affectedRows } = await this.database.change(
      `UPDATE sms_outbox SET state = 'sending', attempts = attempts + 1,
              lease_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND
       WHERE id = ? AND ${DUE}`,
      [id],
    );
    if (affectedRows === 0) return null;
    const row = await this.database.row<SmsRecord>(`SELECT ${COLUMNS} FROM sms_outbox WHERE id = ?`, [id]);
    return row && this.opened(row);
  }

  /** Writes what became of the attempt that `claim` counted; a later attempt is not touched. */
  async settle(id: Id<'sms'>, attempt: number, state: 'sent' | 'waiting' | 'failed'): Promise<void> {
    await this.database.change(
      `UPDATE sms_outbox SET state = ?, lease_until = NULL WHERE id = ? AND state = 'sending' AND attempts = ?`,
      [state, id, attempt],
    );
  }

  async due(limit: number): Promise<Id<'sms'>[]> {
    const rows = await this.database.rows<{ id: Id<'sms'> }>(
      `SELECT id FROM sms_outbox WHERE state IN ('waiting', 'sending') AND ${DUE} ORDER BY expires_at LIMIT ?`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * The newest message of each number whose code still works, opened: for the operator of a machine without an SMS
   * provider. A code that was used or guessed at too often works no more, whatever its message says.
   */
  async live(limit: number): Promise<SmsView[]> {
    const rows = await this.database.rows<SmsRecord>(
      `SELECT ${COLUMNS} FROM sms_outbox m WHERE expires_at > UTC_TIMESTAMP(3)
         AND EXISTS (SELECT 1 FROM sign_in_code c WHERE c.phone_index = m.phone_index AND c.used_at IS NULL
                       AND c.tries < ? AND c.expires_at > UTC_TIMESTAMP(3))
         AND NOT EXISTS (SELECT 1 FROM sms_outbox n WHERE n.phone_index = m.phone_index AND n.id > m.id)
       ORDER BY created_at DESC, id LIMIT ?`,
      [codeTriesMax, limit],
    );
    return rows.map((row) => this.opened(row));
  }

  async forget(tx: Tx, phoneIndex: string): Promise<void> {
    await sqlOf(tx).change('DELETE FROM sms_outbox WHERE phone_index = ?', [phoneIndex]);
  }

  async forgetOver(): Promise<void> {
    await this.database.change(
      'DELETE FROM sms_outbox WHERE expires_at < UTC_TIMESTAMP(3) - INTERVAL 1 DAY LIMIT 10000',
    );
  }

  private opened({ phoneSealed, codeSealed, ...row }: SmsRecord): SmsView {
    return {
      ...row,
      phone: this.cipher.open(`sms_outbox|phone|${row.id}`, phoneSealed),
      code: this.cipher.open(`sms_outbox|code|${row.id}`, codeSealed),
    };
  }
}
