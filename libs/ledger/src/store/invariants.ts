import type { Invariant } from '@hehuo/platform';
import { CHART } from '../domain/account.js';

/** Seconds after which a committed transfer must have become entries. */
const foldSecondsMax = 600;

// What one transfer moves, as rows of (account, posted debit, posted credit, pending debit, pending credit).
const MOVES = `
  SELECT t.grp, t.debit_id AS account_id,
    IF(t.kind IN ('single', 'post'), t.amount, 0) AS debit, 0 AS credit,
    IF(t.kind = 'pending', t.amount, IF(t.kind IN ('post', 'void'), -t.amount, 0)) AS pending_debit, 0 AS pending_credit
  FROM ledger_transfer t
  UNION ALL
  SELECT t.grp, t.credit_id, 0, IF(t.kind IN ('single', 'post'), t.amount, 0), 0,
    IF(t.kind = 'pending', t.amount, IF(t.kind IN ('post', 'void'), -t.amount, 0))
  FROM ledger_transfer t`;

const sumOf = (where: string): string => `
  SELECT m.account_id, SUM(m.debit) AS debit, SUM(m.credit) AS credit,
    SUM(m.pending_debit) AS pending_debit, SUM(m.pending_credit) AS pending_credit
  FROM (${MOVES}) m ${where} GROUP BY m.account_id`;

const FOLDED = 'WHERE NOT EXISTS (SELECT 1 FROM ledger_unfolded u WHERE u.grp = m.grp)';

const differs = `a.debits_posted <> COALESCE(s.debit, 0) OR a.credits_posted <> COALESCE(s.credit, 0)
  OR a.debits_pending <> COALESCE(s.pending_debit, 0) OR a.credits_pending <> COALESCE(s.pending_credit, 0)`;

const CHARTED = Object.entries(CHART)
  .map(([code, { mode, guarded }]) => `('${code}', '${mode}', ${guarded ? 1 : 0})`)
  .join(', ');

export const LEDGER_INVARIANTS: readonly Invariant[] = [
  {
    name: 'ledger.strict-balance',
    statement: 'A strict account holds exactly what its transfers moved.',
    sql: `SELECT a.id, a.code, a.owner FROM ledger_account a LEFT JOIN (${sumOf('')}) s ON s.account_id = a.id
          WHERE a.mode = 'strict' AND (${differs})`,
  },
  {
    name: 'ledger.folded-balance',
    statement: 'A folded account holds exactly what its folded transfers moved.',
    sql: `SELECT a.id, a.code, a.owner FROM ledger_account a LEFT JOIN (${sumOf(FOLDED)}) s ON s.account_id = a.id
          WHERE a.mode = 'folded' AND (${differs})`,
  },
  {
    name: 'ledger.entries-balance',
    statement: 'The entries of an account add up to its folded transfers, without a gap in their numbers.',
    sql: `SELECT a.id, a.code, a.owner FROM ledger_account a
          LEFT JOIN (${sumOf(FOLDED)}) s ON s.account_id = a.id
          LEFT JOIN (SELECT account_id, COUNT(*) AS n, MAX(seq) AS last, SUM(debit) AS debit, SUM(credit) AS credit
                     FROM ledger_entry GROUP BY account_id) e ON e.account_id = a.id
          WHERE COALESCE(e.n, 0) <> a.entries OR COALESCE(e.last, 0) <> a.entries
             OR COALESCE(e.debit, 0) <> COALESCE(s.debit, 0) OR COALESCE(e.credit, 0) <> COALESCE(s.credit, 0)`,
  },
  {
    name: 'ledger.chart-kept',
    statement:
      'An account is kept and guarded as the chart says of its code: a flag in its row cannot free it.',
    sql: `SELECT id, code, owner, mode, guarded FROM ledger_account WHERE (code, mode, guarded) NOT IN (${CHARTED})`,
  },
  {
    name: 'ledger.transfer-once',
    statement: 'A transfer is written once: its id is its fact.',
    sql: 'SELECT id, COUNT(*) AS times FROM ledger_transfer GROUP BY id HAVING COUNT(*) > 1',
  },
  {
    name: 'ledger.same-unit',
    statement: 'A transfer joins two known accounts of its own unit.',
    sql: `SELECT t.id FROM ledger_transfer t
          LEFT JOIN ledger_account d ON d.id = t.debit_id LEFT JOIN ledger_account c ON c.id = t.credit_id
          WHERE d.id IS NULL OR c.id IS NULL OR d.unit <> t.unit OR c.unit <> t.unit`,
  },
  {
    name: 'ledger.resolved-once',
    statement: 'A reservation is ended at most once, by a transfer of the same accounts and amount.',
    sql: `SELECT r.id FROM ledger_transfer r LEFT JOIN ledger_transfer p ON p.id = r.resolves
          WHERE r.resolves IS NOT NULL AND (p.id IS NULL OR p.kind <> 'pending' OR p.amount <> r.amount
            OR p.debit_id <> r.debit_id OR p.credit_id <> r.credit_id)
          UNION ALL SELECT MIN(id) FROM ledger_transfer WHERE resolves IS NOT NULL GROUP BY resolves HAVING COUNT(*) > 1`,
  },
  {
    name: 'ledger.not-overdrawn',
    statement: 'A guarded account never gave more than it got.',
    sql: `SELECT id, code, owner FROM ledger_account WHERE guarded = 1 AND debits_pending + debits_posted > credits_posted`,
  },
  {
    name: 'ledger.folded-in-time',
    statement: `No transfer waits longer than ${foldSecondsMax} s to become entries.`,
    sql: `SELECT grp FROM ledger_unfolded WHERE created_at < UTC_TIMESTAMP(3) - INTERVAL ${foldSecondsMax} SECOND`,
  },
];
