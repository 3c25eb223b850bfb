import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { Part } from '../domain/milestone.js';
import {
  REFUND_RUN_MACHINE,
  type RefundRun,
  type RefundRunEvent,
  type RefundRunState,
  type RefundShare,
} from '../domain/refund-run.js';

const COLUMNS = `id, campaign_id, community_id, part, round, amount, requested, shares, cursor_pledge_id, state, version`;
const rowsPerStatement = 1000;

interface RunRecord {
  readonly id: Id<'rfr'>;
  readonly campaign_id: Id<'cmp'>;
  readonly community_id: Id<'com'>;
  readonly part: Part;
  readonly round: number;
  readonly amount: string;
  readonly requested: string;
  readonly shares: number;
  readonly cursor_pledge_id: string;
  readonly state: RefundRunState;
  readonly version: number;
}

export type NewRefundRun = Pick<RefundRun, 'id' | 'campaignId' | 'communityId' | 'part' | 'amount'> & {
  readonly decisionId: Id<'mdc'>;
};

/** Sums that go back to everybody who paid, with each payer's share. */
@Injectable()
export class RefundRunStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  /** The caller holds the budget of the part, so that rounds are counted by one at a time. */
  async insert(tx: Tx, run: NewRefundRun): Promise<void> {
    const { id, campaignId, communityId, decisionId, part, amount } = run;
    const state = REFUND_RUN_MACHINE.initial;
    const known = await sqlOf(tx).row<{ n: string }>(
      'SELECT COUNT(*) AS n FROM refund_run WHERE campaign_id = ? AND part = ?',
      [campaignId, part],
    );
    await sqlOf(tx).change(
      `INSERT INTO refund_run (id, campaign_id, community_id, decision_id, part, round, amount, state) VALUES (?)`,
      [[id, campaignId, communityId, decisionId, part, Number(known?.n ?? 0) + 1, amount, state]],
    );
    await this.log.append(tx, [
      { objectType: 'refund_run', objectId: id, from: null, to: state, event: 'start' },
    ]);
  }

  async findForUpdate(tx: Tx, id: Id<'rfr'>): Promise<RefundRun | null> {
    const row = await sqlOf(tx).row<RunRecord>(`SELECT ${COLUMNS} FROM refund_run WHERE id = ? FOR UPDATE`, [
      id,
    ]);
    return row && runOf(row);
  }

  async ofCampaign(campaignId: Id<'cmp'>): Promise<RefundRun[]> {
    const rows = await this.database.rows<RunRecord>(
      `SELECT ${COLUMNS} FROM refund_run WHERE campaign_id = ? ORDER BY id`,
      [campaignId],
    );
    return rows.map(runOf);
  }

  /** Whether an earlier run of the campaign has not asked back all of its shares: until then nobody's rest is known. */
  async waitsForEarlier(tx: Tx, { id, campaignId }: RefundRun): Promise<boolean> {
    const row = await sqlOf(tx).row(
      "SELECT id FROM refund_run WHERE campaign_id = ? AND id < ? AND state <> 'done' LIMIT 1",
      [campaignId, id],
    );
    return row !== null;
  }

  async insertShares(tx: Tx, runId: Id<'rfr'>, shares: readonly RefundShare[]): Promise<void> {
    for (let at = 0; at < shares.length; at += rowsPerStatement) {
      const rows = shares
        .slice(at, at + rowsPerStatement)
        .map(({ pledgeId, chargeId, weight, amount }) => [runId, pledgeId, chargeId, weight, amount]);
      await sqlOf(tx).change(
        'INSERT INTO refund_share (run_id, pledge_id, charge_id, weight, amount) VALUES ?',
        [rows],
      );
    }
    await sqlOf(tx).change('UPDATE refund_run SET shares = ? WHERE id = ?', [shares.length, runId]);
  }

  /** The next shares behind the cursor, by the id of their pledge. */
  async nextShares(tx: Tx, { id, cursor }: RefundRun, limit: number): Promise<RefundShare[]> {
    const rows = await sqlOf(tx).rows<{
      pledge_id: Id<'plg'>;
      charge_id: Id<'chg'>;
      weight: string;
      amount: string;
    }>(
      `SELECT pledge_id, charge_id, weight, amount FROM refund_share WHERE run_id = ? AND pledge_id > ?
       ORDER BY pledge_id LIMIT ?`,
      [id, cursor, limit],
    );
    return rows.map((row) => ({
      pledgeId: row.pledge_id,
      chargeId: row.charge_id,
      weight: BigInt(row.weight),
      amount: BigInt(row.amount),
    }));
  }

  /** Moves the cursor behind shares that are asked back. The caller holds the row. */
  async advance(tx: Tx, { id }: RefundRun, lastPledgeId: string, requested: bigint): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE refund_run SET cursor_pledge_id = ?, requested = requested + ? WHERE id = ?',
      [lastPledgeId, requested, id],
    );
  }

  /** The one place that writes a run's state. The caller holds the row. */
  async changeState(tx: Tx, { id, state }: RefundRun, event: RefundRunEvent): Promise<void> {
    const to = REFUND_RUN_MACHINE.next(state, event);
    await sqlOf(tx).change(
      `UPDATE refund_run SET state = ?, version = version + 1, done_at = IF(? = 'done', UTC_TIMESTAMP(3), NULL)
       WHERE id = ? AND state = ?`,
      [to, to, id, state],
    );
    await this.log.append(tx, [{ objectType: 'refund_run', objectId: id, from: state, to, event }]);
  }

  /** Runs that are not done, the oldest first. */
  async due(limit: number): Promise<Id<'rfr'>[]> {
    const rows = await this.database.rows<{ id: Id<'rfr'> }>(
      "SELECT id FROM refund_run WHERE state IN ('planning', 'executing') ORDER BY id LIMIT ?",
      [limit],
    );
    return rows.map(({ id }) => id);
  }
}

function runOf(row: RunRecord): RefundRun {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    communityId: row.community_id,
    part: row.part,
    round: Number(row.round),
    amount: BigInt(row.amount),
    requested: BigInt(row.requested),
    shares: Number(row.shares),
    cursor: row.cursor_pledge_id,
    state: row.state,
    version: Number(row.version),
  };
}
