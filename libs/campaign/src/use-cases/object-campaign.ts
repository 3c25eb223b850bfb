import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Clock, newId, Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { CampaignError } from '../domain/errors.js';
import { objectionCharactersMax } from '../domain/limits.js';
import type { Objection } from '../domain/objection.js';
import { checkReason } from '../domain/reason.js';
import { CampaignStore } from '../store/campaign.store.js';
import { ObjectionStore } from '../store/objection.store.js';
import { isOrganiser, isStaff, seenBy } from './access.js';
import { Neighbourhood } from './neighbourhood.js';

/** One person holds a campaign back by one open objection, not by twenty. */
const openObjectionsPerPersonMax = 1;

/** Objections of verified residents while a campaign is under notice. An open one keeps it from opening. */
@Injectable()
export class ObjectCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly objections: ObjectionStore,
    private readonly neighbourhood: Neighbourhood,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly text: string;
  }): Promise<Id<'obj'>> {
    const { personId } = input.actor;
    checkReason(input.text, objectionCharactersMax, '/text');
    const id = newId('obj', this.clock.now().getTime());
    await this.uow.run(async (tx) => {
      // The campaign's row keeps the opening out while the objection is written.
      const campaign = seenBy(await this.campaigns.findForUpdate(tx, input.campaignId), input.actor);
      await this.neighbourhood.speaker(tx, campaign.communityId, personId);
      if (campaign.state !== 'notice') {
        throw new CampaignError(
          'not_under_notice',
          'objections are raised while the campaign is under notice',
          {
            state: campaign.state,
          },
        );
      }
      if ((await this.objections.openOf(tx, campaign.id, personId)) >= openObjectionsPerPersonMax) {
        throw new CampaignError(
          'objection_open_already',
          'your first objection is still open; wait for its answer',
        );
      }
      const { round } = campaign;
      await this.objections.insert(tx, { id, campaignId: campaign.id, round, personId, text: input.text });
      await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaign.id }]);
    });
    return id;
  }

  /** Staff or the organiser answer; with the last answer after the notice's end the campaign may open. */
  async answer(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly objectionId: Id<'obj'>;
    readonly answer: string;
  }): Promise<void> {
    const { actor } = input;
    checkReason(input.answer, objectionCharactersMax, '/answer');
    await this.settle(input, async (tx, objection, campaign) => {
      if (!isStaff(campaign, actor) && !isOrganiser(campaign, actor)) {
        throw new CampaignError('campaign_forbidden', 'the organiser or staff answer objections');
      }
      if (objection.personId === actor.personId) {
        throw new CampaignError(
          'campaign_forbidden',
          'somebody else answers your objection; you can take it back',
        );
      }
      await this.objections.answer(tx, objection, input.answer, actor.personId);
    });
  }

  /** Whoever wrote it takes it back. */
  async withdraw(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly objectionId: Id<'obj'>;
  }): Promise<void> {
    await this.settle(input, async (tx, objection) => {
      if (objection.personId !== input.actor.personId) {
        throw new CampaignError('campaign_forbidden', 'only who raised an objection takes it back');
      }
      await this.objections.withdraw(tx, objection);
    });
  }

  private async settle(
    input: { readonly actor: Actor; readonly campaignId: Id<'cmp'>; readonly objectionId: Id<'obj'> },
    act: (tx: Tx, objection: Objection, campaign: Campaign) => Promise<void>,
  ): Promise<void> {
    await this.uow.run(async (tx) => {
      const campaign = seenBy(await this.campaigns.findForUpdate(tx, input.campaignId), input.actor);
      const objection = await this.objections.findForUpdate(tx, campaign.id, input.objectionId);
      if (objection.state !== 'open') {
        throw new CampaignError('objection_answered', 'this objection is settled', {
          state: objection.state,
        });
      }
      await act(tx, objection, campaign);
      const opening =
        campaign.state === 'notice' &&
        campaign.noticeEndsAt &&
        (await this.objections.countOpen(campaign.id, tx)) === 0
          ? [{ topic: 'campaign.opening', ref: campaign.id, notBefore: campaign.noticeEndsAt }]
          : [];
      await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaign.id }, ...opening]);
    });
  }
}
