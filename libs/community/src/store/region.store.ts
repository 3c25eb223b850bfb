import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type SqlValue } from '@hehuo/platform';

export type RegionKind = 'city' | 'district' | 'street';

export interface Region {
  readonly id: Id<'reg'>;
  readonly kind: RegionKind;
  readonly parentId: Id<'reg'> | null;
  readonly name: string;
  readonly path: string;
}

export interface NewRegion {
  readonly kind: RegionKind;
  readonly name: string;
  /** City, district and street, joined by slashes. */
  readonly path: string;
  /** Empty for a city. */
  readonly parentPath: string;
}

const rowsPerStatement = 500;
const COLUMNS = 'id, kind, parent_id AS parentId, name, path';

@Injectable()
export class RegionStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async byId(id: Id<'reg'>): Promise<Region | null> {
    return this.database.row<Region>(`SELECT ${COLUMNS} FROM region WHERE id = ?`, [id]);
  }

  /** The regions right below one, or the cities. */
  async children(parentId: Id<'reg'> | null, after: string, limit: number): Promise<Region[]> {
    const where = parentId === null ? 'parent_id IS NULL' : 'parent_id = ?';
    const values: SqlValue[] = parentId === null ? [after, limit] : [parentId, after, limit];
    return this.database.rows<Region>(
      `SELECT ${COLUMNS} FROM region WHERE ${where} AND id > ? ORDER BY id LIMIT ?`,
      values,
    );
  }

  async all(): Promise<Region[]> {
    return this.database.rows<Region>(`SELECT ${COLUMNS} FROM region ORDER BY path LIMIT 100000`);
  }

  async idsByPath(tx: Tx, paths: readonly string[]): Promise<Map<string, Id<'reg'>>> {
    const found = new Map<string, Id<'reg'>>();
    for (let at = 0; at < paths.length; at += rowsPerStatement) {
      const rows = await sqlOf(tx).rows<{ id: Id<'reg'>; path: string }>(
        'SELECT id, path FROM region WHERE path IN (?)',
        [paths.slice(at, at + rowsPerStatement)],
      );
      for (const { id, path } of rows) found.set(path, id);
    }
    return found;
  }

  /** Adds those that are not there. All of one kind; their parents exist. */
  async add(tx: Tx, regions: readonly NewRegion[], parents: ReadonlyMap<string, Id<'reg'>>): Promise<void> {
    for (let at = 0; at < regions.length; at += rowsPerStatement) {
      const rows = regions
        .slice(at, at + rowsPerStatement)
        .map(({ kind, name, path, parentPath }) => [
          newId('reg', this.clock.now().getTime()),
          kind,
          parents.get(parentPath) ?? null,
          name,
          path,
        ]);
      await sqlOf(tx).change(
        `INSERT INTO region (id, kind, parent_id, name, path) VALUES ? ON DUPLICATE KEY UPDATE region.id = region.id`,
        [rows],
      );
    }
  }
}
