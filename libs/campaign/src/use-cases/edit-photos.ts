import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { isPublic } from '../domain/campaign.machine.js';
import { refuseFlaws } from '../domain/errors.js';
import { photoFlaws, requireTakesPhotos, type Photo } from '../domain/photo.js';
import { CampaignStore } from '../store/campaign.store.js';
import { requireOrganiser, requireVersion } from './access.js';
import { CampaignPhotos } from './campaign-photos.js';

export interface EditPhotosInput {
  readonly actor: Actor;
  readonly campaignId: Id<'cmp'>;
  /** The version that the change was made on. */
  readonly version: number;
  /** All of them in their order; the first is the cover. */
  readonly photos: readonly Photo[];
}

/** Writes the photos of a campaign as a whole. Only the organiser, at the desk and while it runs. */
@Injectable()
export class EditPhotos {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly photos: CampaignPhotos,
    private readonly outbox: Outbox,
  ) {}

  execute({ actor, campaignId, version, photos }: EditPhotosInput): Promise<Campaign> {
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, campaignId);
      requireOrganiser(campaign, actor);
      requireTakesPhotos(campaign.state);
      requireVersion(campaign, version);
      refuseFlaws('campaign_field_invalid', photoFlaws(photos));
      await this.photos.replace(tx, campaign, photos, actor.personId);
      // Whoever has the page open sees the new ones; nobody is told of a draft.
      if (isPublic(campaign)) await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaignId }]);
      return this.campaigns.findForUpdate(tx, campaignId);
    });
  }
}
