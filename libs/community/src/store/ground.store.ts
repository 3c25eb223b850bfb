import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';

export interface Estate {
  readonly id: Id<'est'>;
  readonly name: string;
}

export interface Grid {
  readonly id: Id<'grd'>;
  readonly kind: 'general' | 'micro';
  /** The general grid that a micro grid belongs to. */
  readonly parentId: Id<'grd'> | null;
  readonly name: string;
}

const rowsPerStatement = 500;

/** Estates and grids: two trees over the same ground, which do not nest in each other. */
@Injectable()
export class GroundStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async estatesOf(communityId: Id<'com'>, after: string, limit: number): Promise<Estate[]> {
    return this.database.rows<Estate>(
      'SELECT id, name FROM estate WHERE community_id = ? AND id > ? ORDER BY id LIMIT ?',
      [communityId, after, limit],
    );
  }

  async gridsOf(communityId: Id<'com'>, after: string, limit: number): Promise<Grid[]> {
    return this.database.rows<Grid>(
      `SELECT id, kind, parent_id AS parentId, name FROM grid WHERE community_id = ? AND id > ? ORDER BY id LIMIT ?`,
      [communityId, after, limit],
    );
  }

  async estate(tx: Tx, communityId: Id<'com'>, id: Id<'est'>): Promise<Estate | null> {
    return sqlOf(tx).row<Estate>('SELECT id, name FROM estate WHERE id = ? AND community_id = ?', [
      id,
      communityId,
    ]);
  }

  async estateNames(tx: Tx, communityId: Id<'com'>): Promise<Map<string, Id<'est'>>> {
    const rows = await sqlOf(tx).rows<Estate>('SELECT id, name FROM estate WHERE community_id = ?', [
      communityId,
    ]);
    return new Map(rows.map(({ id, name }) => [name, id]));
  }

  async gridNames(tx: Tx, communityId: Id<'com'>): Promise<Grid[]> {
    return sqlOf(tx).rows<Grid>(
      'SELECT id, kind, parent_id AS parentId, name FROM grid WHERE community_id = ?',
      [communityId],
    );
  }

  async addEstates(tx: Tx, communityId: Id<'com'>, names: readonly string[]): Promise<void> {
    for (let at = 0; at < names.length; at += rowsPerStatement) {
      const rows = names
        .slice(at, at + rowsPerStatement)
        .map((name) => [newId('est', this.clock.now().getTime()), communityId, name]);
      await sqlOf(tx).change('INSERT INTO estate (id, community_id, name) VALUES ?', [rows]);
    }
  }

  async addGrids(tx: Tx, communityId: Id<'com'>, grids: readonly Omit<Grid, 'id'>[]): Promise<void> {
    for (let at = 0; at < grids.length; at += rowsPerStatement) {
      const rows = grids
        .slice(at, at + rowsPerStatement)
        .map(({ kind, parentId, name }) => [
          newId('grd', this.clock.now().getTime()),
          communityId,
          kind,
          parentId,
          name,
        ]);
      await sqlOf(tx).change('INSERT INTO grid (id, community_id, kind, parent_id, name) VALUES ?', [rows]);
    }
  }
}
