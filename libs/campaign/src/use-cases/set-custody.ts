import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { CampaignError } from '../domain/errors.js';
import { paysBackInTime } from '../domain/launch-plan.js';
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
  /** Days within which money paid at once can surely go back; null where nobody can pay online. */
  readonly payNowDaysMax: number | null;
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
      requireFit(campaign, input.account, await this.campaigns.now(tx));
      await this.drafts.setCustody(tx, campaign, input.account.id);
      return this.campaigns.findForUpdate(tx, campaign.id);
    });
  }
}

function requireFit(campaign: Campaign, account: CustodyFacts, now: Date): void {
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
  const { payNowDaysMax } = account;
  if (
    campaign.paymentMode === 'pay_now' &&
    payNowDaysMax !== null &&
    !paysBackInTime(campaign, now, payNowDaysMax)
  ) {
    throw unfit(
      `money paid at once into this account can go back for ${payNowDaysMax} days; end sooner, or take it on success`,
    );
  }
}
