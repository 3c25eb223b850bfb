import { Injectable } from '@nestjs/common';
import { ReadCampaigns, type CampaignListInput } from '@hehuo/campaign';
import { ReadCommunity } from '@hehuo/community';
import { pageOf } from '../http/paging.js';
import { campaignItem, type CampaignList } from './campaigns.dto.js';

/** Puts a page of the list of campaigns together: each part of it is one statement, however many cards there are. */
@Injectable()
export class CampaignLists {
  constructor(
    private readonly campaigns: ReadCampaigns,
    private readonly communities: ReadCommunity,
  ) {}

  async page({ limit, ...filter }: CampaignListInput): Promise<CampaignList> {
    const cards = await this.campaigns.list({ ...filter, limit: limit + 1 });
    const names = await this.communities.names(cards.map(({ communityId }) => communityId));
    const { items, next } = pageOf(
      cards,
      limit,
      ({ id }) => [id],
      (card) => campaignItem(card, names.get(card.communityId) ?? ''),
    );
    return { items: [...items], next };
  }
}
