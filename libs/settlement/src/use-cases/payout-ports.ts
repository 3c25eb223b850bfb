import { Injectable } from '@nestjs/common';
import { CampaignStore, MatchBindingStore, owedToDonor } from '@hehuo/campaign';
import { ReadPartners } from '@hehuo/identity';
import type { Id, Tx } from '@hehuo/kernel';
import {
  CustodyCampaigns,
  PayeePartners,
  PayoutBudgets,
  type PartLeft,
  type PayoutCampaign,
  type PayoutPart,
} from '@hehuo/payment';
import { sqlOf } from '@hehuo/platform';
import { SettlementError } from '../domain/errors.js';
import { restOf } from '../domain/milestone.js';
import { MilestoneStore } from '../store/milestone.store.js';

/** Payouts are taken out of the budgets that the settlement fixed. */
@Injectable()
export class MilestoneBudgets extends PayoutBudgets {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly milestones: MilestoneStore,
    private readonly matches: MatchBindingStore,
  ) {
    super();
  }

  async campaign(campaignId: Id<'cmp'>): Promise<PayoutCampaign | null> {
    const campaign = await this.campaigns.find(campaignId);
    if (!campaign?.custodyAccountId) return null;
    const { communityId, organiserId, custodyAccountId } = campaign;
    return { communityId, organiserId, custodyAccountId };
  }

  async left(tx: Tx, campaignId: Id<'cmp'>, part: PayoutPart): Promise<PartLeft | null> {
    const all = await this.milestones.ofCampaign(campaignId, sqlOf(tx));
    const budget = all.find((one) => one.part === part);
    if (budget?.state !== 'open') return null;
    const owners = part === 'returned_match' ? await this.donors(tx, campaignId) : null;
    return { left: restOf(budget), payeeId: budget.payeeId, owners };
  }

  /** Who gave money for matches of this campaign and is owed some of it. */
  private async donors(tx: Tx, campaignId: Id<'cmp'>): Promise<string[]> {
    const bound = await this.matches.ofCampaign(campaignId, tx);
    return bound
      .filter(({ pool, binding }) => pool.unit === 'fen' && owedToDonor(binding) > 0n)
      .map(({ pool }) => pool.donorName);
  }

  take(tx: Tx, campaignId: Id<'cmp'>, part: PayoutPart, amount: bigint): Promise<boolean> {
    return this.milestones.take(tx, campaignId, part, amount);
  }

  async putBack(tx: Tx, campaignId: Id<'cmp'>, part: PayoutPart, amount: bigint): Promise<void> {
    if (await this.milestones.putBack(tx, campaignId, part, amount)) return;
    throw new SettlementError('milestone_not_found', 'more would come back than this milestone paid out');
  }
}

@Injectable()
export class CampaignsOfAccounts extends CustodyCampaigns {
  constructor(private readonly campaigns: CampaignStore) {
    super();
  }

  undecided(tx: Tx, account: { readonly id: Id<'cus'>; readonly communityId: Id<'com'> }): Promise<number> {
    return this.campaigns.countUndecidedAt(tx, account.communityId, account.id);
  }
}

@Injectable()
export class VerifiedPartners extends PayeePartners {
  constructor(private readonly partners: ReadPartners) {
    super();
  }

  isVerified(partnerId: Id<'ptn'>): Promise<boolean> {
    return this.partners.isVerified(partnerId);
  }

  isMember(partnerId: Id<'ptn'>, personId: Id<'per'>): Promise<boolean> {
    return this.partners.isMember(partnerId, personId);
  }
}
