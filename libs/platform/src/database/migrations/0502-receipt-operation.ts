import type { Migration } from './migration.js';

export const payment0502: Migration = {
  version: '0502',
  name: 'payment: one operation of a person is one receipt',
  statements: [
    `ALTER TABLE offline_receipt
      ADD COLUMN operation_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      ADD UNIQUE KEY offline_receipt_operation (entered_by, operation_id)`,
  ],
};
