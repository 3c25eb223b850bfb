import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf } from '@hehuo/platform';

export interface StaffCredential {
  readonly personId: Id<'per'>;
  readonly login: string;
  readonly passwordHash: string;
  readonly totpSecret: string;
  readonly mustChange: boolean;
}

interface StaffRecord {
  personId: Id<'per'>;
  login: string;
  passwordHash: string;
  totpSealed: string;
  mustChange: number;
}

const COLUMNS = `c.person_id AS personId, c.login, c.password_hash AS passwordHash, c.totp_sealed AS totpSealed,
  c.must_change AS mustChange`;

@Injectable()
export class StaffStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** A login that somebody has is a duplicate key `staff_credential_login`. Enrolling again replaces the credential. */
  async put(
    tx: Tx,
    input: { personId: Id<'per'>; login: string; passwordHash: string; totpSecret: string },
    mustChange: boolean,
    by: Id<'per'> | null,
  ): Promise<void> {
    await sqlOf(tx).change('DELETE FROM staff_credential WHERE person_id = ?', [input.personId]);
    await sqlOf(tx).change(
      `INSERT INTO staff_credential (person_id, login, password_hash, totp_sealed, must_change, created_by)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [
        input.personId,
        input.login,
        input.passwordHash,
        this.cipher.seal(placeOf(input.personId), input.totpSecret),
        mustChange,
        by,
      ],
    );
  }

  async byLogin(login: string): Promise<StaffCredential | null> {
    return this.one('c.login = ?', login);
  }

  async ofPerson(personId: Id<'per'>): Promise<StaffCredential | null> {
    return this.one('c.person_id = ?', personId);
  }

  /** Uses up a time step; false when it, or a later one, was used before. */
  async useStep(tx: Tx, personId: Id<'per'>, step: number): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE staff_credential SET totp_step = ? WHERE person_id = ? AND totp_step < ?',
      [step, personId, step],
    );
    return affectedRows === 1;
  }

  async changePassword(tx: Tx, personId: Id<'per'>, passwordHash: string): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE staff_credential SET password_hash = ?, must_change = 0, changed_at = UTC_TIMESTAMP(3)
       WHERE person_id = ?`,
      [passwordHash, personId],
    );
  }

  async remove(tx: Tx, personId: Id<'per'>): Promise<void> {
    await sqlOf(tx).change('DELETE FROM staff_credential WHERE person_id = ?', [personId]);
  }

  private async one(where: string, value: string): Promise<StaffCredential | null> {
    const row = await this.database.row<StaffRecord>(
      `SELECT ${COLUMNS} FROM staff_credential c JOIN person p ON p.id = c.person_id AND p.state = 'active'
       WHERE ${where}`,
      [value],
    );
    if (!row) return null;
    const { totpSealed, mustChange, ...rest } = row;
    return {
      ...rest,
      totpSecret: this.cipher.open(placeOf(row.personId), totpSealed),
      mustChange: mustChange === 1,
    };
  }
}

function placeOf(personId: string): string {
  return `staff_credential|totp|${personId}`;
}
