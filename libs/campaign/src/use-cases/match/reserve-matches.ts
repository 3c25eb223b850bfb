import { Injectable } from '@nestjs/common';
import { Clock, derivedId, newId, type Id, type Tx } from '@hehuo/kernel';
import type { NewTransfer } from '@hehuo/ledger';
import { matchAccount } from '../../domain/match-accounts.js';
import {
  matchAll,
  type BoundPool,
  type MatchDraft,
  type PledgeToMatch,
} from '../../domain/match-reservation.js';
import { MatchStores } from '../../store/match-stores.js';
import { MatchHomes, type MatchPlace } from './match-homes.js';

/** What a batch sets aside, ready to be written with the pledges themselves. */
export interface Reserved {
  readonly drafts: readonly (MatchDraft & { readonly id: Id<'mrs'> })[];
  /** Each sum that was set aside, as a reservation in the books. */
  readonly transfers: readonly NewTransfer[];
  readonly sums: ReadonlyMap<Id<'mpl'>, bigint>;
}

/**
 * Sets match funds aside in the transaction of the pledge, under the intake's lock and then the pools' in the order of
 * their ids. The number of statements does not depend on the number of pledges; a campaign without a pool makes none.
 */
@Injectable()
export class ReserveMatches {
  constructor(
    private readonly stores: MatchStores,
    private readonly homes: MatchHomes,
    private readonly clock: Clock,
  ) {}

  /** Locks the pools of a campaign and reads what a batch of pledges by these people is matched by. */
  async open(tx: Tx, place: MatchPlace, personIds: readonly Id<'per'>[]): Promise<BoundPool[]> {
    const bound = await this.stores.bindings.lockOfCampaign(tx, place.campaignId);
    const poolIds = bound.map(({ pool }) => pool.id);
    if (poolIds.length === 0) return [];
    const [sums, homes] = await Promise.all([
      this.stores.reservations.perPerson(tx, place.campaignId, [...new Set(personIds)]),
      this.homes.of(tx, place, poolIds),
    ]);
    return bound.map(({ pool, binding }) => ({
      pool,
      bindingId: binding.id,
      excluded: homes.get(pool.id) ?? { households: new Map(), persons: new Map() },
      taken: { pool: pool.reserved, campaign: binding.reserved },
      perPerson: new Map(
        sums.filter(({ poolId }) => poolId === pool.id).map(({ personId, sum }) => [personId, sum]),
      ),
    }));
  }

  decide(
    pools: readonly BoundPool[],
    campaignId: Id<'cmp'>,
    pledges: readonly PledgeToMatch[],
    at: Date,
  ): Reserved {
    const atMs = this.clock.now().getTime();
    const drafts = matchAll(pools, pledges, at).map((draft) => ({ ...draft, id: newId('mrs', atMs) }));
    const sums = new Map<Id<'mpl'>, bigint>();
    const transfers: NewTransfer[] = [];
    for (const { id, poolId, line } of drafts) {
      const unit = pools.find(({ pool }) => pool.id === poolId)?.pool.unit;
      if (line.amount === 0n || !unit) continue;
      sums.set(poolId, (sums.get(poolId) ?? 0n) + line.amount);
      transfers.push({
        id: derivedId('trf', id),
        kind: 'pending',
        debit: matchAccount('match_pool', unit, poolId),
        credit: matchAccount('match_to', unit, campaignId),
        amount: line.amount,
        reason: 'match',
        ref: id,
      });
    }
    return { drafts, transfers, sums };
  }

  /** Everything but the transfers, which go into the books together with those of the pledges. */
  async write(
    tx: Tx,
    place: { readonly campaignId: Id<'cmp'>; readonly now: Date },
    { drafts, sums }: Reserved,
  ): Promise<void> {
    await Promise.all([
      ...[...sums].flatMap(([poolId, reserved]) => [
        this.stores.pools.move(tx, poolId, { reserved }),
        this.stores.bindings.move(tx, place.campaignId, poolId, { reserved }),
      ]),
      this.stores.reservations.insert(tx, place, drafts),
    ]);
  }
}
