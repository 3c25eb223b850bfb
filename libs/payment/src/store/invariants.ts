import type { Invariant } from '@hehuo/platform';
import { RECONCILIATION_INVARIANTS } from './reconciliation-invariants.js';
import { BANK_INVARIANTS } from './bank.invariants.js';
import { PAYOUT_INVARIANTS } from './payout.invariants.js';

// The ledger's tables, read only: an audit compares what this room believes with what was booked.
const TRANSFERS_SQL = `(
  SELECT t.id, t.amount, t.reason, t.ref, d.owner AS debit_owner, d.code AS debit_code, c.owner AS credit_owner,
         c.code AS credit_code
  FROM ledger_transfer t JOIN ledger_account d ON d.id = t.debit_id JOIN ledger_account c ON c.id = t.credit_id)`;

/** A due matter may be this late before it counts as forgotten: workers were away, or nobody sweeps. */
const overdueMinutesMax = 60;

const PAID = `${TRANSFERS_SQL} t ON t.ref = c.id AND t.reason = 'charge-paid'`;

const REQUESTED = `SELECT r.id FROM refund r
  LEFT JOIN ${TRANSFERS_SQL} t ON t.ref = r.id AND t.reason = 'refund-requested'
  GROUP BY r.id, r.amount, r.source, r.campaign_id, r.custody_account_id
  HAVING COUNT(t.id) <> 1 OR MAX(t.amount) <> r.amount OR MAX(t.debit_code) <> r.source
    OR MAX(t.debit_owner) <> r.campaign_id OR MAX(t.credit_owner) <> r.custody_account_id`;

