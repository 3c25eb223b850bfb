import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { decideAfterCollection } from '../domain/decision.js';
import { CampaignStore } from '../store/campaign.store.js';
import { DecisionBook } from './decision-book.js';

/**
 * The second decision: when the collection window is over, or earlier when everybody has paid. Whoever did not pay is
 * dropped; the campaign succeeds only when the money that arrived still reaches every required minimum.
 */
@Injectable()
export class EndCollection {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly book: DecisionBook,
    private readonly outbox: Outbox,
  ) {}

  async execute(campaignId: Id<'cmp'>): Promise<'not_due' | 'succeeded' | 'failed'> {
    if (await this.book.haltIfBroken(campaignId)) return 'not_due';
    return this.unitOfWork.run(async (tx) => {
      const campaign = await this.book.lock(tx, campaignId);
      if (campaign?.state !== 'collecting' || campaign.haltedReason !== null) return 'not_due';
      const now = await this.book.now(tx);
      const over = campaign.collectionEndsAt !== null && campaign.collectionEndsAt <= now;
      if (!over && (await this.book.awaiting(tx, campaignId)) > 0) return 'not_due';
      await this.book.let(tx, campaign, 'drop');
      const verdict = decideAfterCollection(await this.book.tallies(tx, campaignId));
      await this.book.snapshot(tx, campaignId, 'collection', verdict);
      await this.book.decideMatches(tx, campaign, verdict, now);
      const event = verdict.outcome === 'succeeded' ? 'collected' : 'under_collected';
      await this.campaigns.changeState(tx, campaign, event, { decidedAt: now });
      await this.outbox.add(tx, [{ topic: 'campaign.decided', ref: campaignId }]);
      return verdict.outcome;
    });
  }
}
