import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const number = 'VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin';
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

/**
 * An account of a legal body gets any number of merchant accounts with keys of their own. Nothing runs on the former
 * columns yet, so they go in the same step.
 */
export const payment0503: Migration = {
  version: '0503',
  name: 'payment: merchant channels with keys, ways to pay, sum of the order beside its refunds',
  statements: [
    `CREATE TABLE merchant_channel (
      id ${id} NOT NULL PRIMARY KEY, custody_account_id ${id} NOT NULL, community_id ${id} NOT NULL,
      gateway ${word} NOT NULL, merchant_ref ${number} NOT NULL, state ${word} NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 0,
      live_of VARCHAR(130) CHARACTER SET ascii COLLATE ascii_bin NULL,
      proposed_by ${id} NOT NULL, approved_by ${id} NULL, approved_at DATETIME(3) NULL, closed_by ${id} NULL,
      next_check_at DATETIME(3) NULL, check_state ${word} NOT NULL DEFAULT 'unchecked',
      check_detail VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL, checked_at DATETIME(3) NULL, ${created},
      UNIQUE KEY merchant_channel_live (live_of), KEY merchant_channel_of_account (custody_account_id, id),
      KEY merchant_channel_of_merchant (gateway, merchant_ref), KEY merchant_channel_due (next_check_at),
      CONSTRAINT merchant_channel_four_eyes CHECK (approved_by IS NULL OR approved_by <> proposed_by),
      CONSTRAINT merchant_channel_approved CHECK (state <> 'active' OR approved_by IS NOT NULL)
    ) ENGINE=InnoDB`,
    `CREATE TABLE merchant_key_set (
      channel_id ${id} NOT NULL, revision INT UNSIGNED NOT NULL, state ${word} NOT NULL, sealed TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      entered_by ${id} NOT NULL, approved_by ${id} NULL, retired_at DATETIME(3) NULL,
      check_state ${word} NOT NULL DEFAULT 'unchecked', check_detail VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
      checked_at DATETIME(3) NULL, ${created},
      PRIMARY KEY (channel_id, revision),
      CONSTRAINT merchant_key_set_four_eyes CHECK (approved_by IS NULL OR approved_by <> entered_by)
    ) ENGINE=InnoDB`,
    `INSERT INTO merchant_channel (id, custody_account_id, community_id, gateway, merchant_ref, state, live_of, proposed_by,
       approved_by, approved_at, closed_by, created_at)
     SELECT CONCAT('chn', SUBSTRING(id, 4)), id, community_id, gateway, merchant_ref, state,
            CASE WHEN state = 'closed' THEN NULL ELSE CONCAT(id, '|', gateway, '|', merchant_ref) END,
            proposed_by, approved_by, approved_at, closed_by, created_at
     FROM custody_account WHERE gateway <> 'offline'`,
    'ALTER TABLE custody_account DROP COLUMN gateway, DROP COLUMN merchant_ref',
    `ALTER TABLE charge ADD COLUMN scene ${word} NOT NULL DEFAULT 'page',
       MODIFY COLUMN pay_url VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NULL`,
    'ALTER TABLE refund ADD COLUMN order_amount BIGINT NOT NULL DEFAULT 0',
    `UPDATE refund r JOIN charge c ON c.id = r.charge_id SET r.order_amount = COALESCE(c.paid_amount, c.amount)`,
    `CREATE TABLE charge_payer_hint (
      charge_id ${id} NOT NULL PRIMARY KEY, sealed TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL
    ) ENGINE=InnoDB`,
  ],
};
