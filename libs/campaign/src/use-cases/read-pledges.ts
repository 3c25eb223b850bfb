import { Injectable } from '@nestjs/common';
import { hasRole, type Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { isPublic } from '../domain/campaign.machine.js';
import { CampaignError } from '../domain/errors.js';
import { PledgeError } from '../domain/pledge-errors.js';
import type { Pledge } from '../domain/pledge.js';
import { CampaignStore } from '../store/campaign.store.js';
import { PledgeStore } from '../store/pledge.store.js';

/** What anybody may see of a pledge: no phone, no door; the person only where they did not ask to stay unnamed. */
export interface PublicPledge {
  readonly id: Id<'plg'>;
  readonly askId: Id<'ask'>;
  readonly kind: Pledge['kind'];
  readonly quantity: bigint;
  readonly state: Pledge['state'];
  readonly createdAt: Date;
  /** Null for an anonymous neighbour. Shown masked. */
  readonly personId: Id<'per'> | null;
  /** Entered by staff or a trusted neighbour. */
  readonly onBehalf: boolean;
}

@Injectable()
export class ReadPledges {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly pledges: PledgeStore,
  ) {}

  /** One pledge with its text, for its person, who entered it, and staff; nobody else learns that it exists. */
  async own(actor: Actor, id: Id<'plg'>): Promise<{ pledge: Pledge; text: string | null }> {
    const pledge = await this.pledges.find(id);
    const mine = pledge && [pledge.personId, pledge.submittedBy].includes(actor.personId);
    if (!pledge || !(mine || hasRole(actor, 'community_staff', pledge.communityId))) {
      throw new PledgeError('pledge_not_found', 'you have no such pledge');
    }
    return { pledge, text: pledge.kind === 'planning' ? await this.pledges.textOf(id) : null };
  }

  /** Which of these pledges were made without a name. */
  anonymousAmong(ids: readonly Id<'plg'>[]): Promise<Set<Id<'plg'>>> {
    return this.pledges.anonymousAmong(ids);
  }

  /** Newest first, of one campaign where one is named. */
  ofPerson(
    personId: Id<'per'>,
    campaignId: Id<'cmp'> | null,
    before: string | null,
    limit: number,
  ): Promise<Pledge[]> {
    return this.pledges.ofPerson(personId, campaignId, before, limit);
  }

  async ofCampaign(campaignId: Id<'cmp'>, before: string | null, limit: number): Promise<PublicPledge[]> {
    const campaign = await this.campaigns.find(campaignId);
    if (!campaign || !isPublic(campaign))
      throw new CampaignError('campaign_not_found', 'there is no such campaign');
    const pledges = await this.pledges.ofCampaign(campaignId, before, limit);
    return pledges.map(
      ({ id, askId, kind, quantity, state, createdAt, anonymous, personId, submittedBy }) => ({
        id,
        askId,
        kind,
        quantity,
        state,
        createdAt,
        personId: anonymous ? null : personId,
        onBehalf: submittedBy !== personId,
      }),
    );
  }
}
