import type { Migration } from './migration.js';

const id = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const word = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const reason = 'reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL';
const created = 'created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)';

export const ledger0301: Migration = {
  version: '0301',
  name: 'ledger: accounts, transfers, entries',
  statements: [
    `CREATE TABLE ledger_account (
      id ${id} NOT NULL PRIMARY KEY, unit ${word} NOT NULL, code ${word} NOT NULL, owner ${id} NOT NULL,
      mode ${word} NOT NULL, guarded TINYINT(1) NOT NULL,
      debits_pending BIGINT NOT NULL DEFAULT 0, debits_posted BIGINT NOT NULL DEFAULT 0,
      credits_pending BIGINT NOT NULL DEFAULT 0, credits_posted BIGINT NOT NULL DEFAULT 0,
      entries BIGINT UNSIGNED NOT NULL DEFAULT 0,
      UNIQUE KEY ledger_account_key (unit, code, owner), KEY ledger_account_owner (owner),
      CONSTRAINT ledger_account_signs CHECK
        (debits_pending >= 0 AND debits_posted >= 0 AND credits_pending >= 0 AND credits_posted >= 0),
      CONSTRAINT ledger_account_covered CHECK (guarded = 0 OR debits_pending + debits_posted <= credits_posted)
    ) ENGINE=InnoDB`,
    `CREATE TABLE ledger_transfer (
      id ${id} NOT NULL PRIMARY KEY, grp ${id} NOT NULL, unit ${word} NOT NULL, kind ${word} NOT NULL,
      debit_id ${id} NOT NULL, credit_id ${id} NOT NULL, amount BIGINT NOT NULL, resolves ${id} NULL,
      ${reason}, ref ${id} NOT NULL, ${created},
      UNIQUE KEY ledger_transfer_resolved_once (resolves), KEY ledger_transfer_group (grp), KEY ledger_transfer_ref (ref),
      CONSTRAINT ledger_transfer_amount CHECK (amount > 0),
      CONSTRAINT ledger_transfer_sides CHECK (debit_id <> credit_id),
      CONSTRAINT ledger_transfer_kind CHECK ((kind IN ('post', 'void')) = (resolves IS NOT NULL))
    ) ENGINE=InnoDB`,
    `CREATE TABLE ledger_unfolded (
      grp ${id} NOT NULL PRIMARY KEY, ${created}, KEY ledger_unfolded_age (created_at)
    ) ENGINE=InnoDB`,
    `CREATE TABLE ledger_entry (
      account_id ${id} NOT NULL, seq BIGINT UNSIGNED NOT NULL, grp ${id} NOT NULL, transfer_id ${id} NOT NULL,
      transfers INT UNSIGNED NOT NULL, ${reason}, ref ${id} NULL,
      debit BIGINT NOT NULL, credit BIGINT NOT NULL, pending_debit BIGINT NOT NULL, pending_credit BIGINT NOT NULL,
      balance_after BIGINT NOT NULL, pending_after BIGINT NOT NULL, at DATETIME(3) NOT NULL,
      PRIMARY KEY (account_id, seq), UNIQUE KEY ledger_entry_once (account_id, grp, transfer_id)
    ) ENGINE=InnoDB`,
  ],
};
