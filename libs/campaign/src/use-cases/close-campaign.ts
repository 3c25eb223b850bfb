import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { CampaignStore } from '../store/campaign.store.js';
import { IntakeStore } from '../store/intake.store.js';

/**
 * Ends the pledging of a campaign whose deadline has passed, by the database's clock. May be called at any time and any
 * number of times: too early or again, it does nothing. From here on no pledge is admitted, because admission reads the
 * same row under the same lock.
 */
@Injectable()
export class CloseCampaign {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly intake: IntakeStore,
    private readonly outbox: Outbox,
  ) {}

  /** True when this call closed it. */
  async execute(campaignId: Id<'cmp'>): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.intake.lockHead(tx, campaignId);
      if (!head || head.state !== 'open' || !head.deadlinePassed) return false;
      const campaign = await this.campaigns.findForUpdate(tx, campaignId);
      await this.intake.changeState(tx, campaignId, 'open', 'closed');
      await this.campaigns.changeState(tx, campaign, 'pass_deadline', { closedAt: 'now' });
      await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaignId }]);
      return true;
    });
  }
}
