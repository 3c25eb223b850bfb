import { Injectable } from '@nestjs/common';
import { type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { CommunityView } from '../domain/member.js';

const COLUMNS = `id, name, path, time_zone AS timeZone, household_count AS householdCount, street_id AS streetId, phone`;

@Injectable()
export class CommunityStore {
  constructor(private readonly database: Database) {}

  async byId(id: Id<'com'>): Promise<CommunityView | null> {
    return this.database.row<CommunityView>(`SELECT ${COLUMNS} FROM community WHERE id = ?`, [id]);
  }

  async within(tx: Tx, id: Id<'com'>): Promise<CommunityView | null> {
    return sqlOf(tx).row<CommunityView>(`SELECT ${COLUMNS} FROM community WHERE id = ?`, [id]);
  }

  async inStreet(streetId: Id<'reg'>, limit: number): Promise<Id<'com'>[]> {
    const rows = await this.database.rows<{ id: Id<'com'> }>(
      'SELECT id FROM community WHERE street_id = ? ORDER BY id LIMIT ?',
      [streetId, limit],
    );
    return rows.map(({ id }) => id);
  }
}
