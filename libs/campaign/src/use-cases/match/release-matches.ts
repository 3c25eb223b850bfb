import { Injectable } from '@nestjs/common';
import { derivedId, type Id, type Tx } from '@hehuo/kernel';
import { Ledger, transferId } from '@hehuo/ledger';
import { matchAccount } from '../../domain/match-accounts.js';
import type { MatchPool } from '../../domain/match-pool.js';
import type { ReleaseReason } from '../../domain/match-reservation.js';
import { pagesOf, type OpenMatch } from '../../store/match-reservation.store.js';
import { MatchStores } from '../../store/match-stores.js';

/** Gives back to the pools what was set aside, in the transaction of whatever ended the pledge. */
@Injectable()
export class ReleaseMatches {
  constructor(
    private readonly stores: MatchStores,
    private readonly ledger: Ledger,
  ) {}

  /** For pledges that ended by themselves. The caller holds the campaign's intake. */
  async ofPledges(
    tx: Tx,
    campaignId: Id<'cmp'>,
    pledgeIds: readonly Id<'plg'>[],
    reason: ReleaseReason,
  ): Promise<void> {
    if (pledgeIds.length === 0) return;
    const bound = await this.stores.bindings.lockOfCampaign(tx, campaignId);
    if (bound.length === 0) return;
    const open = await this.stores.reservations.open(tx, campaignId, pledgeIds);
    for (const { pool } of bound) await this.back(tx, campaignId, pool, ofPool(open, pool), reason);
  }

  /** For a campaign that is cancelled: nothing of any pool is owed to it. */
  async ofCampaign(tx: Tx, campaignId: Id<'cmp'>, now: Date): Promise<void> {
    const bound = await this.stores.bindings.lockOfCampaign(tx, campaignId);
    if (bound.length === 0) return;
    const open = await this.stores.reservations.open(tx, campaignId);
    for (const { pool, binding } of bound) {
      await this.back(tx, campaignId, pool, ofPool(open, pool), 'campaign_cancelled');
      await this.stores.bindings.changeState(
        tx,
        binding,
        'release',
        { decided_at: now },
        'campaign_cancelled',
      );
    }
  }

  /** Lets some reservations of one pool go. The caller holds the pool. */
  async back(
    tx: Tx,
    campaignId: Id<'cmp'>,
    pool: MatchPool,
    matches: readonly OpenMatch[],
    reason: ReleaseReason,
  ): Promise<void> {
    const [first] = matches;
    if (!first) return;
    const released = matches.reduce((sum, { amount }) => sum + amount, 0n);
    await this.stores.pools.move(tx, pool.id, { reserved: -released, released });
    await this.stores.bindings.move(tx, campaignId, pool.id, { reserved: -released, released });
    await this.stores.reservations.move(tx, matches, 'release', reason);
    for (const page of pagesOf(matches)) {
      await this.ledger.resolve(
        tx,
        'void',
        page.map(({ id }) => derivedId('trf', id)),
      );
    }
    await this.home(tx, pool, first.id, released);
  }

  /** A closed pool takes nothing new, so what comes back to it goes home to its donor at once. */
  async home(tx: Tx, pool: MatchPool, key: string, amount: bigint): Promise<void> {
    if (pool.state !== 'closed') return;
    await this.ledger.post(tx, [
      {
        id: transferId(`match:${key}:home`),
        kind: 'single',
        debit: matchAccount('match_pool', pool.unit, pool.id),
        credit: matchAccount('match_by', pool.unit, pool.id),
        amount,
        reason: 'match-pool-closed',
        ref: pool.id,
      },
    ]);
  }
}

export function ofPool(matches: readonly OpenMatch[], pool: MatchPool): OpenMatch[] {
  return matches.filter(({ poolId }) => poolId === pool.id);
}
