import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const payment0510: Migration = {
  version: '0510',
  name: 'payment: payees, payouts with vouchers, claw-backs',
  statements: [
    `CREATE TABLE payee (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, community_id ${id} NOT NULL, kind ${word} NOT NULL,
      partner_id ${id} NULL, person_id ${id} NULL,
      name_sealed VARCHAR(700) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, bank_name VARCHAR(120) NOT NULL,
      account_sealed VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, account_version INT UNSIGNED NOT NULL DEFAULT 1,
      entered_by ${id} NOT NULL, confirmed_by ${id} NULL, confirmed_at DATETIME(3) NULL, changed_at DATETIME(3) NOT NULL, ${created},
      KEY payee_of_campaign (campaign_id, id),
      CONSTRAINT payee_identified CHECK ((kind = 'partner') = (partner_id IS NOT NULL) AND (kind = 'organiser') = (person_id IS NOT NULL)),
      CONSTRAINT payee_four_eyes CHECK (confirmed_by IS NULL OR (confirmed_by <> entered_by AND (person_id IS NULL OR confirmed_by <> person_id))),
      CONSTRAINT payee_confirmed CHECK ((state = 'confirmed') = (confirmed_by IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE payout (
      id ${id} NOT NULL PRIMARY KEY, campaign_id ${id} NOT NULL, community_id ${id} NOT NULL, custody_account_id ${id} NOT NULL,
      payee_id ${id} NOT NULL, part ${word} NOT NULL, amount BIGINT NOT NULL, purpose VARCHAR(300) NOT NULL, route ${word} NOT NULL,
      account_version INT UNSIGNED NOT NULL, account_changed_at DATETIME(3) NOT NULL, account_entered_by ${id} NOT NULL,
      partner_id ${id} NULL, payee_person_id ${id} NULL, state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      proposed_by ${id} NOT NULL, approved_by ${id} NULL, approved_at DATETIME(3) NULL,
      released_by ${id} NULL, released_at DATETIME(3) NULL, sent_by ${id} NULL, sent_at DATETIME(3) NULL,
      ended_by ${id} NULL, ended_at DATETIME(3) NULL, voucher VARCHAR(60) NULL, live_voucher VARCHAR(60) NULL, reason VARCHAR(300) NULL, ${created},
      KEY payout_of_campaign (campaign_id, id), KEY payout_by_state (state, id), KEY payout_of_payee (payee_id),
      UNIQUE KEY payout_voucher_once (custody_account_id, live_voucher),
      CONSTRAINT payout_amount CHECK (amount > 0),
      CONSTRAINT payout_first_eyes CHECK (approved_by IS NULL OR (approved_by <> proposed_by AND approved_by <> account_entered_by
        AND (payee_person_id IS NULL OR approved_by <> payee_person_id))),
      CONSTRAINT payout_second_eyes CHECK (released_by IS NULL OR (approved_by IS NOT NULL AND released_by <> approved_by
        AND released_by <> proposed_by AND released_by <> account_entered_by AND (payee_person_id IS NULL OR released_by <> payee_person_id))),
      CONSTRAINT payout_sender CHECK (sent_by IS NULL OR (released_by IS NOT NULL AND (payee_person_id IS NULL OR sent_by <> payee_person_id))),
      CONSTRAINT payout_hold CHECK (sent_at IS NULL OR sent_at >= account_changed_at + INTERVAL 72 HOUR),
      CONSTRAINT payout_confirmer CHECK (state NOT IN ('done', 'returned') OR (sent_by IS NOT NULL AND voucher IS NOT NULL AND ended_by <> sent_by
        AND (payee_person_id IS NULL OR ended_by <> payee_person_id))),
      CONSTRAINT payout_states CHECK ((state IN ('released', 'sent', 'done', 'returned')) <= (released_by IS NOT NULL)
        AND (state IN ('sent', 'done', 'returned')) = (sent_by IS NOT NULL)
        AND (state IN ('done', 'refused', 'withdrawn', 'returned')) = (ended_by IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE payout_voucher (
      payout_id ${id} NOT NULL, position SMALLINT UNSIGNED NOT NULL, payee_id ${id} NOT NULL, number VARCHAR(60) NOT NULL,
      live_number VARCHAR(60) NULL, title VARCHAR(120) NOT NULL, amount BIGINT NOT NULL, file_id ${id} NULL, evidence VARCHAR(500) NULL,
      PRIMARY KEY (payout_id, position), UNIQUE KEY payout_proof_once (payee_id, live_number),
      CONSTRAINT payout_voucher_proof CHECK (amount > 0 AND (file_id IS NOT NULL OR evidence IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE claw_back (
      id ${id} NOT NULL PRIMARY KEY, payout_id ${id} NOT NULL, campaign_id ${id} NOT NULL, community_id ${id} NOT NULL,
      custody_account_id ${id} NOT NULL, amount BIGINT NOT NULL, voucher VARCHAR(60) NOT NULL, live_voucher VARCHAR(60) NULL, reason VARCHAR(300) NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      entered_by ${id} NOT NULL, decided_by ${id} NULL, decided_at DATETIME(3) NULL, ${created},
      KEY claw_back_of_payout (payout_id, id), KEY claw_back_of_campaign (campaign_id, state),
      UNIQUE KEY claw_back_voucher_once (custody_account_id, live_voucher),
      CONSTRAINT claw_back_amount CHECK (amount > 0),
      CONSTRAINT claw_back_four_eyes CHECK (state <> 'confirmed' OR decided_by <> entered_by),
      CONSTRAINT claw_back_decided CHECK ((state = 'entered') = (decided_by IS NULL))
    ) ENGINE=InnoDB`,
  ],
};
