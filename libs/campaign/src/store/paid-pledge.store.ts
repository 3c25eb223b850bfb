import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';

export interface PaidPledge {
  readonly id: Id<'plg'>;
  readonly chargeId: Id<'chg'>;
  /** Fen that it paid. */
  readonly amount: bigint;
}

/** Pledges of money that a campaign that succeeded has taken, for giving part of it back. */
@Injectable()
export class PaidPledgeStore {
  /** By id, those after `afterId`, at most `limit`. */
  async page(tx: Tx, campaignId: Id<'cmp'>, afterId: string, limit: number): Promise<PaidPledge[]> {
    const rows = await sqlOf(tx).rows<{
      id: Id<'plg'>;
      winning_charge_id: Id<'chg'>;
      quantity: string;
    }>(
      `SELECT id, winning_charge_id, quantity FROM pledge FORCE INDEX (pledge_by_campaign)
       WHERE campaign_id = ? AND id > ? AND kind = 'money' AND state = 'paid' AND winning_charge_id IS NOT NULL
       ORDER BY id LIMIT ?`,
      [campaignId, afterId, limit],
    );
    return rows.map(({ id, winning_charge_id: chargeId, quantity }) => ({
      id,
      chargeId,
      amount: BigInt(quantity),
    }));
  }
}
