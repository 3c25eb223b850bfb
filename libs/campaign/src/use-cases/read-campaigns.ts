import { Injectable } from '@nestjs/common';
import { hasRole, type Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { CAMPAIGN_MACHINE, PRIVATE_STATES, type CampaignState } from '../domain/campaign.machine.js';
import type { Kind } from '../domain/kind.js';
import { CampaignListStore, type AskProgress, type CampaignCard } from '../store/campaign-list.store.js';
import { CampaignPhotos, type ShownPhoto } from './campaign-photos.js';
import { HouseholdCounts } from './household-counts.js';

export interface CampaignListInput {
  readonly actor: Actor | null;
  readonly communityId: Id<'com'> | null;
  readonly organiserId: Id<'per'> | null;
  readonly state: CampaignState | null;
  readonly kind: Kind | null;
  readonly before: Id<'cmp'> | null;
  readonly limit: number;
}

export interface CampaignCardView extends CampaignCard {
  readonly asks: readonly AskProgress[];
  /** Households with at least one promise that counts. */
  readonly households: number;
  readonly cover: ShownPhoto | null;
}

/** Lists campaigns newest first. Drafts appear to their organiser and to the staff of the community asked for. */
@Injectable()
export class ReadCampaigns {
  constructor(
    private readonly campaigns: CampaignListStore,
    private readonly households: HouseholdCounts,
    private readonly photos: CampaignPhotos,
  ) {}

  async list(input: CampaignListInput): Promise<CampaignCardView[]> {
    const all = this.maySeeAll(input);
    const states = CAMPAIGN_MACHINE.states.filter(
      (state) => (all || !PRIVATE_STATES.includes(state)) && (input.state === null || input.state === state),
    );
    const cards = await this.campaigns.list({
      communityIds: input.communityId ? [input.communityId] : null,
      organiserId: input.organiserId,
      states,
      hidePrivatelyCancelled: !all,
      kind: input.kind,
      before: input.before,
      limit: input.limit,
    });
    const [progress, counted, photos] = await Promise.all([
      this.campaigns.progress(cards.map(({ id }) => id)),
      this.households.of(cards),
      this.photos.of(cards.map(({ id }) => id)),
    ]);
    return cards.map((card) => ({
      ...card,
      asks: progress.filter(({ campaignId }) => campaignId === card.id),
      households: counted.get(card.id) ?? 0,
      cover: photos.get(card.id)?.[0] ?? null,
    }));
  }

  private maySeeAll({ actor, communityId, organiserId }: CampaignListInput): boolean {
    if (!actor) return false;
    if (organiserId !== null && organiserId === actor.personId) return true;
    return (
      communityId !== null &&
      (hasRole(actor, 'community_staff', communityId) || hasRole(actor, 'auditor', communityId))
    );
  }
}
