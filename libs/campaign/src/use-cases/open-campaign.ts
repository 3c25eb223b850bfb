import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { farEnough, launchTiming, type RehearsalTiming } from '../domain/launch-plan.js';
import { openingHindrance } from '../domain/objection.js';
import { CampaignListStore } from '../store/campaign-list.store.js';
import { CampaignStore } from '../store/campaign.store.js';
import { GoalStore } from '../store/goal.store.js';
import { IntakeStore } from '../store/intake.store.js';
import { ObjectionStore } from '../store/objection.store.js';

export type OpenResult = 'opened' | 'returned' | 'notice_running' | 'objections_open' | 'not_under_notice';

/**
 * Opens a campaign whose notice is over by the database's clock and that no open objection holds back. May be called
 * at any time and any number of times. One whose deadline came too near meanwhile goes back to its organiser, so that
 * nothing waits for ever.
 */
@Injectable()
export class OpenCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly goal: GoalStore,
    private readonly intake: IntakeStore,
    private readonly objections: ObjectionStore,
    private readonly outbox: Outbox,
  ) {}

  async execute(campaignId: Id<'cmp'>, rehearsal?: RehearsalTiming): Promise<OpenResult> {
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, campaignId);
      const { state, noticeEndsAt, deadline } = campaign;
      if (state !== 'notice' || !noticeEndsAt || !deadline) return 'not_under_notice';
      const now = await this.campaigns.now(tx);
      const openObjections = await this.objections.countOpen(campaignId, tx);
      const hindrance = openingHindrance({ now, noticeEndsAt, openObjections });
      if (hindrance) return hindrance;
      const { openMsMin } = launchTiming(campaign.noticeDays, rehearsal);
      if (!farEnough(now, deadline, openMsMin)) return this.giveBack(tx, campaign);
      return this.open(tx, campaign, deadline);
    });
  }

  private async open(tx: Tx, campaign: Campaign, deadline: Date): Promise<OpenResult> {
    const asks = await this.goal.asks(campaign.id, tx);
    await this.intake.open(tx, {
      campaignId: campaign.id,
      communityId: campaign.communityId,
      deadline,
      askIds: asks.map(({ id }) => id),
    });
    await this.campaigns.changeState(tx, campaign, 'open', { openedAt: 'now' });
    await this.outbox.add(tx, [
      { topic: 'campaign.changed', ref: campaign.id },
      { topic: 'campaign.opened', ref: campaign.id, notBefore: deadline },
    ]);
    return 'opened';
  }

  private async giveBack(tx: Tx, campaign: Campaign): Promise<OpenResult> {
    await this.campaigns.changeState(
      tx,
      campaign,
      'return',
      { noticeEndsAt: null },
      'the deadline came too near while the campaign was under notice; set a later one',
    );
    await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaign.id }]);
    return 'returned';
  }
}

/** What the sweeper asks: campaigns that can open now. */
@Injectable()
export class DueNotices {
  constructor(private readonly campaigns: CampaignListStore) {}

  /** Oldest first, at most `limit`. */
  execute(limit: number): Promise<Id<'cmp'>[]> {
    return this.campaigns.dueNotices(limit);
  }
}
