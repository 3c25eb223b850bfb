import type { Migration } from './migration.js';

/** When each refund was last sent: gateways want time between two refunds of one order. */
export const payment0545: Migration = {
  version: '0545',
  name: 'payment: refunds of one order have time between them',
  statements: [
    'ALTER TABLE refund ADD COLUMN called_at DATETIME(3) NULL AFTER sent_at, ADD KEY refund_of_order (charge_id, called_at)',
    'UPDATE refund SET called_at = sent_at',
  ],
};
