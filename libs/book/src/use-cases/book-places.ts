import { Injectable } from '@nestjs/common';
import { CampaignStore, isPublic, type Campaign } from '@hehuo/campaign';
import { ReadCommunity, type CommunityView } from '@hehuo/community';
import { isId, type Id } from '@hehuo/kernel';
import { ReadCustody } from '@hehuo/payment';
import { BookError } from '../domain/errors.js';

/** Where money is at home: the campaign, the account and the community around them. */
@Injectable()
export class BookPlaces {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly custody: ReadCustody,
    private readonly communities: ReadCommunity,
  ) {}

  campaign(campaignId: Id<'cmp'>): Promise<Campaign | null> {
    return this.campaigns.find(campaignId);
  }

  /** The community of a campaign or custody account; null for an owner that is neither. */
  async communityOf(owner: string): Promise<Id<'com'> | null> {
    if (isId('cmp', owner)) return (await this.campaigns.find(owner))?.communityId ?? null;
    if (isId('cus', owner)) return (await this.custody.byId(owner))?.account.communityId ?? null;
    return null;
  }

  /** Throws `book_not_found`, for a campaign that is not public too. */
  async publicCampaign(campaignId: Id<'cmp'>): Promise<Campaign> {
    const campaign = await this.campaigns.find(campaignId);
    if (campaign && isPublic(campaign)) return campaign;
    throw new BookError('book_not_found', 'there is no such campaign');
  }

  /** Throws `book_not_found`. */
  async community(communityId: Id<'com'>): Promise<CommunityView> {
    const community = await this.communities.byId(communityId);
    if (community) return community;
    throw new BookError('book_not_found', 'there is no such community');
  }
}
