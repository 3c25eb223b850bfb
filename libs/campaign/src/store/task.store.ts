import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';

export type TaskKind = 'convene_meeting';

/** Work that a campaign raises for the community's staff. */
@Injectable()
export class TaskStore {
  constructor(private readonly clock: Clock) {}

  /** Raises it once for a campaign; a second raising is the same task. */
  async raise(
    tx: Tx,
    task: { readonly communityId: Id<'com'>; readonly campaignId: Id<'cmp'>; readonly kind: TaskKind },
  ): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO task (id, community_id, kind, campaign_id, state) VALUES (?, ?, ?, ?, 'open')
       ON DUPLICATE KEY UPDATE campaign_id = VALUES(campaign_id)`,
      [newId('tsk', this.clock.now().getTime()), task.communityId, task.kind, task.campaignId],
    );
  }
}
