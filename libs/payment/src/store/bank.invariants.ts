import type { Invariant } from '@hehuo/platform';

export const BANK_INVARIANTS: readonly Invariant[] = [
  {
    name: 'payment.bank-line-one-receipt',
    statement:
      'A line of a bank that was accepted is one receipt of its sum in its account, and no receipt is of two lines.',
    sql: `SELECT l.id, l.receipt_id, r.state FROM bank_line l LEFT JOIN offline_receipt r ON r.id = l.receipt_id
          WHERE l.state = 'accepted' AND (r.id IS NULL OR r.state = 'refused' OR r.method <> 'bank_transfer'
            OR r.amount <> l.amount OR r.custody_account_id <> l.custody_account_id OR r.entered_by <> l.accepted_by
            OR (l.live_pledge IS NOT NULL AND l.live_pledge <> r.pledge_id))
          UNION ALL
          SELECT MAX(id), receipt_id, 'twice' FROM bank_line WHERE receipt_id IS NOT NULL
          GROUP BY receipt_id HAVING COUNT(*) > 1`,
  },
  {
    name: 'payment.bank-line-proposed',
    statement: 'A line is proposed when there is a pledge that it may pay, and unmatched when there is none.',
    sql: `SELECT l.id, l.state, COUNT(p.pledge_id) AS proposals FROM bank_line l
          LEFT JOIN bank_proposal p ON p.line_id = l.id
          WHERE l.state IN ('unmatched', 'proposed') AND l.matched_at IS NOT NULL
          GROUP BY l.id, l.state HAVING (l.state = 'proposed') <> (COUNT(p.pledge_id) > 0)`,
  },
  {
    name: 'payment.bank-statement-whole',
    statement: 'A statement brought as many lines as it says.',
    sql: `SELECT s.id, s.created_lines, COUNT(l.id) AS found FROM bank_statement s
          LEFT JOIN bank_line l ON l.statement_id = s.id
          GROUP BY s.id, s.created_lines, s.known_lines, s.incoming
          HAVING COUNT(l.id) <> s.created_lines OR s.created_lines + s.known_lines <> s.incoming`,
  },
  {
    name: 'payment.receipt-files',
    statement:
      'A file of a receipt belongs to a receipt that exists, in its community, uploaded by who entered it.',
    sql: `SELECT f.id, f.object_id FROM stored_file f LEFT JOIN offline_receipt r ON r.id = f.object_id
          WHERE f.object_type = 'offline_receipt'
            AND (r.id IS NULL OR r.community_id <> f.community_id OR r.entered_by <> f.owner_id)`,
  },
  {
    name: 'payment.cash-has-photo',
    statement: 'Cash that was entered since photos are kept has one at least.',
    sql: `SELECT r.id FROM offline_receipt r LEFT JOIN stored_file f ON f.object_id = r.id AND f.state = 'attached'
          WHERE r.method = 'cash' AND f.id IS NULL
            AND r.created_at > (SELECT MAX(m.at) FROM schema_migration m WHERE m.version = '0520')`,
  },
];
