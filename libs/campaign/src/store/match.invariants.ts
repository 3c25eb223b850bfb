import { loggedStateInvariant, type Invariant } from '@hehuo/platform';

// Of the donor's money, what is not to be paid back to the donor.
const KEPT = 'LEAST(received, confirmed - returned)';
const HELD = "('conditional', 'reserved', 'confirmed')";
/** Pledges that stand no longer, or whose money went back. */
const ENDED = "('withdrawn', 'expired', 'dropped', 'released', 'refund_due', 'refunded', 'archived')";

// Tables of other contexts, read only: whom a pool keeps out, as far as it was known when the reservation was made.
const KEPT_OUT = `
  SELECT x.pool_id, x.campaign_id, x.ref_id AS person_id, NULL AS household_id, x.created_at AS since
  FROM match_exclusion x WHERE x.kind = 'person'
  UNION ALL SELECT x.pool_id, x.campaign_id, NULL, x.ref_id, x.created_at FROM match_exclusion x WHERE x.kind = 'household'
  UNION ALL SELECT x.pool_id, x.campaign_id, m.person_id, NULL, GREATEST(x.created_at, m.created_at)
  FROM match_exclusion x JOIN partner_member m ON m.partner_id = x.ref_id AND m.open_slot = 1 WHERE x.kind = 'partner'
  UNION ALL SELECT b.pool_id, b.campaign_id, c.organiser_id, NULL, b.created_at
  FROM match_campaign b JOIN campaign c ON c.id = b.campaign_id`;

