import type { Invariant } from '@hehuo/platform';

// The ledger's tables, read only: an audit compares what this room believes with what was booked.
/** Explained by two persons at least once; one that is carried may be explained anew without opening its day again. */
const SEEN = "(d.state IN ('explained', 'carried') OR (d.state = 'proposed' AND d.confirmed_at IS NOT NULL))";

/** The bill says done, our row does not, and the gateway is still asked: nothing of the line is booked. */
const WAITS = `(l.verdict = 'status' AND NOT EXISTS (SELECT 1 FROM bill_difference x
  WHERE x.bill_day_id = l.bill_day_id AND x.line_no = l.line_no))`;

export const RECONCILIATION_INVARIANTS: readonly Invariant[] = [
  {
    name: 'payment.forgone-four-eyes',
    statement:
      'A day is closed without its bill by two persons, one who proposed it and one who confirmed it, and has no lines.',
    sql: `SELECT b.id FROM bill_day b WHERE b.state = 'without_bill' AND (b.forgone_reason IS NULL OR b.forgone_by IS NULL
            OR b.forgone_confirmed_by IS NULL OR b.forgone_confirmed_by = b.forgone_by
            OR EXISTS (SELECT 1 FROM bill_line l WHERE l.bill_day_id = b.id))`,
  },
  {
    name: 'payment.suspense-explained',
    statement:
      'What is in suspense of an account is the money of its differences that nobody explained for good.',
    sql: `SELECT s.owner, SUM(s.money) AS differs FROM (
            SELECT custody_account_id AS owner, money FROM bill_difference WHERE state IN ('open', 'proposed', 'carried')
            UNION ALL
            SELECT owner, debits_posted - credits_posted FROM ledger_account WHERE code = 'suspense' AND unit = 'fen') s
          GROUP BY s.owner HAVING SUM(s.money) <> 0`,
  },
  {
    name: 'payment.closed-day-explained',
    statement: 'Every line of a closed day has its verdict, and every difference of it is explained.',
    sql: `SELECT b.id, l.line_no AS part FROM bill_day b JOIN bill_line l ON l.bill_day_id = b.id
          WHERE b.state = 'explained' AND (l.verdict IS NULL OR (l.verdict IN ('status', 'missing_local', 'amount', 'contradicted',
            'not_understood') AND NOT EXISTS (SELECT 1 FROM bill_difference d WHERE d.bill_day_id = l.bill_day_id
              AND d.line_no = l.line_no AND ${SEEN})))
          UNION ALL
          SELECT b.id, d.id FROM bill_day b JOIN bill_difference d ON d.bill_day_id = b.id
          WHERE b.state = 'explained' AND NOT (d.state = 'healed' OR ${SEEN})`,
  },
  {
    name: 'payment.bill-line-booked-once',
    statement:
      'Only the first line that tells a movement is booked, and what it brought to suspense has its difference.',
    sql: `SELECT l.bill_day_id, l.line_no FROM bill_line l
          WHERE l.leads_key IS NULL AND l.verdict IS NOT NULL AND l.verdict NOT IN ('duplicate', 'contradicted', 'fee_corrected')
          UNION ALL
          SELECT l.bill_day_id, l.line_no FROM bill_line l WHERE l.verdict IN ('missing_local', 'amount', 'not_understood')
            AND NOT EXISTS (SELECT 1 FROM bill_difference d WHERE d.bill_day_id = l.bill_day_id AND d.line_no = l.line_no
              AND d.kind = l.verdict)`,
  },
  {
    name: 'payment.bill-transfers',
    statement:
      'As much was booked from the bills of a day as its leading lines, its corrections of fees and its differences say.',
    sql: `SELECT b.id FROM bill_day b
          LEFT JOIN (SELECT t.ref, SUM(IF(t.reason = 'bill-fee', IF(d.code = 'gateway_fee', t.amount, -t.amount), 0)) AS fees,
              SUM(IF(t.reason = 'bill-suspense', IF(c.code = 'suspense', t.amount, -t.amount), 0)) AS suspense
            FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
            WHERE t.reason IN ('bill-fee', 'bill-suspense') GROUP BY t.ref) t ON t.ref = b.id
          LEFT JOIN (SELECT l.bill_day_id, SUM(IF(l.kind = 'fee', l.amount, l.fee - COALESCE(l.fee_before, 0))) AS fees
            FROM bill_line l WHERE (l.leads_key IS NOT NULL OR l.verdict = 'fee_corrected') AND NOT ${WAITS} GROUP BY l.bill_day_id) l
            ON l.bill_day_id = b.id
          LEFT JOIN (SELECT bill_day_id, SUM(money) AS money FROM bill_difference WHERE state <> 'healed' GROUP BY bill_day_id) f
            ON f.bill_day_id = b.id
          WHERE COALESCE(t.fees, 0) <> COALESCE(l.fees, 0) OR COALESCE(t.suspense, 0) <> COALESCE(f.money, 0)`,
  },
  {
    name: 'payment.fees-as-last-told',
    statement:
      'The fees of an account that bills brought are those that were last told of each movement, and a correction follows what was told before it.',
    sql: `SELECT f.owner AS id, SUM(f.fees) AS differs FROM (
            SELECT l.custody_account_id AS owner, IF(l.kind = 'fee', l.amount, COALESCE(c.fee, l.fee)) - IF(${WAITS}, l.fee, 0) AS fees
            FROM bill_line l LEFT JOIN bill_line c ON c.movement_key = l.leads_key AND c.verdict = 'fee_corrected'
              AND NOT EXISTS (SELECT 1 FROM bill_line n WHERE n.corrects_day_id = c.bill_day_id AND n.corrects_line_no = c.line_no)
            WHERE l.leads_key IS NOT NULL
            UNION ALL
            SELECT a.owner, IF(t.debit_id = a.id, -t.amount, t.amount) FROM ledger_transfer t
            JOIN ledger_account a ON a.id IN (t.debit_id, t.credit_id) AND a.code = 'gateway_fee' WHERE t.reason = 'bill-fee') f
          GROUP BY f.owner HAVING SUM(f.fees) <> 0
          UNION ALL
          SELECT l.bill_day_id, l.line_no FROM bill_line l
          LEFT JOIN bill_line p ON p.bill_day_id = l.corrects_day_id AND p.line_no = l.corrects_line_no
          WHERE l.verdict = 'fee_corrected' AND (p.movement_key IS NULL OR p.movement_key <> l.movement_key OR p.fee <> l.fee_before)`,
  },
  {
    name: 'payment.difference-four-eyes',
    statement:
      'A difference is explained by one person and confirmed by another, and its money then left suspense once.',
    sql: `SELECT d.id FROM bill_difference d
          LEFT JOIN ledger_transfer t ON t.ref = d.id AND t.reason = 'difference-explained'
          GROUP BY d.id, d.state, d.money, d.explained_by, d.confirmed_by
          HAVING (d.state IN ('explained', 'carried') AND (d.confirmed_by IS NULL OR d.confirmed_by = d.explained_by))
            OR COUNT(t.id) <> IF(d.state = 'explained' AND d.money <> 0, 1, 0)
            OR (COUNT(t.id) = 1 AND MAX(t.amount) <> ABS(d.money))`,
  },
];
