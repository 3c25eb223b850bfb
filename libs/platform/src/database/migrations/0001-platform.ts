import type { Migration } from './migration.js';

export const platform0001: Migration = {
  version: '0001',
  name: 'platform: outbox, state log, leases',
  statements: [
    `CREATE TABLE outbox (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      topic VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      ref VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      not_before DATETIME(3) NULL,
      lease_token CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
      lease_until DATETIME(3) NOT NULL DEFAULT '2000-01-01 00:00:00.000',
      attempts INT UNSIGNED NOT NULL DEFAULT 0,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      KEY outbox_due (lease_until, id),
      KEY outbox_lease (lease_token)
    ) ENGINE=InnoDB`,
    `CREATE TABLE state_log (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      object_type VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      object_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      from_state VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
      to_state VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      event VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      actor VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      reason VARCHAR(500) NULL,
      request_id VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      KEY state_log_object (object_id, id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE lease (
      name VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
      owner CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      until DATETIME(3) NOT NULL
    ) ENGINE=InnoDB`,
  ],
};
