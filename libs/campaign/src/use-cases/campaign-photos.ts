import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { FileReaders, Files, notAPicture, type StoredFile } from '@hehuo/platform';
import type { Campaign } from '../domain/campaign.js';
import { isPublic } from '../domain/campaign.machine.js';
import type { Photo } from '../domain/photo.js';
import { CampaignStore } from '../store/campaign.store.js';
import { PhotoStore } from '../store/photo.store.js';
import { mayRead } from './access.js';

const PHOTO_OBJECT = 'campaign_photo';
/** A day: a photo that was taken down is gone from every cache by then. */
const keepSeconds = 86_400;

export interface ShownPhoto extends Photo, Pick<StoredFile, 'width' | 'height' | 'mediumSha256'> {}

/** The photos of campaigns as files: everybody sees those of a public campaign, its readers those of any other. */
@Injectable()
export class CampaignPhotos {
  constructor(
    readers: FileReaders,
    campaigns: CampaignStore,
    private readonly photos: PhotoStore,
    private readonly files: Files,
  ) {
    const find = (objectId: string) => campaigns.find(objectId as Id<'cmp'>);
    readers.registerPublic(PHOTO_OBJECT, {
      keepSeconds,
      isPublic: async ({ objectId }) => {
        const campaign = await find(objectId);
        return campaign !== null && isPublic(campaign);
      },
      mayRead: async (reader, { objectId }) => {
        const campaign = await find(objectId);
        return campaign !== null && mayRead(campaign, reader);
      },
    });
  }

  /** Those of each campaign in their order; campaigns without any are not in it. */
  async of(campaignIds: readonly Id<'cmp'>[]): Promise<Map<Id<'cmp'>, ShownPhoto[]>> {
    const [photos, files] = await Promise.all([
      this.photos.of(campaignIds),
      this.files.of(PHOTO_OBJECT, campaignIds),
    ]);
    const lists = new Map<Id<'cmp'>, ShownPhoto[]>();
    for (const { campaignId, fileId, alt } of photos) {
      const file = files.get(campaignId)?.find(({ id }) => id === fileId);
      // Two statements, and a photo may be taken away between them.
      if (!file) continue;
      const { width, height, mediumSha256 } = file;
      lists.set(campaignId, [...(lists.get(campaignId) ?? []), { fileId, alt, width, height, mediumSha256 }]);
    }
    return lists;
  }

  /**
   * Makes these the photos of a campaign that the caller holds. Throws `file_not_usable` for an upload that is unknown,
   * somebody else's or shown elsewhere, and `file_not_a_picture`.
   */
  async replace(tx: Tx, campaign: Campaign, photos: readonly Photo[], by: Id<'per'>): Promise<void> {
    const { id: objectId, communityId } = campaign;
    const fileIds = photos.map(({ fileId }) => fileId);
    await this.files.replace(tx, fileIds, { objectType: PHOTO_OBJECT, objectId, communityId, by });
    const files = (await this.files.of(PHOTO_OBJECT, [objectId], tx)).get(objectId) ?? [];
    if (files.some(({ width }) => width === null)) throw notAPicture();
    await this.photos.replace(tx, campaign, photos);
  }

  /** Takes all photos of these campaigns away. */
  async remove(tx: Tx, campaignIds: readonly Id<'cmp'>[]): Promise<void> {
    await this.photos.remove(tx, campaignIds);
    await this.files.release(tx, PHOTO_OBJECT, campaignIds);
  }
}
