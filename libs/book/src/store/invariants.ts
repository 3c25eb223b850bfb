import { loggedStateInvariant, type Invariant } from '@hehuo/platform';
import { BOOK_CODES, CAMPAIGN_CODES, TRANSIT_CODES } from '../domain/line.js';
import { NO_HASH } from '../domain/statement.js';

// The ledger's tables, read only: an audit compares what was published with what was booked.
const list = (codes: readonly string[]): string => codes.map((code) => `'${code}'`).join(', ');
const INSIDE = list(BOOK_CODES);
const TRANSIT = list(TRANSIT_CODES);

/** Entries of the book's accounts that this book has read, with the other side of each. */
const READ_ENTRIES = `(
  SELECT e.account_id, e.seq, e.transfer_id, e.debit, e.credit, a.code, a.owner, o.code AS other_code, o.owner AS other_owner
  FROM ledger_entry e
  JOIN ledger_reader r ON r.reader = 'public-book' AND r.account_id = e.account_id AND e.seq <= r.seq
  JOIN ledger_account a ON a.id = e.account_id
  JOIN ledger_transfer t ON t.id = e.transfer_id
  JOIN ledger_account o ON o.id = IF(t.debit_id = e.account_id, t.credit_id, t.debit_id))`;

const CROSSES = `(n.other_code NOT IN (${INSIDE})
  OR (n.code NOT IN (${TRANSIT}) AND n.other_code NOT IN (${TRANSIT}) AND n.other_owner <> n.owner))`;

const SIGNED = "IF(l.flow = 'received', l.amount, -l.amount)";

/** A book's numbers have no gap, every balance follows from the one before, and the head is the last line. */
function runningInvariant(name: string, owner: string, seq: string, balance: string): Invariant {
  return {
    name: `book.${name}-adds-up`,
    statement: `Lines of a ${name} are numbered without a gap, each balance follows from the one before, and the head is their sum.`,
    sql: `SELECT x.owner, x.line FROM (
            SELECT l.${owner} AS owner, l.${seq} AS line, l.${balance} AS balance, ${SIGNED} AS fen,
              COALESCE(LAG(l.${seq}) OVER w, 0) AS line_before, COALESCE(LAG(l.${balance}) OVER w, 0) AS balance_before
            FROM book_line l WHERE l.${owner} IS NOT NULL WINDOW w AS (PARTITION BY l.${owner} ORDER BY l.${seq})) x
          WHERE x.line <> x.line_before + 1 OR x.balance <> x.balance_before + x.fen
          UNION ALL
          SELECT s.owner, s.n FROM (
            SELECT l.${owner} AS owner, COUNT(*) AS n, SUM(IF(l.flow = 'received', l.amount, 0)) AS received,
              SUM(IF(l.flow = 'returned', l.amount, 0)) AS returned, SUM(IF(l.flow = 'spent', l.amount, 0)) AS spent
            FROM book_line l WHERE l.${owner} IS NOT NULL GROUP BY l.${owner}) s
          LEFT JOIN book_head h ON h.owner = s.owner
          WHERE h.owner IS NULL OR h.seq <> s.n OR h.received <> s.received OR h.returned <> s.returned OR h.spent <> s.spent`,
  };
}

