import type { Migration } from './migration.js';

export const payment0540: Migration = {
  version: '0540',
  name: 'payment: receipts are found by their payer',
  statements: ['ALTER TABLE offline_receipt ADD KEY offline_receipt_of_payer (payer_id, id)'],
};