export const PAYMENT_INVARIANTS: readonly Invariant[] = [
  ...RECONCILIATION_INVARIANTS,
  ...BANK_INVARIANTS,
  {
    name: 'payment.charge-booked-once',
    statement:
      'A succeeded charge has exactly one transfer of the sum that came in, to the account it says; no other charge has one.',
    sql: `SELECT c.id, c.state, c.paid_amount, COUNT(t.id) AS transfers FROM charge c LEFT JOIN ${PAID}
          GROUP BY c.id, c.state, c.paid_amount, c.booked_as, c.custody_account_id, c.campaign_id
          HAVING COUNT(t.id) <> IF(c.state = 'succeeded', 1, 0)
            OR (c.state = 'succeeded' AND (MAX(t.amount) <> c.paid_amount OR MAX(t.credit_code) <> c.booked_as
              OR MAX(t.debit_owner) <> c.custody_account_id OR MAX(t.credit_owner) <> c.campaign_id))`,
  },
  {
    name: 'payment.paid-has-charge',
    statement: 'Money is booked as paid for charges that exist only.',
    sql: `SELECT t.id, t.ref FROM ${TRANSFERS_SQL} t LEFT JOIN charge c ON c.id = t.ref
          WHERE t.reason = 'charge-paid' AND c.id IS NULL`,
  },
  {
    name: 'payment.one-winner',
    statement: 'At most one charge of a pledge is held for its campaign.',
    sql: `SELECT pledge_id, COUNT(*) AS winners FROM charge WHERE booked_as = 'escrow' GROUP BY pledge_id HAVING COUNT(*) > 1`,
  },
  {
    name: 'payment.one-in-flight',
    statement: 'At most one charge of a pledge is in flight and wanted.',
    sql: `SELECT pledge_id FROM charge WHERE state IN ('new', 'sent', 'pending', 'unknown') AND close_wanted = 0
          GROUP BY pledge_id HAVING COUNT(*) > 1`,
  },
  {
    name: 'payment.operation-once',
    statement: 'One operation on a pledge is one charge, however often it was asked for.',
    sql: `SELECT pledge_id, operation_id, COUNT(*) AS times FROM charge
          GROUP BY pledge_id, operation_id HAVING COUNT(*) > 1`,
  },
  {
    name: 'payment.excess-goes-back',
    statement: 'Money that a pledge does not take goes back whole.',
    sql: `SELECT c.id FROM charge c LEFT JOIN refund r ON r.charge_id = c.id WHERE c.booked_as = 'excess'
          GROUP BY c.id, c.paid_amount HAVING COALESCE(SUM(r.amount), 0) <> c.paid_amount`,
  },
  {
    name: 'payment.refunds-within-charge',
    statement: 'Never more goes back than a charge brought.',
    sql: `SELECT r.charge_id, SUM(r.amount) AS refunded, MAX(c.paid_amount) AS paid
          FROM refund r LEFT JOIN charge c ON c.id = r.charge_id
          GROUP BY r.charge_id HAVING MAX(c.paid_amount) IS NULL OR SUM(r.amount) > MAX(c.paid_amount)`,
  },
  {
    name: 'payment.refund-fact-once',
    statement: 'One fact is answered by one refund, even where two would fit into the charge.',
    sql: 'SELECT fact, COUNT(*) AS times FROM refund GROUP BY fact HAVING COUNT(*) > 1',
  },
  {
    name: 'payment.refund-four-eyes',
    statement: 'A refund paid by hand was entered by one person and confirmed by another.',
    sql: `SELECT id FROM refund WHERE confirmed_by IS NOT NULL AND (entered_by IS NULL OR entered_by = confirmed_by)`,
  },
  {
    name: 'payment.refund-requested-once',
    statement: 'A refund has exactly one transfer of its sum into transit.',
    sql: REQUESTED,
  },
  {
    name: 'payment.refund-done-once',
    statement: 'A refund that is done has exactly one transfer of its sum out of transit; another has none.',
    sql: `SELECT r.id, r.state FROM refund r
          LEFT JOIN ${TRANSFERS_SQL} t ON t.ref = r.id AND t.reason = 'refund-done'
          GROUP BY r.id, r.state, r.amount, r.custody_account_id
          HAVING COUNT(t.id) <> IF(r.state = 'done', 1, 0)
            OR (r.state = 'done' AND (MAX(t.amount) <> r.amount OR MAX(t.debit_owner) <> r.custody_account_id))`,
  },
  {
    name: 'payment.in-transit',
    statement: 'What is in transit back is the sum of the refunds that are not done.',
    sql: `SELECT b.owner, b.credits_posted - b.debits_posted AS balance, COALESCE(r.open, 0) AS open FROM ledger_account b
          LEFT JOIN (SELECT custody_account_id, SUM(amount) AS open FROM refund WHERE state <> 'done'
                     GROUP BY custody_account_id) r ON r.custody_account_id = b.owner
          WHERE b.code = 'refund_in_transit' AND b.credits_posted - b.debits_posted <> COALESCE(r.open, 0)`,
  },
  {
    name: 'payment.nothing-forgotten',
    statement: `What is not final is planned, and not overdue by more than ${overdueMinutesMax} min; else a human has it.`,
    sql: `SELECT id, state, next_check_at AS due FROM charge WHERE state IN ('new', 'sent', 'pending', 'unknown')
            AND (next_check_at IS NULL OR next_check_at < UTC_TIMESTAMP(3) - INTERVAL ${overdueMinutesMax} MINUTE)
          UNION ALL
          SELECT id, state, next_try_at FROM refund WHERE state IN ('sent', 'processing', 'unknown', 'waiting_funds', 'due')
            AND (next_try_at IS NULL OR (next_try_at < UTC_TIMESTAMP(3) - INTERVAL ${overdueMinutesMax} MINUTE
              AND created_at < UTC_TIMESTAMP(3) - INTERVAL ${overdueMinutesMax} MINUTE))
          UNION ALL
          SELECT id, state, next_try_at FROM gateway_event WHERE state = 'received' AND (next_try_at IS NULL
            OR next_try_at < UTC_TIMESTAMP(3) - INTERVAL ${overdueMinutesMax} MINUTE)`,
  },
  {
    name: 'payment.receipt-four-eyes',
    statement:
      'Money by hand was entered by one person and confirmed by another who did not pay it, and became one charge.',
    sql: `SELECT o.id FROM offline_receipt o LEFT JOIN charge c ON c.operation_id = o.id AND c.pledge_id = o.pledge_id
          WHERE (o.state = 'confirmed') <> (c.id IS NOT NULL)
             OR (o.state = 'confirmed' AND (o.confirmed_by = o.entered_by OR o.confirmed_by = o.payer_id
               OR c.paid_amount <> o.amount))`,
  },
  {
    name: 'payment.custody-four-eyes',
    statement:
      'An account was activated by another person than who proposed it, and charges go to such accounts only.',
    sql: `SELECT c.id FROM charge c LEFT JOIN custody_account a ON a.id = c.custody_account_id
          WHERE a.id IS NULL OR a.approved_by IS NULL
          UNION ALL SELECT id FROM custody_account WHERE approved_by = proposed_by`,
  },
  {
    name: 'payment.channel-four-eyes',
    statement:
      'Merchant accounts and their keys are used after another person than who entered them said so.',
    sql: `SELECT id FROM merchant_channel WHERE (state = 'active' AND approved_by IS NULL) OR approved_by = proposed_by
          UNION ALL
          SELECT channel_id FROM merchant_key_set WHERE state IN ('current', 'previous')
            AND (approved_by IS NULL OR approved_by = entered_by)`,
  },
  {
    name: 'payment.channel-keys',
    statement: 'A merchant account uses one set of keys at a time, and nothing is kept of dropped ones.',
    sql: `SELECT channel_id FROM merchant_key_set WHERE state = 'current' GROUP BY channel_id HAVING COUNT(*) > 1
          UNION ALL
          SELECT channel_id FROM merchant_key_set WHERE state = 'dropped' AND sealed <> ''`,
  },
  {
    name: 'payment.charge-channel',
    statement: 'An online charge goes to a merchant account of its custodian.',
    sql: `SELECT c.id FROM charge c LEFT JOIN merchant_channel m ON m.custody_account_id = c.custody_account_id
            AND m.gateway = c.gateway AND m.merchant_ref = c.merchant_ref
          WHERE c.gateway <> 'offline' AND m.id IS NULL`,
  },
  ...PAYOUT_INVARIANTS,
];
