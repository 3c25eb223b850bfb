import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { Campaign } from '../domain/campaign.js';
import type { Photo } from '../domain/photo.js';
import { changedMeanwhile } from './campaign.store.js';

export interface PhotoOfCampaign extends Photo {
  readonly campaignId: Id<'cmp'>;
  readonly position: number;
}

/** Which photos a campaign has, in which order and with which words. Their bytes are files of the platform. */
@Injectable()
export class PhotoStore {
  constructor(private readonly database: Database) {}

  /** In their order. */
  of(campaignIds: readonly Id<'cmp'>[]): Promise<PhotoOfCampaign[]> {
    if (campaignIds.length === 0) return Promise.resolve([]);
    return this.database.rows<PhotoOfCampaign>(
      `SELECT campaign_id AS campaignId, position, file_id AS fileId, alt FROM campaign_photo
       WHERE campaign_id IN (?) ORDER BY campaign_id, position`,
      [campaignIds],
    );
  }

  /** Puts these in place of the others and counts the version up. The caller holds the campaign. */
  async replace(tx: Tx, campaign: Campaign, photos: readonly Photo[]): Promise<void> {
    await this.remove(tx, [campaign.id]);
    if (photos.length > 0) {
      await sqlOf(tx).change('INSERT INTO campaign_photo (campaign_id, position, file_id, alt) VALUES ?', [
        photos.map(({ fileId, alt }, position) => [campaign.id, position, fileId, alt]),
      ]);
    }
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE campaign SET version = version + 1 WHERE id = ? AND version = ?',
      [campaign.id, campaign.version],
    );
    if (affectedRows !== 1) throw changedMeanwhile(campaign);
  }

  async remove(tx: Tx, campaignIds: readonly Id<'cmp'>[]): Promise<void> {
    if (campaignIds.length === 0) return;
    await sqlOf(tx).change('DELETE FROM campaign_photo WHERE campaign_id IN (?)', [campaignIds]);
  }
}
