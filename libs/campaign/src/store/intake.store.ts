import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';

export type IntakeState = 'open' | 'suspended' | 'closed';

export interface IntakeHead {
  readonly state: IntakeState;
  readonly deadline: Date;
  readonly pledges: bigint;
  /** Pools of match funds that are bound to the campaign. */
  readonly matchPools: number;
  /** By the database's clock, in the transaction that holds the row. */
  readonly deadlinePassed: boolean;
}

/** What an ask has so far, in its unit; `held` is money that was paid and is kept. */
export interface AskCount {
  readonly askId: Id<'ask'>;
  readonly reserved: bigint;
  readonly held: bigint;
  readonly pledges: bigint;
}

/**
 * The narrow rows that admit pledges. Everybody who changes both locks the intake row before the campaign row, so
 * that the batcher, the closer and staff never wait for each other in a circle.
 */
@Injectable()
export class IntakeStore {
  constructor(private readonly database: Database) {}

  /** Writes the intake of a campaign that opens: one row for the campaign and one counter for each ask. */
  async open(
    tx: Tx,
    intake: {
      readonly campaignId: Id<'cmp'>;
      readonly communityId: Id<'com'>;
      readonly deadline: Date;
      readonly askIds: readonly Id<'ask'>[];
    },
  ): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO intake (campaign_id, community_id, state, deadline, match_pools)
       SELECT ?, ?, 'open', ?, COUNT(*) FROM match_campaign WHERE campaign_id = ?`,
      [intake.campaignId, intake.communityId, intake.deadline, intake.campaignId],
    );
    await sqlOf(tx).change('INSERT INTO ask_intake (ask_id, campaign_id) VALUES ?', [
      intake.askIds.map((askId) => [askId, intake.campaignId]),
    ]);
  }

  /** Locks the campaign's intake until the transaction ends. Null before the campaign was ever open. */
  async lockHead(tx: Tx, campaignId: Id<'cmp'>): Promise<IntakeHead | null> {
    const row = await sqlOf(tx).row<{
      state: IntakeState;
      deadline: Date;
      pledges: string;
      match_pools: number;
      passed: number | string;
    }>(
      `SELECT state, deadline, pledges, match_pools, deadline <= UTC_TIMESTAMP(3) AS passed
       FROM intake WHERE campaign_id = ? FOR UPDATE`,
      [campaignId],
    );
    if (!row) return null;
    return {
      state: row.state,
      deadline: row.deadline,
      pledges: BigInt(row.pledges),
      matchPools: Number(row.match_pools),
      deadlinePassed: Number(row.passed) === 1,
    };
  }

  /** The intake as a page shows it, without a lock. `version` changes with every batch of pledges. */
  async peek(
    campaignId: Id<'cmp'>,
  ): Promise<{ state: IntakeState; version: string; pledges: bigint; matchPools: number } | null> {
    const row = await this.database.row<{
      state: IntakeState;
      version: string;
      pledges: string;
      matchPools: number;
    }>('SELECT state, version, pledges, match_pools AS matchPools FROM intake WHERE campaign_id = ?', [
      campaignId,
    ]);
    return row && { ...row, pledges: BigInt(row.pledges), matchPools: Number(row.matchPools) };
  }

  /** Counts one more pool that is bound to the campaign. The caller holds the row. */
  async addMatchPool(tx: Tx, campaignId: Id<'cmp'>): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE intake SET match_pools = match_pools + 1, version = version + 1 WHERE campaign_id = ?',
      [campaignId],
    );
  }

  /** Stops or starts admission. The caller holds the row. */
  async changeState(tx: Tx, campaignId: Id<'cmp'>, from: IntakeState, to: IntakeState): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE intake SET state = ?, version = version + 1,
              closed_at = IF(? = 'closed', UTC_TIMESTAMP(3), closed_at)
       WHERE campaign_id = ? AND state = ?`,
      [to, to, campaignId, from],
    );
    return affectedRows === 1;
  }

  /** Marks that settlement took the pledges over; false when it already had, or pledges may still come in. */
  async handOver(tx: Tx, campaignId: Id<'cmp'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE intake SET handed_over_at = UTC_TIMESTAMP(3), version = version + 1
       WHERE campaign_id = ? AND state = 'closed' AND handed_over_at IS NULL`,
      [campaignId],
    );
    return affectedRows === 1;
  }

  /** Moves the deadline of an open intake that has not reached it; false when it has. The caller holds the row. */
  async moveDeadline(tx: Tx, campaignId: Id<'cmp'>, deadline: Date): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE intake SET deadline = ?, version = version + 1
       WHERE campaign_id = ? AND state = 'open' AND deadline > UTC_TIMESTAMP(3)`,
      [deadline, campaignId],
    );
    return affectedRows === 1;
  }

  /** The counters of a campaign's asks, for pages (no lock) or inside the transaction that holds the intake. */
  async counts(campaignId: Id<'cmp'>, tx?: Tx): Promise<AskCount[]> {
    const rows = await (tx ? sqlOf(tx) : this.database).rows<{
      askId: Id<'ask'>;
      reserved: string;
      held: string;
      pledges: string;
    }>('SELECT ask_id AS askId, reserved, held, pledges FROM ask_intake WHERE campaign_id = ?', [campaignId]);
    return rows.map(({ askId, reserved, held, pledges }) => ({
      askId,
      reserved: BigInt(reserved),
      held: BigInt(held),
      pledges: BigInt(pledges),
    }));
  }
}
