import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';

export const ledger0302: Migration = {
  version: '0302',
  name: 'ledger: how far others have read an account',
  statements: [
    `CREATE TABLE ledger_reader (
      reader ${word} NOT NULL, account_id ${id} NOT NULL, seq BIGINT UNSIGNED NOT NULL, PRIMARY KEY (reader, account_id)
    ) ENGINE=InnoDB`,
  ],
};
