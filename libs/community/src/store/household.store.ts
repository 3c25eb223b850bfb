import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf, type Sql } from '@hehuo/platform';
import { normalDoor } from '../domain/household.js';

export interface Household {
  readonly id: Id<'hhd'>;
  readonly communityId: Id<'com'>;
  readonly estateId: Id<'est'>;
  readonly estateName: string;
  readonly gridId: Id<'grd'> | null;
  readonly gridName: string | null;
  /** Opened: for the people of the household and the community's staff only. */
  readonly door: string;
  /** Verified members at this moment. */
  readonly members: number;
}

export interface NewHousehold {
  readonly estateId: Id<'est'>;
  readonly gridId: Id<'grd'> | null;
  readonly door: string;
}

type HouseholdRecord = Omit<Household, 'door' | 'members'> & { doorSealed: string; members: string };

const rowsPerStatement = 500;
const SELECT = `SELECT h.id, h.community_id AS communityId, h.estate_id AS estateId, e.name AS estateName,
    h.grid_id AS gridId, g.name AS gridName, h.door_sealed AS doorSealed,
    (SELECT COUNT(*) FROM membership m WHERE m.household_id = h.id AND m.state = 'verified') AS members
  FROM household h JOIN estate e ON e.id = h.estate_id LEFT JOIN grid g ON g.id = h.grid_id`;

@Injectable()
export class HouseholdStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** The fingerprint that finds a door of an estate again, however it is written. */
  doorIndex(estateId: Id<'est'>, door: string): string {
    return this.cipher.blindIndex('door', `${estateId}|${normalDoor(door)}`);
  }

  async byIds(ids: readonly Id<'hhd'>[]): Promise<Map<Id<'hhd'>, Household>> {
    return this.select(this.database, ids);
  }

  async within(tx: Tx, ids: readonly Id<'hhd'>[]): Promise<Map<Id<'hhd'>, Household>> {
    return this.select(sqlOf(tx), ids);
  }

  async ofCommunity(
    communityId: Id<'com'>,
    estateId: Id<'est'> | null,
    after: string,
    limit: number,
  ): Promise<Household[]> {
    const rows = await this.database.rows<HouseholdRecord>(
      `${SELECT} WHERE h.community_id = ? AND (? IS NULL OR h.estate_id = ?) AND h.id > ? ORDER BY h.id LIMIT ?`,
      [communityId, estateId, estateId, after, limit],
    );
    return rows.map((row) => this.opened(row));
  }

  async atDoor(tx: Tx, estateId: Id<'est'>, door: string): Promise<Id<'hhd'> | null> {
    const row = await sqlOf(tx).row<{ id: Id<'hhd'> }>(
      'SELECT id FROM household WHERE estate_id = ? AND door_index = ?',
      [estateId, this.doorIndex(estateId, door)],
    );
    return row?.id ?? null;
  }

  /** Fingerprints that are there already, with the household and its grid. */
  async known(
    tx: Tx,
    estateIds: readonly Id<'est'>[],
  ): Promise<Map<string, { id: Id<'hhd'>; gridId: Id<'grd'> | null }>> {
    if (estateIds.length === 0) return new Map();
    const rows = await sqlOf(tx).rows<{ id: Id<'hhd'>; doorIndex: string; gridId: Id<'grd'> | null }>(
      'SELECT id, door_index AS doorIndex, grid_id AS gridId FROM household WHERE estate_id IN (?)',
      [estateIds],
    );
    return new Map(rows.map(({ id, doorIndex, gridId }) => [doorIndex, { id, gridId }]));
  }

  async add(tx: Tx, communityId: Id<'com'>, households: readonly NewHousehold[]): Promise<void> {
    for (let at = 0; at < households.length; at += rowsPerStatement) {
      const rows = households.slice(at, at + rowsPerStatement).map(({ estateId, gridId, door }) => {
        const id = newId('hhd', this.clock.now().getTime());
        const sealed = this.cipher.seal(placeOf(id), door);
        return [id, communityId, estateId, gridId, sealed, this.doorIndex(estateId, door)];
      });
      await sqlOf(tx).change(
        'INSERT INTO household (id, community_id, estate_id, grid_id, door_sealed, door_index) VALUES ?',
        [rows],
      );
    }
  }

  async moveToGrid(tx: Tx, ids: readonly Id<'hhd'>[], gridId: Id<'grd'>): Promise<void> {
    for (let at = 0; at < ids.length; at += rowsPerStatement) {
      await sqlOf(tx).change('UPDATE household SET grid_id = ? WHERE id IN (?)', [
        gridId,
        ids.slice(at, at + rowsPerStatement),
      ]);
    }
  }

  private async select(sql: Sql, ids: readonly Id<'hhd'>[]): Promise<Map<Id<'hhd'>, Household>> {
    if (ids.length === 0) return new Map();
    const rows = await sql.rows<HouseholdRecord>(`${SELECT} WHERE h.id IN (?)`, [ids]);
    return new Map(rows.map((row) => [row.id, this.opened(row)]));
  }

  private opened({ doorSealed, members, ...row }: HouseholdRecord): Household {
    return { ...row, members: Number(members), door: this.cipher.open(placeOf(row.id), doorSealed) };
  }
}

function placeOf(id: string): string {
  return `household|door|${id}`;
}
