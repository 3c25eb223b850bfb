import type { Migration } from './migration.js';

export const platform0002: Migration = {
  version: '0002',
  name: 'platform: answers kept under an idempotency key',
  statements: [
    `CREATE TABLE idempotency (
      person_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      route VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      client_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      fingerprint BINARY(32) NOT NULL,
      answer MEDIUMTEXT NOT NULL,
      replays INT UNSIGNED NOT NULL DEFAULT 0,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      PRIMARY KEY (person_id, route, client_key),
      KEY idempotency_age (created_at)
    ) ENGINE=InnoDB`,
  ],
};
