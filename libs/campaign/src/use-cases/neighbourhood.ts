import { Injectable } from '@nestjs/common';
import { CommunityPolicies, Memberships, ReadCommunity, type VerifiedMember } from '@hehuo/community';
import type { Id, Tx } from '@hehuo/kernel';
import type { AskSetting } from '../domain/ask-plan.js';
import { CampaignError } from '../domain/errors.js';
import { openDaysMax } from '../domain/limits.js';

/** What a campaign takes from its community; later changes of the community's rules do not touch it. */
export interface CommunitySetting extends AskSetting {
  readonly communityId: Id<'com'>;
  readonly name: string;
  readonly timeZone: string;
  readonly streetId: Id<'reg'>;
  readonly noticeDays: number;
  readonly collectionHours: number;
  /** Days from the opening to the last possible deadline. */
  readonly daysMax: number;
}

/** The community around a campaign: its rules, and who belongs to it. */
@Injectable()
export class Neighbourhood {
  constructor(
    private readonly communities: ReadCommunity,
    private readonly policies: CommunityPolicies,
    private readonly memberships: Memberships,
  ) {}

  async setting(communityId: Id<'com'>, tx?: Tx): Promise<CommunitySetting> {
    const community = await this.communities.byId(communityId);
    if (!community)
      throw new CampaignError('community_unknown', 'there is no such community', { communityId });
    const policy = await this.policies.current(communityId, tx);
    return {
      communityId,
      name: community.name,
      timeZone: community.timeZone,
      streetId: community.streetId,
      householdCount: community.householdCount,
      attention: policy.attentionShare,
      moneyPerPersonMax: policy.moneyPerPersonMax,
      noticeDays: policy.noticeDays,
      collectionHours: policy.collectionHours,
      daysMax: Math.min(openDaysMax, policy.campaignDaysMax),
    };
  }

  /** The verified member; throws `not_a_member` for everybody else: anybody reads, members act. */
  async member(tx: Tx, communityId: Id<'com'>, personId: Id<'per'>): Promise<VerifiedMember> {
    const member = (await this.memberships.verified(tx, communityId, [personId])).get(personId);
    if (!member) {
      throw new CampaignError('not_a_member', 'only verified residents of this community can do this', {
        communityId,
      });
    }
    return member;
  }

  /** A verified member of full age: whoever answers for a campaign has full legal capacity (民法典 §§17, 18). */
  async adult(tx: Tx, communityId: Id<'com'>, personId: Id<'per'>): Promise<VerifiedMember> {
    const member = await this.member(tx, communityId, personId);
    if (member.ageClass !== 'adult') {
      throw new CampaignError('adults_only', 'somebody of full age must do this with you');
    }
    return member;
  }

  /** A member old enough to speak for the household; below 14 a guardian does (domain.md §2.4). */
  async speaker(tx: Tx, communityId: Id<'com'>, personId: Id<'per'>): Promise<VerifiedMember> {
    const member = await this.member(tx, communityId, personId);
    if (member.ageClass === 'child') {
      throw new CampaignError('adults_only', 'your guardian can do this for the household');
    }
    return member;
  }
}
