import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';

@Injectable()
export class ReminderStore {
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
