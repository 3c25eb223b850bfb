import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '../database/database.js';
import { unattachedHours, type FileState, type FileTarget, type StoredFile } from './file.js';

const COLUMNS = `id, owner_id AS ownerId, community_id AS communityId, purpose, type, sha256, bytes,
  medium_sha256 AS mediumSha256, medium_bytes AS mediumBytes, small_sha256 AS smallSha256, small_bytes AS smallBytes, width, height, state, version, object_type AS objectType,
  object_id AS objectId, created_at AS createdAt`;

export type NewFile = Omit<
  StoredFile,
  'communityId' | 'state' | 'version' | 'objectType' | 'objectId' | 'createdAt'
>;

/** What is stored, of whom and for what. The bytes are elsewhere. */
export class FileStore {
  constructor(private readonly database: Database) {}

  find(fileId: Id<'fil'>, by: Sql = this.database): Promise<StoredFile | null> {
    return by.row<StoredFile>(`SELECT ${COLUMNS} FROM stored_file WHERE id = ?`, [fileId]);
  }

  /** Locked in the order of their ids. */
  lock(tx: Tx, fileIds: readonly Id<'fil'>[]): Promise<StoredFile[]> {
    return sqlOf(tx).rows<StoredFile>(
      `SELECT ${COLUMNS} FROM stored_file WHERE id IN (?) ORDER BY id FOR UPDATE`,
      [fileIds],
    );
  }

  ofObjects(
    objectType: string,
    objectIds: readonly string[],
    by: Sql = this.database,
  ): Promise<StoredFile[]> {
    if (objectIds.length === 0) return Promise.resolve([]);
    return by.rows<StoredFile>(
      `SELECT ${COLUMNS} FROM stored_file WHERE object_type = ? AND object_id IN (?) ORDER BY id`,
      [objectType, objectIds],
    );
  }

  ofOwner(ownerId: Id<'per'>): Promise<StoredFile[]> {
    return this.database.rows<StoredFile>(
      `SELECT ${COLUMNS} FROM stored_file WHERE owner_id = ? AND state IN ('stored', 'attached') ORDER BY id`,
      [ownerId],
    );
  }

  lockOfOwner(tx: Tx, ownerId: Id<'per'>): Promise<StoredFile[]> {
    return sqlOf(tx).rows<StoredFile>(
      `SELECT ${COLUMNS} FROM stored_file WHERE owner_id = ? AND state IN ('arriving', 'stored') ORDER BY id FOR UPDATE`,
      [ownerId],
    );
  }

  /** What the person uploaded within the last 24 hours, by the database's clock. */
  async lastDay(ownerId: Id<'per'>): Promise<{ readonly files: number; readonly bytes: number }> {
    const row = await this.database.row<{ files: string; bytes: string | null }>(
      `SELECT COUNT(*) AS files, SUM(bytes) AS bytes FROM stored_file
       WHERE owner_id = ? AND created_at > UTC_TIMESTAMP(3) - INTERVAL 1 DAY`,
      [ownerId],
    );
    return { files: Number(row?.files ?? 0), bytes: Number(row?.bytes ?? 0) };
  }

  async insert(tx: Tx, file: NewFile): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO stored_file (id, owner_id, purpose, type, sha256, bytes, medium_sha256, medium_bytes, small_sha256, small_bytes, width, height, state)
       VALUES (?)`,
      [
        [
          ...[file.id, file.ownerId, file.purpose, file.type, file.sha256, file.bytes],
          ...[file.mediumSha256, file.mediumBytes, file.smallSha256, file.smallBytes],
          ...[file.width, file.height, 'arriving'],
        ],
      ],
    );
  }

  /** One guarded step. False when the row moved since it was read. */
  async step(tx: Tx, file: Pick<StoredFile, 'id' | 'state' | 'version'>, to: FileState): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE stored_file SET state = ?, version = version + 1 WHERE id = ? AND state = ? AND version = ?',
      [to, file.id, file.state, file.version],
    );
    return affectedRows === 1;
  }

  async attach(tx: Tx, fileIds: readonly Id<'fil'>[], target: FileTarget): Promise<number> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE stored_file SET state = 'attached', version = version + 1, object_type = ?, object_id = ?, community_id = ?
       WHERE id IN (?) AND state = 'stored'`,
      [target.objectType, target.objectId, target.communityId, fileIds],
    );
    return affectedRows;
  }

  /** What its object lets go of belongs to nothing any more. False when the row moved since it was read. */
  async release(tx: Tx, file: Pick<StoredFile, 'id' | 'version'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE stored_file SET state = 'removing', version = version + 1, object_type = NULL, object_id = NULL,
         community_id = NULL
       WHERE id = ? AND state = 'attached' AND version = ?`,
      [file.id, file.version],
    );
    return affectedRows === 1;
  }

  /** Uploads that nobody attached in time, and those whose removal was begun. The oldest first. */
  async dueToGo(limit: number): Promise<Id<'fil'>[]> {
    const rows = await this.database.rows<{ id: Id<'fil'> }>(
      `SELECT id FROM stored_file WHERE state = 'removing'
         OR (state IN ('arriving', 'stored') AND created_at <= UTC_TIMESTAMP(3) - INTERVAL ${unattachedHours} HOUR)
       ORDER BY created_at LIMIT ?`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Whether its time without an object is over, by the database's clock. */
  async isLeftOver(tx: Tx, fileId: Id<'fil'>): Promise<boolean> {
    const row = await sqlOf(tx).row<{ ok: number }>(
      `SELECT created_at <= UTC_TIMESTAMP(3) - INTERVAL ${unattachedHours} HOUR AS ok FROM stored_file WHERE id = ?`,
      [fileId],
    );
    return Number(row?.ok) === 1;
  }
}
