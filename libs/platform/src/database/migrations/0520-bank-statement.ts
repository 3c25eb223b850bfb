import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const sealed = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin NOT NULL`;
const count = 'INT UNSIGNED NOT NULL';
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const payment0520: Migration = {
  version: '0520',
  name: 'payment: bank statements, their lines and what they may pay',
  statements: [
    `CREATE TABLE bank_statement (
      id ${id} NOT NULL PRIMARY KEY, custody_account_id ${id} NOT NULL, community_id ${id} NOT NULL,
      file_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      line_count ${count}, incoming ${count}, created_lines ${count}, known_lines ${count},
      imported_by ${id} NOT NULL, ${created},
      UNIQUE KEY bank_statement_once (custody_account_id, file_sha256)
    ) ENGINE=InnoDB`,
    `CREATE TABLE bank_line (
      id ${id} NOT NULL PRIMARY KEY, statement_id ${id} NOT NULL, custody_account_id ${id} NOT NULL, community_id ${id} NOT NULL,
      line_key VARCHAR(90) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, bank_serial VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
      occurred_at DATETIME(3) NOT NULL, amount BIGINT NOT NULL, payer_sealed ${sealed(500)}, remark_sealed ${sealed(1500)},
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, matched_at DATETIME(3) NULL,
      receipt_id ${id} NULL, live_pledge ${id} NULL, accepted_by ${id} NULL,
      dismissed_by ${id} NULL, dismissal VARCHAR(300) NULL, decided_at DATETIME(3) NULL, ${created},
      UNIQUE KEY bank_line_once (custody_account_id, line_key), UNIQUE KEY bank_line_one_receipt (receipt_id),
      UNIQUE KEY bank_line_one_pledge (live_pledge),
      KEY bank_line_by_state (custody_account_id, state, id), KEY bank_line_to_match (state, matched_at),
      CONSTRAINT bank_line_amount CHECK (amount > 0),
      CONSTRAINT bank_line_decided CHECK ((state = 'accepted') = (receipt_id IS NOT NULL)
        AND (state = 'accepted') = (accepted_by IS NOT NULL) AND (state = 'dismissed') = (dismissed_by IS NOT NULL)
        AND (live_pledge IS NULL OR state = 'accepted'))
    ) ENGINE=InnoDB`,
    `CREATE TABLE bank_proposal (
      line_id ${id} NOT NULL, pledge_id ${id} NOT NULL, campaign_id ${id} NOT NULL, payer_id ${id} NOT NULL,
      expected BIGINT NOT NULL, score ${word} NOT NULL, why ${word} NOT NULL, place SMALLINT UNSIGNED NOT NULL,
      PRIMARY KEY (line_id, pledge_id)
    ) ENGINE=InnoDB`,
    'ALTER TABLE charge ADD KEY charge_of_payer (payer_id, id)',
  ],
};
