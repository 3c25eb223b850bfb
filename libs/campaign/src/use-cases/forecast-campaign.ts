import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { isPublic } from '../domain/campaign.machine.js';
import { decideAfterCollection, decideAtDeadline, type Verdict } from '../domain/decision.js';
import { CampaignError } from '../domain/errors.js';
import { CampaignStore } from '../store/campaign.store.js';
import { IntakeBookStore } from '../store/intake-book.store.js';

export interface Forecast extends Verdict {
  readonly campaignId: Id<'cmp'>;
  /** The instant of the database that the numbers belong to. */
  readonly at: Date;
}

/** "If it closed now": the decision itself, asked for ahead of time. Anybody may ask. */
@Injectable()
export class ForecastCampaign {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly book: IntakeBookStore,
  ) {}

  async execute(campaignId: Id<'cmp'>): Promise<Forecast> {
    const campaign = await this.campaigns.find(campaignId);
    if (!campaign || !isPublic(campaign))
      throw new CampaignError('campaign_not_found', 'there is no such campaign');
    return this.unitOfWork.run(async (tx) => {
      const tallies = await this.book.tallies(tx, campaignId);
      const late = campaign.state !== 'notice' && campaign.state !== 'open' && campaign.state !== 'closing';
      const verdict = late ? decideAfterCollection(tallies) : decideAtDeadline(tallies, campaign.paymentMode);
      return { ...verdict, campaignId, at: await this.book.now(tx) };
    });
  }
}
