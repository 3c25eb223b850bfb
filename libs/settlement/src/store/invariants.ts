import type { Invariant } from '@hehuo/platform';
import { ACTION_RULES, ACTIONS } from '../domain/action.js';
import { CAME_BACK, MILESTONE_INVARIANTS } from './milestone.invariants.js';

const FINAL_STATE = `CASE i.action ${ACTIONS.map(
  (action) => `WHEN '${action}' THEN '${ACTION_RULES[action].finalState}'`,
).join(' ')} END`;

const balance = 'a.credits_posted - a.debits_posted';
/** Hours after which work that waits for nobody must be over. */
const hoursMax = 6;

export const SETTLEMENT_INVARIANTS: readonly Invariant[] = [
  {
    name: 'settlement.done-is-done',
    statement: 'A run that is done has no item and no chunk that is not.',
    sql: `SELECT r.id, c.chunk_no FROM settlement_run r JOIN settlement_chunk c ON c.run_id = r.id
          WHERE r.state = 'done' AND (c.state <> 'done' OR c.done <> c.items)`,
  },
  {
    name: 'settlement.no-pledge-left',
    statement: 'After a run that is done, every pledge of its campaign has come to its end.',
    sql: `SELECT p.id, p.state FROM settlement_run r JOIN pledge p ON p.campaign_id = r.campaign_id
          WHERE r.state = 'done' AND p.state IN ('promised', 'awaiting_payment', 'held', 'refund_due')`,
  },
  {
    name: 'settlement.every-pledge-once',
    statement: 'Once all items are written, every open pledge of the campaign has one.',
    sql: `SELECT p.id FROM settlement_run r JOIN pledge p ON p.campaign_id = r.campaign_id
          LEFT JOIN settlement_item i ON i.run_id = r.id AND i.pledge_id = p.id
          WHERE r.state <> 'materialising' AND p.state IN ('promised', 'awaiting_payment', 'held') AND i.run_id IS NULL`,
  },
  {
    name: 'settlement.own-pledges',
    statement: 'An item is of a pledge of its own campaign, of its own sum.',
    sql: `SELECT i.pledge_id FROM settlement_item i JOIN settlement_run r ON r.id = i.run_id
          LEFT JOIN pledge p ON p.id = i.pledge_id AND p.campaign_id = r.campaign_id AND p.quantity = i.quantity
          WHERE p.id IS NULL`,
  },
  {
    name: 'settlement.item-matches-pledge',
    statement: 'An item that is done left its pledge in the state that its action leads to.',
    sql: `SELECT i.pledge_id, i.action, p.state FROM settlement_item i JOIN pledge p ON p.id = i.pledge_id
          WHERE i.state = 'done' AND p.state <> ${FINAL_STATE}`,
  },
  {
    name: 'settlement.promise-resolved',
    statement: 'An item that is done left no promise open in the books.',
    sql: `SELECT i.pledge_id FROM settlement_item i
          LEFT JOIN ledger_transfer t ON t.resolves = CONCAT('trf_', SUBSTRING(i.pledge_id, 5))
          WHERE i.state = 'done' AND t.id IS NULL`,
  },
  {
    name: 'settlement.chunk-counts',
    statement: 'A chunk counts its items rightly.',
    sql: `SELECT c.run_id, c.chunk_no FROM settlement_chunk c
          LEFT JOIN (SELECT run_id, chunk_no, COUNT(*) AS n, SUM(state = 'done') AS done, SUM(state = 'waiting') AS waiting,
                            SUM(state = 'needs_human') AS stuck
                     FROM settlement_item GROUP BY run_id, chunk_no) i ON i.run_id = c.run_id AND i.chunk_no = c.chunk_no
          WHERE i.n IS NULL OR i.n <> c.items OR i.done <> c.done OR i.waiting <> c.waiting OR i.stuck <> c.needs_human`,
  },
  {
    name: 'settlement.escrow',
    statement: 'The escrow of a campaign holds exactly the money of its pledges that are held.',
    sql: `SELECT a.owner, ${balance} AS fen FROM ledger_account a
          LEFT JOIN (SELECT campaign_id, SUM(quantity) AS held FROM pledge WHERE state = 'held' AND kind = 'money'
                     GROUP BY campaign_id) p ON p.campaign_id = a.owner
          WHERE a.code = 'escrow' AND ${balance} <> COALESCE(p.held, 0)`,
  },
  {
    name: 'settlement.held-is-in-escrow',
    statement: 'A pledge whose money is held belongs to a campaign with an escrow account.',
    sql: `SELECT p.id FROM pledge p LEFT JOIN ledger_account a ON a.owner = p.campaign_id AND a.code = 'escrow' AND a.unit = 'fen'
          WHERE p.state = 'held' AND a.id IS NULL`,
  },
  {
    name: 'settlement.payable',
    statement:
      'What became payable to a campaign, less what came back from payouts, is the sum of its paid pledges and of match funds received.',
    sql: `SELECT c.id FROM campaign c
          LEFT JOIN (SELECT campaign_id, SUM(quantity) AS paid FROM pledge WHERE state = 'paid' GROUP BY campaign_id) p
            ON p.campaign_id = c.id
          LEFT JOIN (SELECT b.campaign_id, SUM(b.received) AS fen FROM match_campaign b JOIN match_pool m ON m.id = b.pool_id
                     WHERE m.unit = 'fen' GROUP BY b.campaign_id) f ON f.campaign_id = c.id
          LEFT JOIN ledger_account a ON a.owner = c.id AND a.code = 'payable' AND a.unit = 'fen'
          LEFT JOIN (${CAME_BACK}) b ON b.campaign_id = c.id
          WHERE COALESCE(a.credits_posted, 0) - COALESCE(b.fen, 0) <> COALESCE(p.paid, 0) + COALESCE(f.fen, 0)`,
  },
  {
    name: 'settlement.started',
    statement: 'A campaign that was open and is decided is settled within the hour.',
    sql: `SELECT c.id FROM campaign c JOIN intake n ON n.campaign_id = c.id
          LEFT JOIN settlement_run r ON r.campaign_id = c.id
          WHERE c.state IN ('succeeded', 'failed', 'cancelled', 'delivering', 'completed') AND r.id IS NULL
            AND c.decided_at < UTC_TIMESTAMP(3) - INTERVAL 1 HOUR`,
  },
  {
    name: 'settlement.goes-on',
    statement: 'What waits for nobody is not left lying.',
    sql: `SELECT r.id AS run_id, c.chunk_no FROM settlement_run r
          LEFT JOIN settlement_chunk c ON c.run_id = r.id AND c.state = 'due'
          WHERE r.state IN ('materialising', 'executing') AND r.created_at < UTC_TIMESTAMP(3) - INTERVAL ${hoursMax} HOUR
            AND (r.state = 'materialising' OR c.created_at < UTC_TIMESTAMP(3) - INTERVAL ${hoursMax} HOUR)`,
  },
  ...MILESTONE_INVARIANTS,
];
