import { Injectable } from '@nestjs/common';
import { ReadCommunity } from '@hehuo/community';
import type { Id } from '@hehuo/kernel';
import type { CampaignState } from '../domain/campaign.machine.js';
import { mostAlike } from '../domain/likeness.js';
import { CampaignListStore } from '../store/campaign-list.store.js';
import { NeedStore } from '../store/need.store.js';
import { Neighbourhood } from './neighbourhood.js';

/** Candidates read from each place, newest first: bounded by the indexes on community and state. */
const candidatesMax = 300;
const communitiesNearMax = 30;
const foundMax = 5;
export const similarTextCharactersMax = 200;

/** What a neighbour could still join instead of starting the same again, or learn from. */
const JOINABLE: readonly CampaignState[] = [
  'notice',
  'open',
  'closing',
  'collecting',
  'succeeded',
  'delivering',
];

export interface Similar {
  readonly type: 'need' | 'campaign';
  readonly id: Id<'ned'> | Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly title: string;
  readonly state: string;
  readonly near: 'same_community' | 'same_street';
  /** 0 to 1. */
  readonly score: number;
}

interface Candidate extends Omit<Similar, 'near' | 'score'> {
  readonly text: string;
}

/** Open needs and running campaigns like a text: those of the community first, then those of the same street. */
@Injectable()
export class FindSimilar {
  constructor(
    private readonly neighbourhood: Neighbourhood,
    private readonly communities: ReadCommunity,
    private readonly needs: NeedStore,
    private readonly campaigns: CampaignListStore,
  ) {}

  async execute(input: { readonly communityId: Id<'com'>; readonly text: string }): Promise<Similar[]> {
    const { streetId } = await this.neighbourhood.setting(input.communityId);
    const text = [...input.text].slice(0, similarTextCharactersMax).join('');
    const street = await this.communities.inStreet(streetId, communitiesNearMax);
    const near = street.filter((id) => id !== input.communityId);
    const [here, there] = await Promise.all([
      this.candidates([input.communityId]),
      near.length > 0 ? this.candidates(near) : [],
    ]);
    return [...found(text, here, 'same_community'), ...found(text, there, 'same_street')];
  }

  private async candidates(communityIds: readonly Id<'com'>[]): Promise<Candidate[]> {
    const [needs, campaigns] = await Promise.all([
      this.needs.joinable(communityIds, candidatesMax),
      this.campaigns.list({
        communityIds,
        organiserId: null,
        states: JOINABLE,
        hidePrivatelyCancelled: true,
        kind: null,
        before: null,
        limit: candidatesMax,
      }),
    ]);
    return [
      ...campaigns.map(({ id, communityId, title, lead, placeText, state }) => ({
        type: 'campaign' as const,
        id,
        communityId,
        title,
        state,
        text: `${lead} ${placeText}`,
      })),
      ...needs.map(({ id, communityId, title, text, state }) => ({
        type: 'need' as const,
        id,
        communityId,
        title,
        state,
        text,
      })),
    ];
  }
}

function found(text: string, candidates: readonly Candidate[], near: Similar['near']): Similar[] {
  return mostAlike(text, candidates, foundMax).map(({ candidate, score }) => {
    const { type, id, communityId, title, state } = candidate;
    return { type, id, communityId, title, state, near, score };
  });
}
