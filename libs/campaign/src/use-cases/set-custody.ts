import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { CampaignError } from '../domain/errors.js';
import { CampaignStore } from '../store/campaign.store.js';
import { DraftStore } from '../store/draft.store.js';
import { requireReviewer } from './access.js';

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
    readonly custodyAccountId: Id<'cus'>;
  }): Promise<Campaign> {
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, input.campaignId);
      requireReviewer(campaign, input.actor);
      if (!['draft', 'in_review', 'returned'].includes(campaign.state)) {
        throw new CampaignError('campaign_frozen', 'the account was shown to the neighbours and stays', {
          state: campaign.state,
        });
      }
      await this.drafts.setCustody(tx, campaign, input.custodyAccountId);
      return this.campaigns.findForUpdate(tx, campaign.id);
    });
  }
}
