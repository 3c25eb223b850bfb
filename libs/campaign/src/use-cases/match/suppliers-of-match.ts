import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import type { Campaign } from '../../domain/campaign.js';
import { exclusionOf } from '../../domain/match-of.js';
import { MatchStores } from '../../store/match-stores.js';
import { KnownParties, type PartyPointers } from './known-parties.js';
import { MatchHomes } from './match-homes.js';
import { ofPool, ReleaseMatches } from './release-matches.js';

const SUPPLIERS: PartyPointers = { persons: '', households: '', partners: '/supplierIds' };

/** Keeps the households of a campaign's suppliers out of a pool, also where something was set aside for them before. */
@Injectable()
export class SuppliersOfMatch {
  constructor(
    private readonly stores: MatchStores,
    private readonly homes: MatchHomes,
    private readonly release: ReleaseMatches,
    private readonly parties: KnownParties,
  ) {}

  /** The caller holds the intake, where there is one, and the campaign. Throws `match_pool_invalid` for an unknown partner. */
  async keepOut(
    tx: Tx,
    campaign: Campaign,
    poolId: Id<'mpl'>,
    partners: readonly Id<'ptn'>[],
  ): Promise<void> {
    if (partners.length === 0) return;
    await this.parties.assert({ persons: [], households: [], partners }, SUPPLIERS);
    const { id: campaignId, communityId, organiserId } = campaign;
    const bound = await this.stores.bindings.lockOfCampaign(tx, campaignId);
    await this.stores.pools.exclude(tx, { poolId, campaignId }, { households: [], persons: [], partners });
    const pool = bound.find((one) => one.pool.id === poolId)?.pool;
    const excluded = (await this.homes.of(tx, { campaignId, communityId, organiserId }, [poolId])).get(
      poolId,
    );
    if (!pool || !excluded) return;
    const open = ofPool(await this.stores.reservations.open(tx, campaignId), pool);
    const theirs = open.filter((match) => exclusionOf(excluded, match) === 'supplier');
    await this.release.back(tx, campaignId, pool, theirs, 'excluded_supplier');
  }
}
