import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { FieldCipher, sqlOf } from '@hehuo/platform';
import { DOOR_CODE_ALPHABET, doorCodeCharacters } from '../domain/household.js';

export interface NewDoorCode {
  readonly communityId: Id<'com'>;
  readonly householdId: Id<'hhd'>;
  readonly uses: number;
  readonly days: number;
  readonly issuedBy: Id<'per'>;
}

/** Codes that are printed on the notice at a door. Only a keyed hash is stored. */
@Injectable()
export class DoorCodeStore {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** Makes the code of a household; an older one stops working. Returns the code, which nobody can read again. */
  async issue(tx: Tx, input: NewDoorCode): Promise<string> {
    await sqlOf(tx).change(
      'UPDATE door_code SET withdrawn_at = UTC_TIMESTAMP(3) WHERE household_id = ? AND withdrawn_at IS NULL',
      [input.householdId],
    );
    const code = Array.from({ length: doorCodeCharacters }, () =>
      DOOR_CODE_ALPHABET.charAt(randomInt(DOOR_CODE_ALPHABET.length)),
    ).join('');
    await sqlOf(tx).change(
      `INSERT INTO door_code (id, community_id, household_id, code_hash, uses_left, expires_at, issued_by)
       VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3) + INTERVAL ? DAY, ?)`,
      [
        newId('dcd', this.clock.now().getTime()),
        input.communityId,
        input.householdId,
        this.hashOf(input.communityId, code),
        input.uses,
        input.days,
        input.issuedBy,
      ],
    );
    return code;
  }

  /** Spends one use of a code that works and gives its household; null when it does not. Of two callers for the last use one gets it. */
  async spend(tx: Tx, communityId: Id<'com'>, code: string): Promise<Id<'hhd'> | null> {
    const hash = this.hashOf(communityId, code);
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE door_code SET uses_left = uses_left - 1
       WHERE code_hash = ? AND uses_left > 0 AND withdrawn_at IS NULL AND expires_at > UTC_TIMESTAMP(3)`,
      [hash],
    );
    if (affectedRows === 0) return null;
    const row = await sqlOf(tx).row<{ householdId: Id<'hhd'> }>(
      'SELECT household_id AS householdId FROM door_code WHERE code_hash = ?',
      [hash],
    );
    return row?.householdId ?? null;
  }

  private hashOf(communityId: Id<'com'>, code: string): string {
    return this.cipher.blindIndex('door-code', `${communityId}|${code}`);
  }
}
