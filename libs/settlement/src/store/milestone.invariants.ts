import { loggedStateInvariant, type Invariant } from '@hehuo/platform';

const balance = 'a.credits_posted - a.debits_posted';
const rest = 'm.budget - m.paid_out - m.given_back - m.left_over';
/** Hours after which a sum that goes back to its payers must be asked back whole. */
const hoursMax = 6;

/** Payment's rows, read only: what payouts put back into the payable account of a campaign. */
export const CAME_BACK = `SELECT x.campaign_id, SUM(x.amount) AS fen FROM (
  SELECT campaign_id, amount FROM payout WHERE state = 'returned' OR (state = 'withdrawn' AND released_by IS NOT NULL)
  UNION ALL SELECT campaign_id, amount FROM claw_back WHERE state = 'confirmed') x GROUP BY x.campaign_id`;

const PAID_OUT = `SELECT x.campaign_id, x.part, SUM(x.amount) AS fen FROM (
  SELECT campaign_id, part, amount FROM payout WHERE state IN ('released', 'sent', 'done')
  UNION ALL SELECT p.campaign_id, p.part, -b.amount FROM claw_back b JOIN payout p ON p.id = b.payout_id
            WHERE b.state = 'confirmed') x GROUP BY x.campaign_id, x.part`;

const FACT = `CONCAT('pledge:', s.pledge_id, ':', r.part, IF(r.round > 1, CONCAT(':', r.round), ''))`;

