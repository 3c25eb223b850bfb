import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const number = 'VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin';
const address = 'VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin';
const never = "DATETIME(3) NOT NULL DEFAULT '2000-01-01 00:00:00.000'";
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const payment0501: Migration = {
  version: '0501',
  name: 'payment: custody accounts, charges, refunds, receipts, gateway events',
  statements: [
    `CREATE TABLE custody_account (
      id ${id} NOT NULL PRIMARY KEY, community_id ${id} NOT NULL, owner_name VARCHAR(120) NOT NULL, owner_kind ${word} NOT NULL,
      gateway ${word} NOT NULL, merchant_ref ${number} NOT NULL, signatory_one ${id} NOT NULL, signatory_two ${id} NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      proposed_by ${id} NOT NULL, approved_by ${id} NULL, approved_at DATETIME(3) NULL, closed_by ${id} NULL, ${created},
      KEY custody_account_of_community (community_id, id),
      CONSTRAINT custody_account_signatories CHECK (signatory_one <> signatory_two),
      CONSTRAINT custody_account_four_eyes CHECK (approved_by IS NULL OR approved_by <> proposed_by),
      CONSTRAINT custody_account_approved CHECK (state <> 'active' OR approved_by IS NOT NULL)
    ) ENGINE=InnoDB`,
    `CREATE TABLE charge (
      id ${id} NOT NULL PRIMARY KEY, pledge_id ${id} NOT NULL, campaign_id ${id} NOT NULL, community_id ${id} NOT NULL,
      payer_id ${id} NOT NULL, custody_account_id ${id} NOT NULL, gateway ${word} NOT NULL, merchant_ref ${number} NOT NULL,
      number ${number} NOT NULL, operation_id ${number} NOT NULL, live_of ${id} NULL,
      amount BIGINT NOT NULL, description VARCHAR(120) NOT NULL, pay_by DATETIME(3) NOT NULL,
      notify_url ${address} NULL, return_url ${address} NULL, pay_url ${address} NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0, close_wanted TINYINT(1) NOT NULL DEFAULT 0,
      refusal VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL, sent_at DATETIME(3) NULL,
      paid_at DATETIME(3) NULL, paid_amount BIGINT NULL, transaction_no ${number} NULL, booked_as ${word} NULL,
      fence INT UNSIGNED NOT NULL DEFAULT 0, lease_until ${never}, checks INT UNSIGNED NOT NULL DEFAULT 0,
      checked_at ${never}, next_check_at DATETIME(3) NULL, ${created},
      UNIQUE KEY charge_number (number), UNIQUE KEY charge_operation (pledge_id, operation_id),
      UNIQUE KEY charge_one_live (live_of),
      KEY charge_of_campaign (campaign_id, state), KEY charge_due (next_check_at),
      CONSTRAINT charge_amount CHECK (amount > 0 AND (paid_amount IS NULL OR paid_amount > 0)),
      CONSTRAINT charge_booked CHECK
        ((state = 'succeeded') = (paid_amount IS NOT NULL) AND (state = 'succeeded') = (booked_as IS NOT NULL)
          AND (state = 'succeeded') = (paid_at IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE refund (
      id ${id} NOT NULL PRIMARY KEY, charge_id ${id} NOT NULL, pledge_id ${id} NOT NULL, campaign_id ${id} NOT NULL,
      community_id ${id} NOT NULL, custody_account_id ${id} NOT NULL, gateway ${word} NOT NULL, merchant_ref ${number} NOT NULL,
      order_number ${number} NOT NULL, number ${number} NOT NULL, attempt SMALLINT UNSIGNED NOT NULL DEFAULT 1,
      fact VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      amount BIGINT NOT NULL, source ${word} NOT NULL, paid_at DATETIME(3) NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      stuck ${word} NULL, stuck_detail VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL, waiting_since DATETIME(3) NULL,
      sent_at DATETIME(3) NULL, doubtful TINYINT(1) NOT NULL DEFAULT 0, fence INT UNSIGNED NOT NULL DEFAULT 0, lease_until ${never},
      tries INT UNSIGNED NOT NULL DEFAULT 0, next_try_at DATETIME(3) NULL,
      done_at DATETIME(3) NULL, transaction_no ${number} NULL,
      voucher VARCHAR(60) NULL, evidence VARCHAR(500) NULL, entered_by ${id} NULL, confirmed_by ${id} NULL, ${created},
      UNIQUE KEY refund_number (number), UNIQUE KEY refund_once (fact),
      KEY refund_of_charge (charge_id), KEY refund_of_campaign (campaign_id, state, id), KEY refund_due (next_try_at),
      KEY refund_by_state (state, id), KEY refund_of_pledge (pledge_id),
      CONSTRAINT refund_amount CHECK (amount > 0),
      CONSTRAINT refund_stuck CHECK ((state = 'needs_human') = (stuck IS NOT NULL)),
      CONSTRAINT refund_done CHECK ((state = 'done') = (done_at IS NOT NULL)),
      CONSTRAINT refund_four_eyes CHECK (confirmed_by IS NULL OR (entered_by IS NOT NULL AND entered_by <> confirmed_by))
    ) ENGINE=InnoDB`,
    `CREATE TABLE offline_receipt (
      id ${id} NOT NULL PRIMARY KEY, pledge_id ${id} NOT NULL, campaign_id ${id} NOT NULL, community_id ${id} NOT NULL,
      payer_id ${id} NOT NULL, custody_account_id ${id} NOT NULL, method ${word} NOT NULL,
      receipt_number VARCHAR(60) NOT NULL, expected BIGINT NOT NULL, amount BIGINT NOT NULL, received_at DATETIME(3) NOT NULL, evidence VARCHAR(500) NOT NULL,
      state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      entered_by ${id} NOT NULL, confirmed_by ${id} NULL, refused_by ${id} NULL, refusal VARCHAR(300) NULL,
      decided_at DATETIME(3) NULL, live_number VARCHAR(60) NULL, ${created},
      UNIQUE KEY offline_receipt_once (custody_account_id, live_number),
      KEY offline_receipt_open (community_id, state, id), KEY offline_receipt_of_pledge (pledge_id),
      CONSTRAINT offline_receipt_amount CHECK (amount > 0 AND expected > 0),
      CONSTRAINT offline_receipt_four_eyes CHECK
        (confirmed_by IS NULL OR (confirmed_by <> entered_by AND confirmed_by <> payer_id)),
      CONSTRAINT offline_receipt_decided CHECK
        ((state = 'confirmed') = (confirmed_by IS NOT NULL) AND (state = 'refused') = (refused_by IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE gateway_event (
      id ${id} NOT NULL PRIMARY KEY, gateway ${word} NOT NULL, event_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      kind ${word} NOT NULL, order_number ${number} NOT NULL, refund_number ${number} NULL, amount BIGINT NULL,
      merchant_ref ${number} NOT NULL, occurred_at DATETIME(3) NOT NULL, raw MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      state ${word} NOT NULL, tries INT UNSIGNED NOT NULL DEFAULT 0, next_try_at DATETIME(3) NULL, applied_at DATETIME(3) NULL, ${created},
      UNIQUE KEY gateway_event_once (gateway, event_key), KEY gateway_event_due (next_try_at), KEY gateway_event_state (state, id)
    ) ENGINE=InnoDB`,
  ],
};
