import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { CampaignError } from '../domain/errors.js';
import { asksMoney, checkVerdict, REVIEW_ITEMS, type ReviewedItem } from '../domain/review.js';
import { checkReason } from '../domain/reason.js';
import { CampaignStore } from '../store/campaign.store.js';
import { GoalStore } from '../store/goal.store.js';
import { ReviewStore, type ReviewEntry } from '../store/review.store.js';
import { requireReviewer } from './access.js';

/** Saves verdicts on items of the round at hand, any number at a time. */
@Injectable()
export class ReviewCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly goal: GoalStore,
    private readonly reviews: ReviewStore,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly items: readonly ReviewedItem[];
  }): Promise<ReviewEntry[]> {
    const { actor, items } = input;
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, input.campaignId);
      requireReviewer(campaign, actor);
      if (campaign.state !== 'in_review') {
        throw new CampaignError('not_in_review', 'only a campaign in review is judged', {
          state: campaign.state,
        });
      }
      const withMoney = asksMoney(await this.goal.asks(campaign.id, tx));
      if (
        new Set(items.map(({ item }) => item)).size !== items.length ||
        items.length > REVIEW_ITEMS.length
      ) {
        throw new CampaignError('review_incomplete', 'judge each item once');
      }
      for (const item of items) {
        checkVerdict(item, withMoney);
        if (item.reason !== null) checkReason(item.reason);
      }
      if (items.length > 0) await this.reviews.put(tx, campaign, actor.personId, items);
      return this.reviews.ofRound(campaign.id, campaign.round, tx);
    });
  }
}
