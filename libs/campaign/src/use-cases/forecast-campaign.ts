import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { isPublic } from '../domain/campaign.machine.js';
import { decideAfterCollection, decideAtDeadline, type Verdict } from '../domain/decision.js';
import { CampaignError } from '../domain/errors.js';
import { judgeMatch, type MatchBinding, type MatchVerdict } from '../domain/match-binding.js';
import type { MatchPool } from '../domain/match-pool.js';
import { CampaignStore } from '../store/campaign.store.js';
import { IntakeBookStore } from '../store/intake-book.store.js';
import { MatchBindingStore } from '../store/match-binding.store.js';

/** A pool in the forecast: what it has set aside, and what would become of that. Not part of any ask. */
export interface MatchForecast extends MatchVerdict {
  readonly pool: MatchPool;
  readonly binding: MatchBinding;
}

export interface Forecast extends Verdict {
  readonly campaignId: Id<'cmp'>;
  /** The instant of the database that the numbers belong to. */
  readonly at: Date;
  readonly matches: readonly MatchForecast[];
}

/** "If it closed now": the decision itself, asked for ahead of time. Anybody may ask. */
@Injectable()
export class ForecastCampaign {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly book: IntakeBookStore,
    private readonly bindings: MatchBindingStore,
  ) {}

  async execute(campaignId: Id<'cmp'>): Promise<Forecast> {
    const campaign = await this.campaigns.find(campaignId);
    if (!campaign || !isPublic(campaign))
      throw new CampaignError('campaign_not_found', 'there is no such campaign');
    return this.unitOfWork.run(async (tx) => {
      const tallies = await this.book.tallies(tx, campaignId);
      const late = campaign.state !== 'notice' && campaign.state !== 'open' && campaign.state !== 'closing';
      const verdict = late ? decideAfterCollection(tallies) : decideAtDeadline(tallies, campaign.paymentMode);
      const bound = await this.bindings.ofCampaign(campaignId, tx);
      const matches = bound.map((row) => ({ ...row, ...judgeMatch(row.pool, verdict) }));
      return { ...verdict, campaignId, at: await this.book.now(tx), matches };
    });
  }
}
