import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { CAMPAIGN_MACHINE } from '../domain/campaign.machine.js';
import type { Campaign } from '../domain/campaign.js';
import { CampaignError } from '../domain/errors.js';
import { Installation } from '@hehuo/platform';
import { farEnough, launchTiming, shortTiming, type RehearsalTiming } from '../domain/launch-plan.js';
import { asksMoney, checkApproval } from '../domain/review.js';
import { CampaignStore } from '../store/campaign.store.js';
import { GoalStore } from '../store/goal.store.js';
import { ReviewStore } from '../store/review.store.js';
import { requireReviewer, requireVersion } from './access.js';

/**
 * Puts a reviewed campaign before the neighbours. Every item of this round must be judged, the reviewer is not the
 * organiser, and where money is asked for it is known who holds it.
 */
@Injectable()
export class ApproveCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly goal: GoalStore,
    private readonly reviews: ReviewStore,
    private readonly outbox: Outbox,
    private readonly installation: Installation,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    /** The version that was judged; the campaign cannot have changed since. */
    readonly version: number | null;
    readonly rehearsal?: RehearsalTiming;
  }): Promise<Campaign> {
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, input.campaignId);
      requireReviewer(campaign, input.actor);
      requireVersion(campaign, input.version);
      // The state comes first: what else is wrong with a draft is nothing that a reviewer can mend.
      CAMPAIGN_MACHINE.next(campaign.state, 'approve');
      const withMoney = asksMoney(await this.goal.asks(campaign.id, tx));
      checkApproval(await this.reviews.ofRound(campaign.id, campaign.round, tx), withMoney);
      const now = await this.campaigns.now(tx);
      const short = this.installation.shortDeadlines ? shortTiming(campaign, now) : undefined;
      const timing = launchTiming(campaign.noticeDays, input.rehearsal ?? short);
      const noticeEndsAt = new Date(now.getTime() + timing.noticeMs);
      this.requireLaunchable(campaign, withMoney, noticeEndsAt, timing.openMsMin);
      const changed = await this.campaigns.changeState(tx, campaign, 'approve', { noticeEndsAt });
      await this.outbox.add(tx, [
        { topic: 'campaign.changed', ref: campaign.id },
        { topic: 'campaign.opening', ref: campaign.id, notBefore: noticeEndsAt },
      ]);
      return changed;
    });
  }

  private requireLaunchable(campaign: Campaign, withMoney: boolean, opening: Date, openMsMin: number): void {
    if (withMoney && campaign.custodyAccountId === null) {
      throw new CampaignError('custody_account_missing', 'say first which account holds the money');
    }
    if (campaign.deadline && !farEnough(opening, campaign.deadline, openMsMin)) {
      throw new CampaignError(
        'deadline_too_near',
        'too little time is left after the notice; return it, so that a later deadline can be set',
        { noticeEndsAt: opening.toISOString(), deadline: campaign.deadline.toISOString() },
      );
    }
  }
}
