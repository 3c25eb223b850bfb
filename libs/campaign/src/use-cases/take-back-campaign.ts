import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { CampaignStore } from '../store/campaign.store.js';
import { requireOrganiser, requireVersion } from './access.js';

/** Takes a campaign back to the desk, from review or from the notice. It is then reviewed and shown again. */
@Injectable()
export class TakeBackCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly outbox: Outbox,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly version: number | null;
  }): Promise<Campaign> {
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, input.campaignId);
      requireOrganiser(campaign, input.actor);
      requireVersion(campaign, input.version);
      const changed = await this.campaigns.changeState(tx, campaign, 'revise', { noticeEndsAt: null });
      await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaign.id }]);
      return changed;
    });
  }
}
