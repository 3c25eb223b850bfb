import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';

@Injectable()
export class ReminderStore {
  constructor(private readonly database: Database) {}

  /** The last reminder of each campaign that has one. */
  async latest(
    campaignIds: readonly Id<'cmp'>[],
  ): Promise<Map<Id<'cmp'>, { at: Date; hoursBefore: number }>> {
    if (campaignIds.length === 0) return new Map();
    const rows = await this.database.rows<{ campaignId: Id<'cmp'>; at: Date; hoursBefore: number }>(
      `SELECT campaign_id AS campaignId, created_at AS at, hours_before AS hoursBefore FROM collection_reminder
       WHERE campaign_id IN (?) ORDER BY hours_before DESC`,
      [campaignIds],
    );
    return new Map(rows.map(({ campaignId, at, hoursBefore }) => [campaignId, { at, hoursBefore }]));
  }

  /** Notes that the payers of a campaign were reminded; false when they already were at this distance. */
  async note(tx: Tx, id: Id<'rmd'>, campaignId: Id<'cmp'>, hoursBefore: number): Promise<boolean> {
    const known = await sqlOf(tx).row(
      'SELECT id FROM collection_reminder WHERE campaign_id = ? AND hours_before = ? FOR UPDATE',
      [campaignId, hoursBefore],
    );
    if (known) return false;
    await sqlOf(tx).change(
      'INSERT INTO collection_reminder (id, campaign_id, hours_before) VALUES (?, ?, ?)',
      [id, campaignId, hoursBefore],
    );
    return true;
  }
}
