import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { UnitOfWork, Outbox, type Id, type Tx } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { NO_CATEGORY, refuseBlocked } from '../domain/category.js';
import { LEGAL_RULES } from '../domain/legal-type.js';
import type { Need } from '../domain/need.js';
import { CampaignStore } from '../store/campaign.store.js';
import { DraftStores } from '../store/draft-stores.js';
import { DraftRoom } from './draft-room.js';
import { needClosed } from './echo-need.js';
import { Neighbourhood } from './neighbourhood.js';

export interface CreateDraftInput {
  readonly actor: Actor;
  readonly communityId: Id<'com'>;
  /** The need that it grows from; null starts a blank one. */
  readonly needId: Id<'ned'> | null;
  /** Where it is known already; a blocked one is refused before anything is written. */
  readonly category: string | null;
}

/** Starts a campaign at the desk of its organiser. */
@Injectable()
export class CreateDraft {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly stores: DraftStores,
    private readonly campaigns: CampaignStore,
    private readonly neighbourhood: Neighbourhood,
    private readonly room: DraftRoom,
    private readonly outbox: Outbox,
  ) {}

  /** Throws `too_many_drafts`, `too_many_drafts_today`, `category_blocked`, `not_a_member`, `adults_only` and `need_closed`. */
  async execute(input: CreateDraftInput): Promise<Campaign> {
    const { actor, communityId } = input;
    if (input.category) refuseBlocked(input.category);
    const setting = await this.neighbourhood.setting(communityId);
    const legalType = 'mutual_aid';
    const { failure, surplus } = LEGAL_RULES[legalType];
    return this.uow.run(async (tx) => {
      await this.neighbourhood.adult(tx, communityId, actor.personId);
      const id = await this.room.take(tx, actor.personId);
      const need = input.needId ? await this.grow(tx, input.needId, communityId, id) : null;
      await this.stores.drafts.insert(tx, {
        id,
        communityId,
        organiserId: actor.personId,
        needId: need?.id ?? null,
        title: need?.title ?? '',
        story: need?.text ?? '',
        placeText: need?.placeText ?? '',
        category: input.category ?? NO_CATEGORY,
        legalType,
        policies: { failure: failure[0], surplus: surplus[0], scopeChange: 'reconsent_or_refund' },
        timeZone: setting.timeZone,
        noticeDays: setting.noticeDays,
        collectionHours: setting.collectionHours,
      });
      return this.campaigns.findForUpdate(tx, id);
    });
  }

  private async grow(
    tx: Tx,
    needId: Id<'ned'>,
    communityId: Id<'com'>,
    campaignId: Id<'cmp'>,
  ): Promise<Need> {
    const need = await this.stores.needs.findForUpdate(tx, needId);
    // A need of another community is of no use here: people act only where they belong.
    if (need.state !== 'open' || need.communityId !== communityId) throw needClosed(need);
    await this.stores.needs.changeState(tx, need, 'grow', campaignId);
    await this.outbox.add(tx, [{ topic: 'need.changed', ref: need.id }]);
    return need;
  }
}
