import type { Migration } from './migration.js';

/**
 * Lines that a later edition no longer has, and lines that correct the fee of an earlier telling. One telling is corrected
 * by one line, so two days that are matched at once cannot both correct it. A bill that takes a correction back is a new
 * edition of former bytes, so a day may have the same file twice.
 */
export const payment0547: Migration = {
  version: '0547',
  name: 'payment: fees that a later bill corrects',
  statements: [
    'ALTER TABLE bill_file DROP KEY bill_file_once',
    `ALTER TABLE bill_line ADD COLUMN gone_in SMALLINT UNSIGNED NULL,
      ADD COLUMN corrects_day_id CHAR(30) CHARACTER SET ascii COLLATE ascii_bin NULL,
      ADD COLUMN corrects_line_no INT UNSIGNED NULL, ADD COLUMN fee_before BIGINT NULL,
      ADD KEY bill_line_movement (movement_key), ADD UNIQUE KEY bill_line_corrects (corrects_day_id, corrects_line_no),
      ADD CONSTRAINT bill_line_corrected CHECK (verdict IS NULL OR ((verdict = 'fee_corrected') = (corrects_day_id IS NOT NULL)
        AND (verdict = 'fee_corrected') = (corrects_line_no IS NOT NULL) AND (verdict = 'fee_corrected') = (fee_before IS NOT NULL)))`,
  ],
};
