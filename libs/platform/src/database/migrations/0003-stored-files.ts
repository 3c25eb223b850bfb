import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const hash = 'CHAR(64) CHARACTER SET ascii COLLATE ascii_bin';

export const platform0003: Migration = {
  version: '0003',
  name: 'platform: uploaded photos and documents',
  statements: [
    `CREATE TABLE stored_file (
      id ${id} NOT NULL PRIMARY KEY, owner_id ${id} NOT NULL, community_id ${id} NULL, purpose ${word} NOT NULL,
      type ${word} NOT NULL, sha256 ${hash} NOT NULL, bytes INT UNSIGNED NOT NULL,
      small_sha256 ${hash} NULL, small_bytes INT UNSIGNED NULL, width INT UNSIGNED NULL, height INT UNSIGNED NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, object_type ${word} NULL, object_id ${id} NULL,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      KEY stored_file_of_owner (owner_id, created_at), KEY stored_file_of_object (object_id),
      KEY stored_file_by_state (state, created_at),
      CONSTRAINT stored_file_attached CHECK ((state = 'attached') = (object_id IS NOT NULL)
        AND (object_id IS NULL) = (object_type IS NULL) AND (object_id IS NULL) = (community_id IS NULL)),
      CONSTRAINT stored_file_small CHECK ((small_sha256 IS NULL) = (small_bytes IS NULL))
    ) ENGINE=InnoDB`,
  ],
};