export const BOOK_INVARIANTS: readonly Invariant[] = [
  {
    name: 'book.every-crossing-once',
    statement:
      'Every entry that carried money over the border has exactly one line of its sum, and no other entry has one.',
    sql: `SELECT n.account_id, n.seq, l.id FROM ${READ_ENTRIES} n
          LEFT JOIN book_line l ON l.transfer_id = n.transfer_id AND l.account_id = n.account_id
          WHERE ${CROSSES} <> (l.id IS NOT NULL)
             OR (l.id IS NOT NULL AND (l.amount <> n.debit + n.credit OR (l.flow = 'received') <> (n.credit > 0)))
          UNION ALL
          SELECT l.account_id, 0, l.id FROM book_line l LEFT JOIN ledger_transfer t ON t.id = l.transfer_id
          WHERE t.id IS NULL OR t.amount <> l.amount OR t.reason <> l.reason OR t.ref <> l.ref OR t.created_at <> l.at
             OR l.account_id NOT IN (t.debit_id, t.credit_id)`,
  },
  {
    name: 'book.held-is-ledger',
    statement:
      'What the book of a campaign says is held is the balance of its accounts, with what is on its way and not gone.',
    sql: `SELECT b.owner, b.held, h.received - h.returned - h.spent AS book FROM (
            SELECT x.owner, SUM(x.fen) AS held FROM (
              SELECT n.owner, SUM(n.credit - n.debit) AS fen FROM ${READ_ENTRIES} n
              WHERE n.code IN (${list(CAMPAIGN_CODES)}) GROUP BY n.owner
              UNION ALL
              SELECT n.owner, SUM(n.debit - n.credit) FROM ${READ_ENTRIES} n
              WHERE n.code IN (${list(CAMPAIGN_CODES)}) AND n.other_code IN (${TRANSIT}) GROUP BY n.owner
              UNION ALL
              SELECT l.campaign_id, SUM(${SIGNED}) FROM book_line l
              WHERE l.account_code IN (${TRANSIT}) AND l.campaign_id IS NOT NULL GROUP BY l.campaign_id
            ) x GROUP BY x.owner) b
          JOIN campaign c ON c.id = b.owner
          LEFT JOIN book_head h ON h.owner = b.owner
          WHERE b.held <> COALESCE(h.received - h.returned - h.spent, 0)`,
  },
  runningInvariant('campaign', 'campaign_id', 'campaign_seq', 'campaign_balance'),
  runningInvariant('community', 'community_id', 'community_seq', 'community_balance'),
  runningInvariant('custody account', 'custody_account_id', 'custody_seq', 'custody_balance'),
  {
    name: 'book.statement-chain',
    statement:
      'Statements of an account follow each other month by month, each on the hash and the sums of the one before.',
    sql: `SELECT s.id, s.number FROM book_statement s
          LEFT JOIN book_statement p ON p.custody_account_id = s.custody_account_id AND p.number + 1 = s.number
          WHERE (s.number = 1 AND (s.previous_hash <> '${NO_HASH}' OR s.opening <> 0))
             OR (s.number > 1 AND (p.id IS NULL OR s.previous_hash <> p.hash OR s.opening <> p.closing
               OR PERIOD_DIFF(REPLACE(s.month, '-', ''), REPLACE(p.month, '-', '')) <> 1))`,
  },
  {
    name: 'book.statement-is-lines',
    statement:
      'A statement counts and sums the lines of its month, and no line is in a month before its account begins.',
    sql: `SELECT s.id, s.month FROM book_statement s
          LEFT JOIN (SELECT l.custody_account_id, l.month, COUNT(*) AS n, SUM(IF(l.flow = 'received', l.amount, 0)) AS received,
                       SUM(IF(l.flow = 'returned', l.amount, 0)) AS returned, SUM(IF(l.flow = 'spent', l.amount, 0)) AS spent
                     FROM book_line l WHERE l.custody_account_id IS NOT NULL GROUP BY l.custody_account_id, l.month) m
            ON m.custody_account_id = s.custody_account_id AND m.month = s.month
          WHERE s.line_count <> COALESCE(m.n, 0) OR s.received <> COALESCE(m.received, 0)
             OR s.returned <> COALESCE(m.returned, 0) OR s.spent <> COALESCE(m.spent, 0)`,
  },
  {
    name: 'book.every-month-frozen',
    statement: 'Every line before the month that is open stands in a statement.',
    sql: `SELECT l.id, l.month FROM book_line l
          LEFT JOIN book_calendar c ON c.custody_account_id = l.custody_account_id
          LEFT JOIN book_statement s ON s.custody_account_id = l.custody_account_id AND s.month = l.month
          WHERE l.custody_account_id IS NOT NULL AND (c.next_month IS NULL OR (l.month < c.next_month) <> (s.id IS NOT NULL))`,
  },
  {
    name: 'book.answer-files',
    statement:
      'A file of a thread goes with an answer of the custodian, in its community, uploaded by who answered.',
    sql: `SELECT f.id, f.object_id FROM stored_file f LEFT JOIN book_message m ON m.id = f.object_id
          LEFT JOIN book_challenge c ON c.id = m.challenge_id
          WHERE f.object_type = 'book_message' AND (c.id IS NULL OR m.speaker <> 'custodian'
            OR m.person_id <> f.owner_id OR c.community_id <> f.community_id)`,
  },
  {
    name: 'book.one-live-challenge',
    statement: 'A person has at most one challenge of a line that is open or answered.',
    sql: `SELECT line_id, person_id FROM book_challenge WHERE state IN ('open', 'answered')
          GROUP BY line_id, person_id HAVING COUNT(*) > 1`,
  },
  {
    name: 'book.challenge-has-text',
    statement: 'A challenge begins with the words of its challenger and is of a line of its community.',
    sql: `SELECT c.id FROM book_challenge c LEFT JOIN book_line l ON l.id = c.line_id AND l.community_id = c.community_id
          WHERE l.id IS NULL OR NOT EXISTS (SELECT 1 FROM book_message m WHERE m.challenge_id = c.id
            AND m.speaker = 'challenger' AND m.person_id = c.person_id)`,
  },
  loggedStateInvariant('book.challenge-logged', 'book_challenge'),
];
