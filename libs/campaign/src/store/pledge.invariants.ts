import type { Invariant } from '@hehuo/platform';

const ACTIVE = "('promised', 'awaiting_payment', 'held')";

export const PLEDGE_INVARIANTS: readonly Invariant[] = [
  {
    name: 'pledge.counters',
    statement:
      'Until it is decided, an ask counts exactly what stands promised and held, and never passes its cap.',
    sql: `SELECT i.ask_id FROM ask_intake i JOIN ask a ON a.id = i.ask_id JOIN campaign c ON c.id = i.campaign_id
          LEFT JOIN (SELECT ask_id, SUM(quantity) AS reserved, SUM(IF(state = 'held', quantity, 0)) AS held, COUNT(*) AS n
                     FROM pledge WHERE state IN ${ACTIVE} GROUP BY ask_id) p ON p.ask_id = i.ask_id
          WHERE (c.state IN ('open', 'closing', 'collecting', 'suspended')
              AND (i.reserved <> COALESCE(p.reserved, 0) OR i.held <> COALESCE(p.held, 0) OR i.pledges <> COALESCE(p.n, 0)))
             OR i.reserved > a.cap OR i.held > i.reserved`,
  },
  {
    name: 'pledge.intake-count',
    statement: 'The intake counts as many pledges as its asks.',
    sql: `SELECT i.campaign_id FROM intake i
          JOIN (SELECT campaign_id, SUM(pledges) AS n FROM ask_intake GROUP BY campaign_id) a ON a.campaign_id = i.campaign_id
          WHERE i.pledges <> a.n`,
  },
  {
    name: 'pledge.slots',
    statement: 'A slot holds exactly the places that were promised in it, and never more than it has.',
    sql: `SELECT s.id FROM slot s JOIN campaign c ON c.id = s.campaign_id
          LEFT JOIN (SELECT slot_id, SUM(places) AS places FROM pledge WHERE state IN ${ACTIVE} GROUP BY slot_id) p ON p.slot_id = s.id
          WHERE s.reserved > s.capacity
             OR (c.state IN ('open', 'closing', 'collecting', 'suspended') AND s.reserved <> COALESCE(p.places, 0))`,
  },
  {
    name: 'pledge.before-the-close',
    statement: 'No pledge was taken after its campaign closed.',
    sql: `SELECT p.id FROM pledge p JOIN intake i ON i.campaign_id = p.campaign_id
          WHERE i.closed_at IS NOT NULL AND p.created_at > i.closed_at`,
  },
  {
    name: 'pledge.per-person',
    statement: 'Nobody has more promised to an ask than it takes from one person.',
    sql: `SELECT p.ask_id, p.person_id FROM pledge p JOIN ask a ON a.id = p.ask_id
          WHERE p.state IN ${ACTIVE} AND a.per_person_max IS NOT NULL
          GROUP BY p.ask_id, p.person_id, a.per_person_max HAVING SUM(p.quantity) > a.per_person_max`,
  },
  {
    name: 'pledge.promise-booked',
    statement: 'Every pledge has its promise in the ledger, of its own quantity.',
    sql: `SELECT p.id FROM pledge p LEFT JOIN ledger_transfer t ON t.id = CONCAT('trf_', SUBSTRING(p.id, 5))
          WHERE t.id IS NULL OR t.amount <> p.quantity OR t.kind <> 'pending'`,
  },
  {
    name: 'pledge.held-has-charge',
    statement: 'A pledge whose money is held or was paid names the charge that brought it.',
    sql: `SELECT id FROM pledge WHERE state IN ('held', 'paid', 'refund_due', 'refunded') AND winning_charge_id IS NULL`,
  },
  {
    name: 'campaign.decided-has-snapshot',
    statement: 'Every decision has the snapshot it was made from.',
    sql: `SELECT c.id FROM campaign c LEFT JOIN campaign_snapshot s ON s.campaign_id = c.id
          WHERE c.decided_at IS NOT NULL AND c.state IN ('succeeded', 'failed', 'collecting', 'delivering', 'completed')
            AND s.campaign_id IS NULL`,
  },
  {
    name: 'campaign.closes-in-time',
    statement: 'No campaign stays open more than two minutes after its deadline.',
    sql: `SELECT campaign_id FROM intake WHERE state = 'open' AND deadline < UTC_TIMESTAMP(3) - INTERVAL 120 SECOND`,
  },
];