/** What must hold of match funds at any moment. */
export const MATCH_INVARIANTS: readonly Invariant[] = [
  loggedStateInvariant('match.pool-logged', 'match_pool'),
  loggedStateInvariant('match.campaign-logged', 'match_campaign'),
  {
    name: 'match.pool-sums',
    statement:
      'A pool has set aside exactly what stands for pledges, at most its total, and its campaigns agree.',
    sql: `SELECT p.id, p.reserved, p.total FROM match_pool p
          LEFT JOIN (SELECT pool_id, SUM(IF(state IN ${HELD}, amount - returned, 0)) AS held, SUM(IF(state = 'released', amount, returned)) AS back
                     FROM match_reservation GROUP BY pool_id) r ON r.pool_id = p.id
          LEFT JOIN (SELECT pool_id, SUM(reserved) AS held, SUM(released) AS back, SUM(${KEPT}) AS received
                     FROM match_campaign GROUP BY pool_id) b ON b.pool_id = p.id
          WHERE p.reserved > p.total OR p.reserved <> COALESCE(r.held, 0) OR p.released <> COALESCE(r.back, 0)
             OR p.reserved <> COALESCE(b.held, 0) OR p.released <> COALESCE(b.back, 0) OR p.spent <> COALESCE(b.received, 0)`,
  },
  {
    name: 'match.campaign-cap',
    statement: 'A campaign has what stands for its pledges, never more than the pool gives one campaign.',
    sql: `SELECT b.id, b.reserved, p.cap_per_campaign FROM match_campaign b JOIN match_pool p ON p.id = b.pool_id
          LEFT JOIN (SELECT campaign_id, pool_id, SUM(IF(state IN ${HELD}, amount - returned, 0)) AS held,
                            SUM(IF(state IN ('confirmed', 'written_off'), amount, 0)) AS confirmed, SUM(returned) AS returned
                     FROM match_reservation GROUP BY campaign_id, pool_id) r
            ON r.campaign_id = b.campaign_id AND r.pool_id = b.pool_id
          WHERE b.reserved > p.cap_per_campaign OR b.reserved <> COALESCE(r.held, 0)
             OR b.confirmed <> COALESCE(r.confirmed, 0) OR b.returned <> COALESCE(r.returned, 0)`,
  },
  {
    name: 'match.person-cap',
    statement: 'Nobody has more set aside in one campaign than the pool gives one person.',
    sql: `SELECT r.pool_id, r.campaign_id, r.person_id, SUM(r.amount - r.returned) AS held FROM match_reservation r
          JOIN match_pool p ON p.id = r.pool_id WHERE r.state IN ${HELD}
          GROUP BY r.pool_id, r.campaign_id, r.person_id, p.cap_per_person HAVING SUM(r.amount - r.returned) > p.cap_per_person`,
  },
  {
    name: 'match.pledge-stands',
    statement: 'Nothing is set aside for a pledge that stands no longer, or that was never in this campaign.',
    sql: `SELECT r.id, r.pledge_id, p.state FROM match_reservation r LEFT JOIN pledge p ON p.id = r.pledge_id
          WHERE p.id IS NULL OR p.campaign_id <> r.campaign_id OR p.person_id <> r.person_id OR p.quantity <> r.own
             OR (r.state IN ${HELD} AND p.state IN ${ENDED})`,
  },
  {
    name: 'match.nobody-kept-out',
    statement: 'Nothing is set aside for the household of an organiser, a supplier’s member or the donor.',
    sql: `SELECT r.id, r.household_id FROM match_reservation r
          JOIN (${KEPT_OUT}) k ON k.pool_id = r.pool_id AND k.campaign_id IN ('', r.campaign_id) AND k.since <= r.created_at
          LEFT JOIN pledge p ON p.id = r.pledge_id
          LEFT JOIN membership m ON m.open_for = k.person_id AND m.community_id = p.community_id AND m.state = 'verified'
            AND COALESCE(m.reviewed_at, m.created_at) <= r.created_at
          WHERE r.state IN ${HELD}
            AND (r.person_id = k.person_id OR r.household_id = k.household_id OR r.household_id = m.household_id)`,
  },
  {
    name: 'match.factor-first',
    statement:
      'What the factor alone gives is what the line says, and less is set aside only where a cap says so.',
    sql: `SELECT r.id FROM match_reservation r JOIN match_pool p ON p.id = r.pool_id
          WHERE (r.full_amount > 0 AND r.full_amount <> r.own * p.factor_bps DIV 10000)
             OR (r.code = 'full') <> (r.full_amount > 0 AND r.amount = r.full_amount)`,
  },
  {
    name: 'match.decided-together',
    statement: 'With the last decision of its campaign a match is decided too, and not before.',
    sql: `SELECT b.id, b.state, c.state AS campaign FROM match_campaign b JOIN campaign c ON c.id = b.campaign_id
          WHERE (c.state IN ('succeeded', 'failed', 'delivering', 'completed', 'cancelled')) = (b.state = 'bound')
             OR (b.state <> 'bound' AND b.reserved <> b.confirmed - b.returned)
             OR (b.state = 'released') <> (b.state NOT IN ('bound', 'written_off', 'late_entered', 'late_received', 'receipt_entered', 'received')
               AND b.confirmed = b.returned)`,
  },
  {
    name: 'match.intake-counts',
    statement: 'Admission knows how many pools a campaign has.',
    sql: `SELECT i.campaign_id, i.match_pools FROM intake i
          LEFT JOIN (SELECT campaign_id, COUNT(*) AS n FROM match_campaign GROUP BY campaign_id) b
            ON b.campaign_id = i.campaign_id
          WHERE i.match_pools <> COALESCE(b.n, 0)`,
  },
  {
    name: 'match.booked',
    statement:
      'Every sum that was set aside is a reservation in the books, open, kept or void as the line says.',
    sql: `SELECT r.id, r.state, e.kind FROM match_reservation r
          LEFT JOIN ledger_transfer t ON t.id = CONCAT('trf_', SUBSTRING(r.id, 5))
          LEFT JOIN ledger_transfer e ON e.resolves = t.id
          WHERE r.state <> 'unmatched' AND (t.id IS NULL OR t.amount <> r.amount OR t.kind <> 'pending'
            OR COALESCE(e.kind, '') <> CASE r.state WHEN 'confirmed' THEN 'post' WHEN 'written_off' THEN 'post' WHEN 'released' THEN 'void' ELSE '' END)`,
  },
  {
    name: 'match.returned-explained',
    statement: 'What a line gave back is the sum of its reasons.',
    sql: `SELECT r.id, r.returned, t.amount FROM match_reservation r
          LEFT JOIN (SELECT reservation_id, SUM(amount) AS amount FROM match_return GROUP BY reservation_id) t
            ON t.reservation_id = r.id
          WHERE r.returned <> COALESCE(t.amount, 0)
          UNION ALL
          SELECT t.reservation_id, NULL, t.amount FROM match_return t
          LEFT JOIN match_reservation r ON r.id = t.reservation_id WHERE r.id IS NULL`,
  },
  {
    name: 'match.returned-booked',
    statement: 'What a campaign gave back of a pool went from the campaign to the pool in the books.',
    sql: `SELECT b.id, b.returned, t.amount FROM match_campaign b
          LEFT JOIN (SELECT ref, SUM(amount) AS amount FROM ledger_transfer
                     WHERE reason IN ('match-returned', 'match-written-off') GROUP BY ref) t ON t.ref = b.id
          WHERE b.returned <> COALESCE(t.amount, 0)`,
  },
  {
    name: 'match.received-booked',
    statement: 'A donor’s money is booked exactly once, when two persons have seen it.',
    sql: `SELECT b.id, b.state, COUNT(t.id) AS transfers FROM match_campaign b
          LEFT JOIN ledger_transfer t ON t.ref = b.id AND t.reason = 'match-received'
          GROUP BY b.id, b.state, b.received
          HAVING COUNT(t.id) <> IF(b.state IN ('received', 'late_received'), 1, 0) OR COALESCE(SUM(t.amount), 0) <> b.received`,
  },
];
