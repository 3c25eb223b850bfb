import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const hash = 'CHAR(64) CHARACTER SET ascii COLLATE ascii_bin';
const month = 'CHAR(7) CHARACTER SET ascii COLLATE ascii_bin';
const ascii = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin`;
const seq = 'BIGINT UNSIGNED';
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';
const sums =
  'received BIGINT NOT NULL DEFAULT 0, returned BIGINT NOT NULL DEFAULT 0, spent BIGINT NOT NULL DEFAULT 0';

export const book0701: Migration = {
  version: '0701',
  name: 'book: public lines, challenges, signed statements, receipts of charities',
  statements: [
    `CREATE TABLE book_line (
      id ${id} NOT NULL PRIMARY KEY, transfer_id ${id} NOT NULL, account_id ${id} NOT NULL, account_code ${word} NOT NULL,
      community_id ${id} NOT NULL, community_seq ${seq} NOT NULL, community_balance BIGINT NOT NULL,
      campaign_id ${id} NULL, campaign_seq ${seq} NULL, campaign_balance BIGINT NULL,
      custody_account_id ${id} NULL, custody_seq ${seq} NULL, custody_balance BIGINT NULL, month ${month} NOT NULL,
      flow ${word} NOT NULL, amount BIGINT NOT NULL, reason ${ascii(40)} NOT NULL, ref ${id} NOT NULL,
      at DATETIME(3) NOT NULL, ${created},
      UNIQUE KEY book_line_once (transfer_id, account_id),
      UNIQUE KEY book_line_of_community (community_id, community_seq),
      UNIQUE KEY book_line_of_campaign (campaign_id, campaign_seq),
      UNIQUE KEY book_line_of_custody (custody_account_id, custody_seq),
      KEY book_line_of_month (custody_account_id, month, custody_seq),
      CONSTRAINT book_line_amount CHECK (amount > 0),
      CONSTRAINT book_line_flow CHECK (flow IN ('received', 'returned', 'spent'))
    ) ENGINE=InnoDB`,
    `CREATE TABLE book_head (
      owner ${id} NOT NULL PRIMARY KEY, seq ${seq} NOT NULL DEFAULT 0, ${sums}
    ) ENGINE=InnoDB`,
    `CREATE TABLE book_calendar (
      custody_account_id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, next_month ${month} NOT NULL,
      KEY book_calendar_due (next_month)
    ) ENGINE=InnoDB`,
    `CREATE TABLE book_statement (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, custody_account_id ${id} NOT NULL,
      number INT UNSIGNED NOT NULL, month ${month} NOT NULL,
      opening BIGINT NOT NULL, ${sums}, closing BIGINT NOT NULL, line_count BIGINT UNSIGNED NOT NULL,
      campaigns JSON NOT NULL, lines_hash ${hash} NOT NULL, previous_hash ${hash} NOT NULL, hash ${hash} NOT NULL,
      key_id ${ascii(16)} NOT NULL, signature ${ascii(88)} NOT NULL, frozen_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      UNIQUE KEY book_statement_number (custody_account_id, number), UNIQUE KEY book_statement_month (custody_account_id, month),
      UNIQUE KEY book_statement_chain (custody_account_id, previous_hash), KEY book_statement_of_community (community_id, month, id),
      CONSTRAINT book_statement_adds_up CHECK (closing = opening + received - returned - spent)
    ) ENGINE=InnoDB`,
    `CREATE TABLE statement_key (
      key_id ${ascii(16)} NOT NULL PRIMARY KEY, public_key ${ascii(120)} NOT NULL, private_sealed ${ascii(300)} NULL,
      made_here TINYINT(1) NULL, ${created}, UNIQUE KEY statement_key_made_once (made_here)
    ) ENGINE=InnoDB`,
    `CREATE TABLE book_challenge (
      id ${id} NOT NULL PRIMARY KEY, line_id ${id} NOT NULL, community_id ${id} NOT NULL, campaign_id ${id} NULL,
      custody_account_id ${id} NULL, person_id ${id} NOT NULL, live_of ${id} NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      due_at DATETIME(3) NULL, reminded_at DATETIME(3) NULL, ended_at DATETIME(3) NULL, ${created},
      UNIQUE KEY book_challenge_one_live (line_id, live_of), KEY book_challenge_of_line (line_id, id),
      KEY book_challenge_of_community (community_id, id), KEY book_challenge_by_state (community_id, state, id),
      KEY book_challenge_due (state, due_at), KEY book_challenge_of_person (person_id, id),
      CONSTRAINT book_challenge_due_when_open CHECK ((state = 'open') = (due_at IS NOT NULL)),
      CONSTRAINT book_challenge_live CHECK ((state IN ('open', 'answered')) = (live_of IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE book_message (
      id ${id} NOT NULL PRIMARY KEY, challenge_id ${id} NOT NULL, person_id ${id} NOT NULL, speaker ${word} NOT NULL,
      text VARCHAR(2000) NOT NULL, hidden_by ${id} NULL, hidden_at DATETIME(3) NULL, hidden_reason VARCHAR(300) NULL, ${created},
      KEY book_message_of_challenge (challenge_id, id), KEY book_message_of_person (person_id, id),
      CONSTRAINT book_message_hidden CHECK ((hidden_at IS NULL) = (hidden_reason IS NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE charity_receipt (
      charge_id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, number VARCHAR(60) NOT NULL, issuer VARCHAR(120) NOT NULL,
      issued_on CHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, entered_by ${id} NOT NULL,
      version INT UNSIGNED NOT NULL DEFAULT 0, ${created}
    ) ENGINE=InnoDB`,
  ],
};
