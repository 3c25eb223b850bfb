import type { Migration } from './migration.js';

/** Lines of a bank that take something back are counted, so that somebody looks. */
export const payment0549: Migration = {
  version: '0549',
  name: 'payment: reversals in a bank statement',
  statements: [
    'ALTER TABLE bank_statement ADD COLUMN reversals INT UNSIGNED NOT NULL DEFAULT 0 AFTER incoming',
  ],
};
