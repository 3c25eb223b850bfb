import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const campaign0401: Migration = {
  version: '0401',
  name: 'campaign: needs, campaigns, asks, slots, intake, pledges, review, snapshots',
  statements: [
    `CREATE TABLE need (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, raised_by ${id} NOT NULL,
      title VARCHAR(60) NOT NULL, text VARCHAR(2000) NOT NULL, place_text VARCHAR(200) NOT NULL,
      state ${word} NOT NULL, echo_count INT UNSIGNED NOT NULL DEFAULT 0, campaign_id ${id} NULL,
      version INT UNSIGNED NOT NULL DEFAULT 0, ${created},
      KEY need_of_community (community_id, state, id), KEY need_of_raiser (raised_by, id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE need_echo (
      need_id ${id} NOT NULL, household_id ${id} NOT NULL, person_id ${id} NOT NULL, ${created},
      PRIMARY KEY (need_id, household_id), KEY need_echo_of_person (person_id, need_id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE campaign (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, organiser_id ${id} NOT NULL, need_id ${id} NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, round SMALLINT UNSIGNED NOT NULL DEFAULT 0,
      title VARCHAR(60) NOT NULL, lead_text VARCHAR(120) NOT NULL, story TEXT NOT NULL, beneficiaries VARCHAR(500) NOT NULL,
      place_text VARCHAR(200) NOT NULL, plan TEXT NOT NULL, risks TEXT NOT NULL, category ${word} NOT NULL,
      legal_type ${word} NOT NULL, external_url VARCHAR(500) NULL, payment_mode ${word} NULL, custody_account_id ${id} NULL,
      deadline DATETIME(3) NULL, time_zone VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      notice_days SMALLINT UNSIGNED NOT NULL, notice_ends_at DATETIME(3) NULL, collection_hours SMALLINT UNSIGNED NOT NULL,
      collection_ends_at DATETIME(3) NULL,
      failure_policy ${word} NOT NULL, surplus_policy ${word} NOT NULL, scope_change_policy ${word} NOT NULL,
      extension_days_max SMALLINT UNSIGNED NOT NULL DEFAULT 0, extension_reached_percent SMALLINT UNSIGNED NOT NULL DEFAULT 0,
      extended_at DATETIME(3) NULL, suspended_from ${word} NULL, suspended_at DATETIME(3) NULL, suspended_reason VARCHAR(500) NULL, halted_reason VARCHAR(500) NULL, cancelled_reason VARCHAR(500) NULL,
      submitted_at DATETIME(3) NULL, opened_at DATETIME(3) NULL, closed_at DATETIME(3) NULL, decided_at DATETIME(3) NULL, ${created},
      KEY campaign_of_community (community_id, state, id), KEY campaign_due (state, deadline),
      KEY campaign_collection_due (state, collection_ends_at), KEY campaign_notice_due (state, notice_ends_at),
      KEY campaign_of_organiser (organiser_id, id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE cost_line (
      campaign_id ${id} NOT NULL, position SMALLINT UNSIGNED NOT NULL, title VARCHAR(120) NOT NULL, amount BIGINT NOT NULL,
      PRIMARY KEY (campaign_id, position), CONSTRAINT cost_line_positive CHECK (amount > 0)
    ) ENGINE=InnoDB`,
    `CREATE TABLE milestone (
      campaign_id ${id} NOT NULL, position SMALLINT UNSIGNED NOT NULL, title VARCHAR(120) NOT NULL, due_on DATE NOT NULL,
      share_bps SMALLINT UNSIGNED NOT NULL, PRIMARY KEY (campaign_id, position)
    ) ENGINE=InnoDB`,
    `CREATE TABLE ask (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, position SMALLINT UNSIGNED NOT NULL, kind ${word} NOT NULL,
      title VARCHAR(120) NOT NULL, unit ${word} NOT NULL, unit_label VARCHAR(10) NULL, minimum BIGINT NOT NULL, wanted BIGINT NOT NULL, cap BIGINT NULL,
      required TINYINT(1) NOT NULL, per_person_max BIGINT NULL, per_pledge_max BIGINT NULL, goods_mode ${word} NULL, return_on DATE NULL,
      skill VARCHAR(60) NULL, credential VARCHAR(120) NULL,
      UNIQUE KEY ask_position (campaign_id, position),
      CONSTRAINT ask_range CHECK (minimum >= 0 AND wanted >= minimum AND (cap IS NULL OR cap >= wanted))
    ) ENGINE=InnoDB`,
    `CREATE TABLE slot (
      id ${id} NOT NULL PRIMARY KEY, ask_id ${id} NOT NULL, campaign_id ${id} NOT NULL,
      starts_at DATETIME(3) NOT NULL, ends_at DATETIME(3) NOT NULL, capacity INT UNSIGNED NOT NULL, reserved INT UNSIGNED NOT NULL DEFAULT 0,
      KEY slot_of_campaign (campaign_id, ask_id, starts_at),
      CONSTRAINT slot_not_oversold CHECK (reserved <= capacity), CONSTRAINT slot_order CHECK (ends_at > starts_at)
    ) ENGINE=InnoDB`,
    `CREATE TABLE intake (
      campaign_id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, state ${word} NOT NULL,
      deadline DATETIME(3) NOT NULL, pledges BIGINT UNSIGNED NOT NULL DEFAULT 0, closed_at DATETIME(3) NULL,
      version BIGINT UNSIGNED NOT NULL DEFAULT 0, KEY intake_due (state, deadline)
    ) ENGINE=InnoDB`,
    `CREATE TABLE ask_intake (
      ask_id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL,
      reserved BIGINT NOT NULL DEFAULT 0, held BIGINT NOT NULL DEFAULT 0, pledges BIGINT NOT NULL DEFAULT 0,
      KEY ask_intake_of_campaign (campaign_id),
      CONSTRAINT ask_intake_counts CHECK (reserved >= 0 AND held >= 0 AND pledges >= 0)
    ) ENGINE=InnoDB`,
    `CREATE TABLE pledge (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, ask_id ${id} NOT NULL, slot_id ${id} NULL,
      community_id ${id} NOT NULL, person_id ${id} NOT NULL, household_id ${id} NOT NULL, kind ${word} NOT NULL,
      quantity BIGINT NOT NULL, places SMALLINT UNSIGNED NOT NULL DEFAULT 1, state ${word} NOT NULL,
      version INT UNSIGNED NOT NULL DEFAULT 0, anonymous TINYINT(1) NOT NULL, attention_of ${id} NULL,
      submitted_by ${id} NOT NULL, consent_evidence VARCHAR(300) NULL,
      once_hash CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      request_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      failure_policy ${word} NOT NULL, surplus_policy ${word} NOT NULL, scope_change_policy ${word} NOT NULL,
      goods_mode ${word} NULL, pay_by DATETIME(3) NULL, winning_charge_id ${id} NULL, ${created},
      UNIQUE KEY pledge_once (once_hash),
      UNIQUE KEY pledge_one_attention (ask_id, attention_of),
      KEY pledge_by_campaign (campaign_id, id), KEY pledge_of_campaign (campaign_id, state, id), KEY pledge_of_person (person_id, id),
      KEY pledge_of_ask_and_person (ask_id, person_id),
      CONSTRAINT pledge_quantity CHECK (quantity > 0 AND places > 0)
    ) ENGINE=InnoDB`,
    `CREATE TABLE pledge_text (
      pledge_id ${id} NOT NULL PRIMARY KEY, text VARCHAR(2000) NOT NULL
    ) ENGINE=InnoDB`,
    `CREATE TABLE review_item (
      campaign_id ${id} NOT NULL, round SMALLINT UNSIGNED NOT NULL, item ${word} NOT NULL, verdict ${word} NOT NULL,
      reason VARCHAR(500) NULL, reviewer_id ${id} NOT NULL, ${created}, PRIMARY KEY (campaign_id, round, item)
    ) ENGINE=InnoDB`,
    `CREATE TABLE objection (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, round SMALLINT UNSIGNED NOT NULL, person_id ${id} NOT NULL, text VARCHAR(1000) NOT NULL,
      state ${word} NOT NULL, answer VARCHAR(1000) NULL, answered_by ${id} NULL, answered_at DATETIME(3) NULL, ${created},
      KEY objection_of_campaign (campaign_id, state, id), KEY objection_of_person (person_id, state)
    ) ENGINE=InnoDB`,
    `CREATE TABLE task (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, kind ${word} NOT NULL, campaign_id ${id} NOT NULL,
      state ${word} NOT NULL, done_by ${id} NULL, done_at DATETIME(3) NULL, ${created},
      UNIQUE KEY task_once (campaign_id, kind), KEY task_of_community (community_id, state, id)
    ) ENGINE=InnoDB`,
    `CREATE TABLE campaign_snapshot (
      campaign_id ${id} NOT NULL, stage ${word} NOT NULL, outcome ${word} NOT NULL, asks JSON NOT NULL,
      pledges BIGINT UNSIGNED NOT NULL, decided_at DATETIME(3) NOT NULL, PRIMARY KEY (campaign_id, stage)
    ) ENGINE=InnoDB`,
  ],
};
