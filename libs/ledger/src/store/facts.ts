/**
 * The books as derived tables for the invariants of other rooms, which may not name the tables themselves:
 * `(id, kind, unit, amount, reason, ref, debit_code, debit_owner, credit_code, credit_owner)`.
 */
export const TRANSFERS_SQL = `(
  SELECT t.id, t.kind, t.unit, t.amount, t.reason, t.ref, d.code AS debit_code, d.owner AS debit_owner,
         c.code AS credit_code, c.owner AS credit_owner
  FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id)`;

/** `(id, unit, code, owner, balance)` of strict accounts, whose rows are exact at every commit; credits less debits. */
export const STRICT_BALANCES_SQL = `(
  SELECT id, unit, code, owner, credits_posted - debits_posted AS balance FROM ledger_account WHERE mode = 'strict')`;
