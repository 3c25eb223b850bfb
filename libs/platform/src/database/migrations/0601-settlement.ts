import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
/** Of one length whatever it says, so that a change of state stays in its place on the page. */
const fixed = 'CHAR(11) CHARACTER SET ascii COLLATE ascii_bin';
const never = "DATETIME(3) NOT NULL DEFAULT '2000-01-01 00:00:00.000'";
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const settlement0601: Migration = {
  version: '0601',
  name: 'settlement: runs, chunks, items, reminders',
  statements: [
    `CREATE TABLE settlement_run (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, community_id ${id} NOT NULL,
      outcome ${word} NOT NULL, payment_mode ${word} NULL, met_asks JSON NOT NULL, state ${word} NOT NULL,
      version INT UNSIGNED NOT NULL DEFAULT 0, cursor_pledge_id ${id} NOT NULL DEFAULT '',
      chunks INT UNSIGNED NOT NULL DEFAULT 0, items INT UNSIGNED NOT NULL DEFAULT 0,
      halted_reason VARCHAR(500) NULL, report JSON NULL, done_at DATETIME(3) NULL, ${created},
      UNIQUE KEY settlement_run_once (campaign_id), KEY settlement_run_open (state, id)
    ) ENGINE=InnoDB`,
    // Items are read and written by ranges of the primary key; their chunk's counters make other keys needless.
    `CREATE TABLE settlement_item (
      run_id ${id} NOT NULL, pledge_id ${id} NOT NULL, chunk_no INT UNSIGNED NOT NULL, ask_id ${id} NOT NULL,
      kind ${word} NOT NULL, quantity BIGINT NOT NULL, from_state ${word} NOT NULL, action ${word} NULL, charge_id ${id} NULL,
      state ${fixed} NOT NULL DEFAULT 'due', reason VARCHAR(300) NULL, changed_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
      PRIMARY KEY (run_id, pledge_id),
      CONSTRAINT settlement_item_reason CHECK ((state = 'needs_human') = (reason IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE settlement_chunk (
      run_id ${id} NOT NULL, chunk_no INT UNSIGNED NOT NULL, first_pledge_id ${id} NOT NULL, last_pledge_id ${id} NOT NULL,
      state ${word} NOT NULL, items INT UNSIGNED NOT NULL, done INT UNSIGNED NOT NULL DEFAULT 0,
      waiting INT UNSIGNED NOT NULL DEFAULT 0, needs_human INT UNSIGNED NOT NULL DEFAULT 0,
      lease_token CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL, lease_until ${never},
      fence INT UNSIGNED NOT NULL DEFAULT 0, attempts INT UNSIGNED NOT NULL DEFAULT 0, next_at ${never},
      ${created}, PRIMARY KEY (run_id, chunk_no), KEY settlement_chunk_due (run_id, state, chunk_no),
      CONSTRAINT settlement_chunk_counts CHECK (done + waiting + needs_human <= items),
      CONSTRAINT settlement_chunk_done CHECK (state <> 'done' OR done = items)
    ) ENGINE=InnoDB`,
    `CREATE TABLE collection_reminder (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, hours_before SMALLINT UNSIGNED NOT NULL, ${created},
      UNIQUE KEY collection_reminder_once (campaign_id, hours_before)
    ) ENGINE=InnoDB`,
  ],
};
