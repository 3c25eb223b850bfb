import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { ReviewedItem } from '../domain/review.js';

export interface ReviewEntry extends ReviewedItem {
  readonly round: number;
  readonly reviewerId: Id<'per'>;
  readonly at: Date;
}

/** One verdict an item and round. Earlier rounds stay as they were. */
@Injectable()
export class ReviewStore {
  constructor(private readonly database: Database) {}

  /** Saves verdicts of this round; a later verdict on the same item takes the place of the earlier. */
  async put(
    tx: Tx,
    campaign: { readonly id: Id<'cmp'>; readonly round: number },
    reviewerId: Id<'per'>,
    items: readonly ReviewedItem[],
  ): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO review_item (campaign_id, round, item, verdict, reason, reviewer_id) VALUES ?
       ON DUPLICATE KEY UPDATE verdict = VALUES(verdict), reason = VALUES(reason),
         reviewer_id = VALUES(reviewer_id), created_at = UTC_TIMESTAMP(3)`,
      [
        items.map(({ item, verdict, reason }) => [
          campaign.id,
          campaign.round,
          item,
          verdict,
          reason,
          reviewerId,
        ]),
      ],
    );
  }

  async ofRound(campaignId: Id<'cmp'>, round: number, tx?: Tx): Promise<ReviewEntry[]> {
    return (tx ? sqlOf(tx) : this.database).rows<ReviewEntry>(`${SELECT} AND round = ? ORDER BY item`, [
      campaignId,
      round,
    ]);
  }

  async all(campaignId: Id<'cmp'>): Promise<ReviewEntry[]> {
    return this.database.rows<ReviewEntry>(`${SELECT} ORDER BY round DESC, item`, [campaignId]);
  }
}

const SELECT = `SELECT item, verdict, reason, round, reviewer_id AS reviewerId, created_at AS at
  FROM review_item WHERE campaign_id = ?`;
