import type { Migration } from './migration.js';

const hash = 'CHAR(64) CHARACTER SET ascii COLLATE ascii_bin';

export const platform0004: Migration = {
  version: '0004',
  name: 'platform: a third size of pictures, for pages',
  statements: [
    `ALTER TABLE stored_file ADD COLUMN medium_sha256 ${hash} NULL AFTER bytes,
       ADD COLUMN medium_bytes INT UNSIGNED NULL AFTER medium_sha256,
       ADD CONSTRAINT stored_file_medium CHECK ((medium_sha256 IS NULL) = (medium_bytes IS NULL))`,
  ],
};