export const MILESTONE_INVARIANTS: readonly Invariant[] = [
  loggedStateInvariant('settlement.milestone-logged', 'milestone_budget'),
  loggedStateInvariant('settlement.milestone-decision-logged', 'milestone_decision'),
  loggedStateInvariant('settlement.refund-run-logged', 'refund_run'),
  {
    name: 'settlement.milestone-sums',
    statement: 'The budgets of the milestones sum to the money of the paid pledges.',
    sql: `SELECT m.campaign_id, m.budget, p.paid FROM
            (SELECT campaign_id, SUM(budget) AS budget FROM milestone_budget WHERE part LIKE 'milestone:%' GROUP BY campaign_id) m
          LEFT JOIN (SELECT campaign_id, SUM(quantity) AS paid FROM pledge WHERE state = 'paid' GROUP BY campaign_id) p
            ON p.campaign_id = m.campaign_id
          WHERE m.budget <> COALESCE(p.paid, 0)`,
  },
  {
    name: 'settlement.matched-budget',
    statement: 'What donors matched and paid is a part of its own, to the fen.',
    sql: `SELECT x.campaign_id, SUM(x.fen) AS difference FROM (
            SELECT campaign_id, budget AS fen FROM milestone_budget WHERE part = 'matched'
            UNION ALL
            SELECT b.campaign_id, -b.received FROM match_campaign b JOIN match_pool p ON p.id = b.pool_id WHERE p.unit = 'fen'
          ) x GROUP BY x.campaign_id HAVING SUM(x.fen) <> 0`,
  },
  {
    name: 'settlement.budgeted',
    statement: 'A settled campaign with paid pledges has budgets.',
    sql: `SELECT r.campaign_id FROM settlement_run r
          JOIN (SELECT campaign_id FROM pledge WHERE state = 'paid' GROUP BY campaign_id) p ON p.campaign_id = r.campaign_id
          LEFT JOIN (SELECT campaign_id FROM milestone_budget WHERE part LIKE 'milestone:%' GROUP BY campaign_id) m
            ON m.campaign_id = r.campaign_id
          WHERE r.state = 'done' AND m.campaign_id IS NULL`,
  },
  {
    name: 'settlement.surplus-moved',
    statement: 'The surplus holds what the milestones left over.',
    sql: `SELECT campaign_id FROM milestone_budget GROUP BY campaign_id
          HAVING SUM(IF(part = 'surplus', budget, 0)) <> SUM(IF(part LIKE 'milestone:%', left_over, 0))`,
  },
  {
    name: 'settlement.returned-match',
    statement: 'Matched money whose payers have their own money back is kept for its donors, to the fen.',
    sql: `SELECT x.campaign_id, SUM(x.moved), SUM(x.kept), SUM(x.owed) FROM (
            SELECT campaign_id, IF(part = 'matched', left_over, 0) AS moved, IF(part = 'returned_match', budget, 0) AS kept, 0 AS owed
            FROM milestone_budget
            UNION ALL
            SELECT b.campaign_id, 0, 0, GREATEST(0, b.received + b.returned - b.confirmed)
            FROM match_campaign b JOIN match_pool p ON p.id = b.pool_id WHERE p.unit = 'fen'
          ) x GROUP BY x.campaign_id HAVING SUM(x.moved) <> SUM(x.owed) OR SUM(x.kept) <> SUM(x.owed)`,
  },
  {
    name: 'settlement.milestone-paid-out',
    statement: 'What counts as paid out of a milestone is its payouts that left, less what payees gave back.',
    sql: `SELECT m.campaign_id, m.part, m.paid_out, p.fen FROM milestone_budget m
          LEFT JOIN (${PAID_OUT}) p ON p.campaign_id = m.campaign_id AND p.part = m.part
          WHERE m.paid_out <> COALESCE(p.fen, 0)
          UNION ALL
          SELECT p.campaign_id, p.part, NULL, p.fen FROM (${PAID_OUT}) p
          LEFT JOIN milestone_budget m ON m.campaign_id = p.campaign_id AND m.part = p.part
          WHERE m.id IS NULL AND p.fen <> 0`,
  },
  {
    name: 'settlement.milestone-given-back',
    statement: 'What a milestone gave back is the sum of its refund runs.',
    sql: `SELECT m.campaign_id, m.part FROM milestone_budget m
          LEFT JOIN (SELECT campaign_id, part, SUM(amount) AS fen FROM refund_run GROUP BY campaign_id, part) r
            ON r.campaign_id = m.campaign_id AND r.part = m.part
          WHERE m.given_back <> COALESCE(r.fen, 0)`,
  },
  {
    name: 'settlement.payable-left',
    statement:
      'What is payable is what no milestone has spent, with what refund runs have not asked back yet.',
    sql: `SELECT m.campaign_id, ${balance} AS fen FROM
            (SELECT m.campaign_id, SUM(${rest}) AS fen FROM milestone_budget m GROUP BY m.campaign_id) m
          LEFT JOIN (SELECT campaign_id, SUM(amount - requested) AS fen FROM refund_run GROUP BY campaign_id) r
            ON r.campaign_id = m.campaign_id
          LEFT JOIN ledger_account a ON a.owner = m.campaign_id AND a.code = 'payable' AND a.unit = 'fen'
          WHERE COALESCE(${balance}, 0) <> m.fen + COALESCE(r.fen, 0)`,
  },
  {
    name: 'settlement.refund-shares',
    statement: 'The shares of a refund run that is planned sum to what goes back.',
    sql: `SELECT r.id, r.amount, SUM(s.amount) AS shared FROM refund_run r LEFT JOIN refund_share s ON s.run_id = r.id
          WHERE r.state <> 'planning' GROUP BY r.id, r.amount, r.shares
          HAVING COALESCE(SUM(s.amount), 0) <> r.amount OR COUNT(s.pledge_id) <> r.shares`,
  },
  {
    name: 'settlement.refund-share-once',
    statement:
      'A share behind the cursor of its run is one refund of its sum out of what is payable; others are none yet.',
    sql: `SELECT s.run_id, s.pledge_id FROM refund_share s JOIN refund_run r ON r.id = s.run_id
          LEFT JOIN refund f ON f.fact = ${FACT}
          WHERE (s.pledge_id <= r.cursor_pledge_id) <> (f.id IS NOT NULL)
             OR (f.id IS NOT NULL AND (f.amount <> s.amount OR f.charge_id <> s.charge_id OR f.source <> 'payable'))`,
  },
  {
    name: 'settlement.refund-run-goes-on',
    statement: `A refund run is asked back whole within ${hoursMax} h.`,
    sql: `SELECT id FROM refund_run WHERE state <> 'done' AND created_at < UTC_TIMESTAMP(3) - INTERVAL ${hoursMax} HOUR`,
  },
];
