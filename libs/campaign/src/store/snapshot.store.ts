import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { Kind } from '../domain/kind.js';
import type { AskVerdict } from '../domain/decision.js';

export type SnapshotStage = 'deadline' | 'collection' | 'cancel';

/** What an ask was when it was decided. Quantities are decimal text in the unit of the ask. */
export interface FrozenAsk {
  readonly askId: string;
  readonly kind: Kind;
  readonly title: string;
  readonly required: boolean;
  readonly met: boolean;
  readonly minimum: string;
  readonly wanted: string;
  readonly promised: string;
  readonly held: string;
  readonly counted: string;
  readonly short: string;
  readonly pledges: string;
}

export interface Snapshot {
  readonly campaignId: Id<'cmp'>;
  readonly stage: SnapshotStage;
  readonly outcome: string;
  readonly asks: readonly FrozenAsk[];
  readonly pledges: bigint;
  readonly decidedAt: Date;
}

/** What a decision was made from. Written once with it; the application has no right to change it afterwards. */
@Injectable()
export class SnapshotStore {
  constructor(private readonly database: Database) {}

  async write(
    tx: Tx,
    snapshot: {
      campaignId: Id<'cmp'>;
      stage: SnapshotStage;
      outcome: string;
      asks: readonly AskVerdict[];
      pledges: bigint;
    },
  ): Promise<void> {
    const asks = snapshot.asks.map(
      ({
        askId,
        kind,
        title,
        minimum,
        wanted,
        required,
        reserved,
        held,
        counted,
        met,
        short,
        pledges,
      }): FrozenAsk => ({
        askId,
        kind,
        title,
        required,
        met,
        minimum: `${minimum}`,
        wanted: `${wanted}`,
        promised: `${reserved}`,
        held: `${held}`,
        counted: `${counted}`,
        short: `${short}`,
        pledges: `${pledges}`,
      }),
    );
    await sqlOf(tx).change(
      `INSERT INTO campaign_snapshot (campaign_id, stage, outcome, asks, pledges, decided_at)
       VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3))`,
      [snapshot.campaignId, snapshot.stage, snapshot.outcome, JSON.stringify(asks), snapshot.pledges],
    );
  }

  async ofCampaign(campaignId: Id<'cmp'>): Promise<Snapshot[]> {
    const rows = await this.database.rows<{
      stage: SnapshotStage;
      outcome: string;
      asks: unknown;
      pledges: string;
      decided_at: Date;
    }>(
      'SELECT stage, outcome, asks, pledges, decided_at FROM campaign_snapshot WHERE campaign_id = ? ORDER BY decided_at',
      [campaignId],
    );
    return rows.map((row) => ({
      campaignId,
      stage: row.stage,
      outcome: row.outcome,
      // MySQL's JSON type arrives parsed, MariaDB's as text.
      asks: (typeof row.asks === 'string' ? JSON.parse(row.asks) : row.asks) as Snapshot['asks'],
      pledges: BigInt(row.pledges),
      decidedAt: row.decided_at,
    }));
  }
}
