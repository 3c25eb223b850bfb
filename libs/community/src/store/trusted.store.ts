import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';

@Injectable()
export class TrustedStore {
  /** A grant counts while it runs and while the person is a verified member. */
  async isTrusted(tx: Tx, communityId: Id<'com'>, personId: Id<'per'>): Promise<boolean> {
    const row = await sqlOf(tx).row(
      `SELECT t.id FROM trusted_neighbour t
       JOIN membership m ON m.community_id = t.community_id AND m.open_for = t.person_id AND m.state = 'verified'
       WHERE t.community_id = ? AND t.open_for = ? AND t.until_at > UTC_TIMESTAMP(3)`,
      [communityId, personId],
    );
    return row !== null;
  }
}
