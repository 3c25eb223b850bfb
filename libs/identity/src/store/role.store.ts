import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { Role } from '../domain/actor.js';
import type { RoleGrantState } from '../domain/role-grant.js';

export interface GrantedRole {
  readonly id: Id<'rol'>;
  readonly personId: Id<'per'>;
  readonly role: Role;
  readonly communityId: Id<'com'> | null;
  readonly state: RoleGrantState;
  readonly version: number;
  /** Null: given on the command line when the platform was set up. */
  readonly grantedBy: Id<'per'> | null;
  readonly confirmedBy: Id<'per'> | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface NewRoleGrant {
  readonly personId: Id<'per'>;
  readonly role: Role;
  readonly communityId: Id<'com'> | null;
  readonly state: RoleGrantState;
  readonly grantedBy: Id<'per'> | null;
}

const COLUMNS = `id, person_id AS personId, role, community_id AS communityId, state, version, granted_by AS grantedBy,
  confirmed_by AS confirmedBy, created_at AS createdAt, ended_at AS endedAt`;

@Injectable()
export class RoleStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The same role of the same person, still open, is a duplicate key `role_grant_once`. */
  async add(tx: Tx, input: NewRoleGrant): Promise<Id<'rol'>> {
    const id = newId('rol', this.clock.now().getTime());
    const { personId, role, communityId, state, grantedBy } = input;
    await sqlOf(tx).change(
      `INSERT INTO role_grant (id, person_id, role, community_id, state, granted_by, open_key)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [id, personId, role, communityId, state, grantedBy, `${personId}|${role}|${communityId ?? '*'}`],
    );
    return id;
  }

  async lock(tx: Tx, id: Id<'rol'>): Promise<GrantedRole | null> {
    return sqlOf(tx).row<GrantedRole>(`SELECT ${COLUMNS} FROM role_grant WHERE id = ? FOR UPDATE`, [id]);
  }

  async confirm(tx: Tx, grant: GrantedRole, by: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE role_grant SET state = 'active', confirmed_by = ?, version = version + 1
       WHERE id = ? AND state = ? AND version = ?`,
      [by, grant.id, grant.state, grant.version],
    );
    return affectedRows === 1;
  }

  async withdraw(tx: Tx, grant: GrantedRole, by: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE role_grant SET state = 'withdrawn', open_key = NULL, ended_by = ?, ended_at = UTC_TIMESTAMP(3),
              version = version + 1
       WHERE id = ? AND state = ? AND version = ?`,
      [by, grant.id, grant.state, grant.version],
    );
    return affectedRows === 1;
  }

  async endAll(tx: Tx, personId: Id<'per'>): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE role_grant SET state = 'withdrawn', open_key = NULL, ended_by = ?, ended_at = UTC_TIMESTAMP(3),
              version = version + 1
       WHERE person_id = ? AND state <> 'withdrawn'`,
      [personId, personId],
    );
  }

  async ofPerson(personId: Id<'per'>): Promise<GrantedRole[]> {
    return this.database.rows<GrantedRole>(
      `SELECT ${COLUMNS} FROM role_grant WHERE person_id = ? ORDER BY id DESC LIMIT 200`,
      [personId],
    );
  }

  async inState(state: RoleGrantState, after: string, limit: number): Promise<GrantedRole[]> {
    return this.database.rows<GrantedRole>(
      `SELECT ${COLUMNS} FROM role_grant WHERE state = ? AND id > ? ORDER BY id LIMIT ?`,
      [state, after, limit],
    );
  }

  /** Held until the transaction ends. Where there is no grant yet, there is no row of one that could be locked. */
  async lockFirstAdmin(tx: Tx): Promise<void> {
    await sqlOf(tx).row('SELECT id FROM first_admin_lock WHERE id = 1 FOR UPDATE');
  }

  async hasActiveAdmin(tx: Tx): Promise<boolean> {
    const row = await sqlOf(tx).row(
      "SELECT id FROM role_grant WHERE state = 'active' AND role = 'platform_admin' LIMIT 1",
    );
    return row !== null;
  }

  /** Locks the admins, so that the last two cannot leave at once. */
  async isLastAdmin(tx: Tx, personId: Id<'per'>): Promise<boolean> {
    const admins = await sqlOf(tx).rows<{ personId: Id<'per'> }>(
      `SELECT person_id AS personId FROM role_grant
       WHERE state = 'active' AND role = 'platform_admin' ORDER BY id FOR UPDATE`,
    );
    return admins.length > 0 && admins.every((admin) => admin.personId === personId);
  }
}
