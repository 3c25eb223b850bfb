import type { Migration } from './migration.js';

/** One row that is always there, so that two commands which make the first admin have something to meet on. */
export const identity0102: Migration = {
  version: '0102',
  name: 'identity: the first admin is made once',
  statements: [
    `CREATE TABLE first_admin_lock (
      id TINYINT UNSIGNED NOT NULL PRIMARY KEY, CONSTRAINT first_admin_lock_one CHECK (id = 1)
    ) ENGINE=InnoDB`,
    'INSERT INTO first_admin_lock (id) VALUES (1)',
  ],
};
