import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { CampaignError } from '../domain/errors.js';
import { mayHold, type HolderKind } from '../domain/legal-type.js';
import { CampaignStore } from '../store/campaign.store.js';
import { DraftStore } from '../store/draft.store.js';
import { requireReviewer } from './access.js';

/** What the accounts' own context says about one. */
export interface CustodyFacts {
  readonly id: Id<'cus'>;
  readonly communityId: Id<'com'>;
  readonly holderKind: HolderKind;
  readonly active: boolean;
  /** Whether a payment gateway is behind it. */
  readonly online: boolean;
}

/** Says who holds the money. Staff know the community's accounts; the organiser must not choose a purse. */
@Injectable()
export class SetCustody {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly drafts: DraftStore,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly account: CustodyFacts;
  }): Promise<Campaign> {
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, input.campaignId);
      requireReviewer(campaign, input.actor);
      if (!['draft', 'in_review', 'returned'].includes(campaign.state)) {
        throw new CampaignError('campaign_frozen', 'the account was shown to the neighbours and stays', {
          state: campaign.state,
        });
      }
      requireFit(campaign, input.account);
      await this.drafts.setCustody(tx, campaign, input.account.id);
      return this.campaigns.findForUpdate(tx, campaign.id);
    });
  }
}

function requireFit(campaign: Campaign, account: CustodyFacts): void {
  const unfit = (message: string) =>
    new CampaignError('custody_account_unfit', message, { custodyAccountId: account.id });
  if (account.communityId !== campaign.communityId) throw unfit('this account belongs to another community');
  if (!account.active) throw unfit('this account is not active');
  if (!mayHold(campaign.legalType, account.holderKind)) {
    throw unfit(`a campaign of the type ${campaign.legalType} is not held by ${account.holderKind}`);
  }
  if (!account.online && campaign.paymentMode !== null && campaign.paymentMode !== 'offline') {
    throw unfit('nobody can pay online into this account; choose another, or payment offline');
  }
}
