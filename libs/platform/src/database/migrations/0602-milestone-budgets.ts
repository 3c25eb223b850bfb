import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const settlement0602: Migration = {
  version: '0602',
  name: 'settlement: milestone budgets, decisions about them, pro rata refunds',
  statements: [
    // One row a milestone, one for what donors matched, and one for what is left over once somebody decided about it. Fen.
    `CREATE TABLE milestone_budget (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, part ${word} NOT NULL, position SMALLINT UNSIGNED NULL, share_bps SMALLINT UNSIGNED NOT NULL,
      budget BIGINT NOT NULL, paid_out BIGINT NOT NULL DEFAULT 0, given_back BIGINT NOT NULL DEFAULT 0, left_over BIGINT NOT NULL DEFAULT 0,
      payee_id ${id} NULL, state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, ${created},
      UNIQUE KEY milestone_budget_once (campaign_id, part),
      CONSTRAINT milestone_budget_part CHECK ((part IN ('surplus', 'matched')) = (position IS NULL)),
      CONSTRAINT milestone_budget_within CHECK (budget >= 0 AND paid_out >= 0 AND given_back >= 0 AND left_over >= 0
        AND paid_out + given_back + left_over <= budget)
    ) ENGINE=InnoDB`,
    `CREATE TABLE milestone_decision (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, community_id ${id} NOT NULL, part ${word} NOT NULL, kind ${word} NOT NULL,
      live_part ${word} NULL, reason VARCHAR(500) NOT NULL, evidence VARCHAR(500) NULL, payee_id ${id} NULL, amount BIGINT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      proposed_by ${id} NOT NULL, decided_by ${id} NULL, decided_at DATETIME(3) NULL, ${created},
      KEY milestone_decision_of_campaign (campaign_id, id), UNIQUE KEY milestone_decision_open (campaign_id, live_part),
      CONSTRAINT milestone_decision_four_eyes CHECK (state <> 'confirmed' OR decided_by <> proposed_by),
      CONSTRAINT milestone_decision_decided CHECK ((state = 'proposed') = (decided_by IS NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE refund_run (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, community_id ${id} NOT NULL, decision_id ${id} NOT NULL,
      part ${word} NOT NULL, round SMALLINT UNSIGNED NOT NULL, amount BIGINT NOT NULL, requested BIGINT NOT NULL DEFAULT 0,
      shares INT UNSIGNED NOT NULL DEFAULT 0, cursor_pledge_id ${id} NOT NULL DEFAULT '',
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, done_at DATETIME(3) NULL, ${created},
      UNIQUE KEY refund_run_once (campaign_id, part, round), UNIQUE KEY refund_run_decision (decision_id), KEY refund_run_open (state, id),
      CONSTRAINT refund_run_amount CHECK (amount > 0 AND requested >= 0 AND requested <= amount),
      CONSTRAINT refund_run_done CHECK ((state = 'done') = (done_at IS NOT NULL) AND (state <> 'done' OR requested = amount))
    ) ENGINE=InnoDB`,
    `CREATE TABLE refund_share (
      run_id ${id} NOT NULL, pledge_id ${id} NOT NULL, charge_id ${id} NOT NULL, weight BIGINT NOT NULL, amount BIGINT NOT NULL,
      PRIMARY KEY (run_id, pledge_id), CONSTRAINT refund_share_within CHECK (amount > 0 AND amount <= weight)
    ) ENGINE=InnoDB`,
  ],
};
