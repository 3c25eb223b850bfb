import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';

export const campaign0415: Migration = {
  version: '0415',
  name: 'campaign: matches that go back after all, and those that are written off',
  statements: [
    // Receipts that wait for their second person are of what was due, as the rule was until now.
    `ALTER TABLE match_campaign
      ADD COLUMN returned BIGINT NOT NULL DEFAULT 0, ADD COLUMN receipt_amount BIGINT NULL,
      ADD COLUMN write_off_reason VARCHAR(500) NULL, ADD COLUMN write_off_by ${id} NULL, ADD COLUMN written_off_by ${id} NULL,
      ADD COLUMN written_off_at DATETIME(3) NULL`,
    'UPDATE match_campaign SET receipt_amount = confirmed WHERE entered_by IS NOT NULL',
    'ALTER TABLE match_campaign DROP CONSTRAINT match_campaign_sums',
    `ALTER TABLE match_campaign
      ADD CONSTRAINT match_campaign_sums CHECK (reserved >= 0 AND released >= 0 AND confirmed >= 0 AND returned >= 0
        AND returned <= confirmed AND confirmed - returned <= reserved AND received >= 0 AND received <= confirmed),
      ADD CONSTRAINT match_campaign_write_off CHECK ((write_off_by IS NULL) = (write_off_reason IS NULL)
        AND (written_off_by IS NULL OR (write_off_by IS NOT NULL AND written_off_by <> write_off_by))),
      ADD CONSTRAINT match_campaign_written_off CHECK ((state = 'written_off') = (written_off_by IS NOT NULL)
        AND (state <> 'written_off' OR (returned = confirmed AND received = 0)))`,
    'ALTER TABLE match_reservation ADD COLUMN returned BIGINT NOT NULL DEFAULT 0',
    `ALTER TABLE match_reservation ADD CONSTRAINT match_reservation_returned CHECK (returned >= 0 AND returned <= amount
      AND (returned = 0 OR state IN ('confirmed', 'written_off')) AND (state <> 'written_off' OR returned = amount))`,
    // Why a line gave something back: the refund run or the write-off, and what the proportion gave. Never changed.
    `CREATE TABLE match_return (
      reservation_id ${id} NOT NULL, cause_id ${id} NOT NULL, cause ${word} NOT NULL, binding_id ${id} NOT NULL,
      own_back BIGINT NOT NULL, wanted BIGINT NOT NULL, amount BIGINT NOT NULL,
      created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      PRIMARY KEY (reservation_id, cause_id), KEY match_return_of_cause (cause_id, reservation_id),
      KEY match_return_of_campaign (binding_id),
      CONSTRAINT match_return_within CHECK (own_back >= 0 AND amount >= 0 AND amount <= wanted AND wanted > 0)
    ) ENGINE=InnoDB`,
  ],
};
