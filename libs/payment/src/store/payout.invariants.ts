import { loggedStateInvariant, type Invariant } from '@hehuo/platform';
import { payeeHoldHours } from '../domain/payee.js';

// The ledger's tables, read only: an audit compares what this room believes with what was booked.
const transfersOf = (reason: string): string => `(
  SELECT t.ref, COUNT(*) AS n, MAX(t.amount) AS amount, MAX(d.code) AS debit_code, MAX(d.owner) AS debit_owner,
         MAX(c.code) AS credit_code, MAX(c.owner) AS credit_owner
  FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id
  WHERE t.reason = '${reason}' GROUP BY t.ref)`;

/** Rows of `table` that have not exactly one right transfer where `when` holds, or have one where it does not. */
const bookedOnce = (table: string, reason: string, when: string, debit: string, credit: string): string =>
  `SELECT p.id, p.state FROM ${table} p LEFT JOIN ${transfersOf(reason)} t ON t.ref = p.id
   WHERE COALESCE(t.n, 0) <> IF(${when}, 1, 0) OR (t.n = 1 AND (t.amount <> p.amount OR t.debit_owner <> p.${debit}
     OR t.credit_owner <> p.${credit}))`;

const insiders = (column: string): string =>
  `p.${column} IN (p.proposed_by, p.account_entered_by) OR p.${column} = p.payee_person_id`;

const balance = 'a.credits_posted - a.debits_posted';

export const PAYOUT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'payment.voucher-files',
    statement: 'A file of a payout shows one voucher of it, in its community, uploaded by who proposed it.',
    sql: `SELECT f.id, f.object_id FROM stored_file f LEFT JOIN payout p ON p.id = f.object_id
          WHERE f.object_type = 'payout_voucher' AND (p.id IS NULL OR p.community_id <> f.community_id OR p.proposed_by <> f.owner_id
            OR (SELECT COUNT(*) FROM payout_voucher v WHERE v.payout_id = p.id AND v.file_id = f.id) <> 1)`,
  },
  loggedStateInvariant('payment.payout-logged', 'payout'),
  loggedStateInvariant('payment.payee-logged', 'payee'),
  {
    name: 'payment.payout-four-eyes',
    statement:
      'A payout was released by two persons who neither proposed it nor get it nor entered its account, and what became of it was confirmed by another than who sent it. Who gets it did neither.',
    sql: `SELECT p.id, p.state FROM payout p
          WHERE (p.state IN ('released', 'sent', 'done', 'returned') AND (p.approved_by IS NULL OR p.released_by IS NULL))
             OR p.approved_by = p.released_by OR ${insiders('approved_by')} OR ${insiders('released_by')}
             OR (p.state IN ('done', 'returned') AND (p.sent_by IS NULL OR p.ended_by = p.sent_by
               OR p.ended_by = p.payee_person_id)) OR p.sent_by = p.payee_person_id`,
  },
  {
    name: 'payment.payee-four-eyes',
    statement: 'Where money goes was entered by one person and confirmed by another who does not get it.',
    sql: `SELECT id FROM payee WHERE (state = 'confirmed' AND confirmed_by IS NULL)
          OR confirmed_by = entered_by OR confirmed_by = person_id`,
  },
  {
    name: 'payment.payout-proven',
    statement: 'The vouchers of a payout add up to its sum.',
    sql: `SELECT p.id FROM payout p LEFT JOIN payout_voucher v ON v.payout_id = p.id
          GROUP BY p.id, p.amount HAVING COALESCE(SUM(v.amount), 0) <> p.amount`,
  },
  {
    name: 'payment.payout-hold',
    statement: `No payout was sent in the ${payeeHoldHours} h after its account was entered or changed.`,
    sql: `SELECT id FROM payout WHERE sent_at < account_changed_at + INTERVAL ${payeeHoldHours} HOUR`,
  },
  {
    name: 'payment.payout-released-once',
    statement:
      'A payout that was released has exactly one transfer of its sum out of what is payable; no other has one.',
    sql: bookedOnce(
      'payout',
      'payout-released',
      'p.released_by IS NOT NULL',
      'campaign_id',
      'custody_account_id',
    ),
  },
  {
    name: 'payment.payout-done-once',
    statement: 'A payout that is done has exactly one transfer of its sum out of transit; no other has one.',
    sql: bookedOnce('payout', 'payout-done', "p.state = 'done'", 'custody_account_id', 'custody_account_id'),
  },
  {
    name: 'payment.payout-undone-once',
    statement: 'A payout that came back, or was withdrawn after its release, put its sum back once.',
    sql: `${bookedOnce('payout', 'payout-returned', "p.state = 'returned'", 'custody_account_id', 'campaign_id')}
          UNION ALL
          ${bookedOnce('payout', 'payout-withdrawn', "p.state = 'withdrawn' AND p.released_by IS NOT NULL", 'custody_account_id', 'campaign_id')}`,
  },
  {
    name: 'payment.payout-in-transit',
    statement: 'What is in transit out is the sum of the payouts that are released or sent.',
    sql: `SELECT a.owner, ${balance} AS fen, COALESCE(p.open, 0) AS open FROM ledger_account a
          LEFT JOIN (SELECT custody_account_id, SUM(amount) AS open FROM payout WHERE state IN ('released', 'sent')
                     GROUP BY custody_account_id) p ON p.custody_account_id = a.owner
          WHERE a.code = 'payout_in_transit' AND ${balance} <> COALESCE(p.open, 0)`,
  },
  {
    name: 'payment.payout-within-payable',
    statement: 'No campaign paid out, or let go, more than ever became payable to it.',
    sql: `SELECT p.campaign_id, p.gone FROM
            (SELECT campaign_id, SUM(IF(state = 'done', amount, 0)) AS done,
                    SUM(IF(released_by IS NOT NULL, amount, 0)) AS gone FROM payout GROUP BY campaign_id) p
          LEFT JOIN ledger_account a ON a.owner = p.campaign_id AND a.code = 'payable' AND a.unit = 'fen'
          WHERE p.done > p.gone OR p.gone > COALESCE(a.credits_posted, 0)`,
  },
  {
    name: 'payment.claw-back-once',
    statement:
      'A confirmed claw-back has exactly one transfer of its sum back to what is payable; no other has one.',
    sql: bookedOnce('claw_back', 'claw-back', "p.state = 'confirmed'", 'custody_account_id', 'campaign_id'),
  },
  {
    name: 'payment.claw-back-within-payout',
    statement: 'Never more came back than a payout paid, and two persons saw it.',
    sql: `SELECT b.payout_id FROM claw_back b LEFT JOIN payout p ON p.id = b.payout_id AND p.state = 'done'
          WHERE b.state <> 'refused' GROUP BY b.payout_id, p.amount HAVING p.amount IS NULL OR SUM(b.amount) > p.amount
          UNION ALL SELECT payout_id FROM claw_back WHERE state = 'confirmed' AND decided_by = entered_by`,
  },
];
