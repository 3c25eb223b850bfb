import type { Actor } from '@hehuo/identity';
import type { Id, Tx } from '@hehuo/kernel';
import type { Campaign } from '../../domain/campaign.js';
import { MatchError } from '../../domain/match-errors.js';
import type { CampaignStore } from '../../store/campaign.store.js';
import type { BoundRow } from '../../store/match-binding.store.js';
import type { MatchStores } from '../../store/match-stores.js';
import { requireOffice } from './match-office.js';

export interface MatchOfCampaign {
  readonly actor: Actor;
  readonly campaignId: Id<'cmp'>;
  readonly poolId: Id<'mpl'>;
}

/** The binding of a pool to a campaign, locked for somebody who may write about its money. */
export async function lockedBinding(
  tx: Tx,
  { campaigns, stores }: { readonly campaigns: CampaignStore; readonly stores: MatchStores },
  { actor, campaignId, poolId }: MatchOfCampaign,
  roles: readonly ('community_staff' | 'fund_approver')[],
): Promise<BoundRow & { readonly campaign: Campaign }> {
  const campaign = await campaigns.find(campaignId);
  const bound = campaign ? await stores.bindings.lockOfCampaign(tx, campaignId) : [];
  const row = bound.find(({ pool }) => pool.id === poolId);
  if (!campaign || !row) throw new MatchError('match_not_bound', 'this pool is not bound to this campaign');
  requireOffice(actor, roles, [campaign.communityId]);
  if (await stores.pools.isDonor(tx, poolId, actor.personId)) {
    throw new MatchError('match_same_person', 'somebody else than the donor writes down what came');
  }
  return { ...row, campaign };
}
