import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const number = 'VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin';
const hash = 'CHAR(64) CHARACTER SET ascii COLLATE ascii_bin';
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

/** Days of bills, their files and lines, and what our books and a bill do not agree on. */
export const payment0530: Migration = {
  version: '0530',
  name: 'payment: daily bills, their lines, differences',
  statements: [
    `CREATE TABLE bill_day (
      id ${id} NOT NULL PRIMARY KEY, gateway ${word} NOT NULL, merchant_ref ${number} NOT NULL,
      bill_date CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, starts_at DATETIME(3) NOT NULL, ends_at DATETIME(3) NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, downloads SMALLINT UNSIGNED NOT NULL DEFAULT 0,
      tries SMALLINT UNSIGNED NOT NULL DEFAULT 0, next_try_at DATETIME(3) NULL,
      last_answer VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL, imported_at DATETIME(3) NULL, closed_at DATETIME(3) NULL, ${created},
      UNIQUE KEY bill_day_once (gateway, merchant_ref, bill_date), KEY bill_day_due (next_try_at), KEY bill_day_unclosed (state, ends_at),
      CONSTRAINT bill_day_imported CHECK (state = 'due' OR imported_at IS NOT NULL),
      CONSTRAINT bill_day_closed CHECK (state <> 'explained' OR closed_at IS NOT NULL)
    ) ENGINE=InnoDB`,
    `CREATE TABLE bill_file (
      bill_day_id ${id} NOT NULL, edition SMALLINT UNSIGNED NOT NULL, sha256 ${hash} NOT NULL, line_count INT UNSIGNED NOT NULL,
      sealed MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NULL, ${created},
      PRIMARY KEY (bill_day_id, edition), UNIQUE KEY bill_file_once (bill_day_id, sha256), KEY bill_file_age (created_at)
    ) ENGINE=InnoDB`,
    `CREATE TABLE bill_line (
      bill_day_id ${id} NOT NULL, line_no INT UNSIGNED NOT NULL, edition SMALLINT UNSIGNED NOT NULL, kind ${word} NOT NULL,
      our_number ${number} NULL, order_number ${number} NULL, gateway_number ${number} NOT NULL,
      amount BIGINT NOT NULL, incoming TINYINT NOT NULL, fee BIGINT NOT NULL, occurred_at DATETIME(3) NOT NULL,
      movement_key ${hash} NOT NULL, leads_key ${hash} NULL, verdict ${word} NULL,
      custody_account_id ${id} NULL, object_id ${id} NULL,
      PRIMARY KEY (bill_day_id, line_no), UNIQUE KEY bill_line_leads (leads_key), KEY bill_line_object (object_id),
      CONSTRAINT bill_line_amount CHECK (amount >= 0),
      CONSTRAINT bill_line_decided CHECK (verdict IS NULL OR custody_account_id IS NOT NULL)
    ) ENGINE=InnoDB`,
    `CREATE TABLE bill_difference (
      id ${id} NOT NULL PRIMARY KEY, bill_day_id ${id} NOT NULL, line_no INT UNSIGNED NULL, kind ${word} NOT NULL,
      fact VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, custody_account_id ${id} NOT NULL, community_id ${id} NOT NULL,
      object_id ${id} NULL, our_number ${number} NULL, gateway_number ${number} NULL,
      billed BIGINT NULL, booked BIGINT NULL, money BIGINT NOT NULL, detail VARCHAR(200) NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, resolution ${word} NULL, campaign_id ${id} NULL,
      open_item VARCHAR(120) NULL, reason VARCHAR(300) NULL, evidence VARCHAR(500) NULL,
      explained_by ${id} NULL, confirmed_by ${id} NULL, confirmed_at DATETIME(3) NULL, ${created},
      UNIQUE KEY bill_difference_once (fact), KEY bill_difference_of_day (bill_day_id, state),
      KEY bill_difference_of_account (custody_account_id, state), KEY bill_difference_of_community (community_id, state, id),
      CONSTRAINT bill_difference_four_eyes CHECK (confirmed_by IS NULL OR confirmed_by <> explained_by),
      CONSTRAINT bill_difference_explained CHECK (state NOT IN ('explained', 'carried') OR confirmed_by IS NOT NULL)
    ) ENGINE=InnoDB`,
    'ALTER TABLE charge ADD KEY charge_of_merchant (gateway, merchant_ref, paid_at)',
    'ALTER TABLE refund ADD KEY refund_of_merchant (gateway, merchant_ref, done_at)',
  ],
};
