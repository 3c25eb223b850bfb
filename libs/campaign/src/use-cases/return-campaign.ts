import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { checkReturn, type ReviewedItem } from '../domain/review.js';
import { checkReason } from '../domain/reason.js';
import { CampaignStore } from '../store/campaign.store.js';
import { ReviewStore } from '../store/review.store.js';
import { requireReviewer, requireVersion } from './access.js';

/** Gives a campaign back to its organiser with the reasons, from review or, after an objection, from the notice. */
@Injectable()
export class ReturnCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly reviews: ReviewStore,
    private readonly outbox: Outbox,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly version: number | null;
    /** Verdicts given together with the return; those saved before count too. */
    readonly items: readonly ReviewedItem[];
  }): Promise<Campaign> {
    const { actor, items } = input;
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, input.campaignId);
      requireReviewer(campaign, actor);
      requireVersion(campaign, input.version);
      for (const { reason } of items) if (reason !== null) checkReason(reason);
      const changed = await this.campaigns.changeState(tx, campaign, 'return', { noticeEndsAt: null });
      if (items.length > 0) await this.reviews.put(tx, campaign, actor.personId, items);
      checkReturn(await this.reviews.ofRound(campaign.id, campaign.round, tx));
      await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaign.id }]);
      return changed;
    });
  }
}
