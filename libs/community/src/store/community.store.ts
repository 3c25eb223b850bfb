import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { CommunityView } from '../domain/member.js';

export interface CommunityContent {
  readonly streetId: Id<'reg'>;
  readonly name: string;
  readonly path: string;
  readonly timeZone: string;
  readonly householdCount: number;
  readonly phone: string | null;
}

const rowsPerStatement = 500;
const COLUMNS = `id, name, path, time_zone AS timeZone, household_count AS householdCount, street_id AS streetId, phone`;

@Injectable()
export class CommunityStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async byId(id: Id<'com'>): Promise<CommunityView | null> {
    return this.database.row<CommunityView>(`SELECT ${COLUMNS} FROM community WHERE id = ?`, [id]);
  }

  /** Names of communities, by id. */
  async names(ids: readonly Id<'com'>[]): Promise<Map<Id<'com'>, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.rows<{ id: Id<'com'>; name: string }>(
      'SELECT id, name FROM community WHERE id IN (?)',
      [[...new Set(ids)]],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
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

  /** By a part of the name, by street, by both or all of them, in the order of the ids. */
  async search(filter: {
    name: string | null;
    streetId: Id<'reg'> | null;
    after: string;
    limit: number;
  }): Promise<CommunityView[]> {
    const { name, streetId, after, limit } = filter;
    const like = name === null ? null : `%${name.replaceAll(/[\\%_]/g, '\\$&')}%`;
    return this.database.rows<CommunityView>(
      `SELECT ${COLUMNS} FROM community
       WHERE id > ? AND (? IS NULL OR street_id = ?) AND (? IS NULL OR name LIKE ?) ORDER BY id LIMIT ?`,
      [after, streetId, streetId, like, like, limit],
    );
  }

  async byPath(tx: Tx, paths: readonly string[]): Promise<Map<string, CommunityView>> {
    const found = new Map<string, CommunityView>();
    for (let at = 0; at < paths.length; at += rowsPerStatement) {
      const rows = await sqlOf(tx).rows<CommunityView>(
        `SELECT ${COLUMNS} FROM community WHERE path IN (?) FOR UPDATE`,
        [paths.slice(at, at + rowsPerStatement)],
      );
      for (const row of rows) found.set(row.path, row);
    }
    return found;
  }

  async add(tx: Tx, communities: readonly CommunityContent[]): Promise<void> {
    for (let at = 0; at < communities.length; at += rowsPerStatement) {
      const rows = communities
        .slice(at, at + rowsPerStatement)
        .map((one) => [
          newId('com', this.clock.now().getTime()),
          one.streetId,
          one.name,
          one.path,
          one.timeZone,
          one.householdCount,
          one.phone,
        ]);
      await sqlOf(tx).change(
        `INSERT INTO community (id, street_id, name, path, time_zone, household_count, phone) VALUES ?`,
        [rows],
      );
    }
  }

  async change(tx: Tx, id: Id<'com'>, content: CommunityContent): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE community SET time_zone = ?, household_count = ?, phone = ?, version = version + 1 WHERE id = ?`,
      [content.timeZone, content.householdCount, content.phone, id],
    );
  }
}
