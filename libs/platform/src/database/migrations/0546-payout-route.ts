import type { Migration } from './migration.js';

/** Every payout is a bank transfer, and every row said so: there is no route to tell. */
export const payment0546: Migration = {
  version: '0546',
  name: 'payment: payouts have one route',
  statements: ['ALTER TABLE payout DROP COLUMN route'],
};
