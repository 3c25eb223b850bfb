import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { PlannedAsk } from '../domain/ask-plan.js';
import type { Ask, Campaign, Slot } from '../domain/campaign.js';
import { submissionFlaws } from '../domain/completeness.js';
import { refuseFlaws, type Flaw } from '../domain/errors.js';
import { Installation } from '@hehuo/platform';
import { launchTiming, shortTiming, type RehearsalTiming } from '../domain/launch-plan.js';
import { CampaignStore } from '../store/campaign.store.js';
import { DraftStores } from '../store/draft-stores.js';
import { requireEditable, requireOrganiser, requireVersion, seenBy } from './access.js';
import { Neighbourhood } from './neighbourhood.js';

/** Hands a campaign in for review. Answers with everything that is missing at once. */
@Injectable()
export class SubmitCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly stores: DraftStores,
    private readonly neighbourhood: Neighbourhood,
    private readonly installation: Installation,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly version: number | null;
    readonly rehearsal?: RehearsalTiming;
  }): Promise<Campaign> {
    const { communityId } = seenBy(await this.campaigns.find(input.campaignId), input.actor);
    const { daysMax } = await this.neighbourhood.setting(communityId);
    return this.uow.run(async (tx) => {
      const campaign = await this.campaigns.findForUpdate(tx, input.campaignId);
      requireOrganiser(campaign, input.actor);
      requireEditable(campaign);
      requireVersion(campaign, input.version);
      await this.neighbourhood.adult(tx, communityId, input.actor.personId);
      refuseFlaws('campaign_incomplete', await this.flaws(tx, campaign, daysMax, input.rehearsal));
      return this.campaigns.changeState(tx, campaign, 'submit', {
        round: campaign.round + 1,
        submittedAt: 'now',
      });
    });
  }

  /** What is still missing, for the last page of the form; an empty list means that it can be handed in. */
  async missing(campaign: Campaign): Promise<Flaw[]> {
    const { daysMax } = await this.neighbourhood.setting(campaign.communityId);
    return this.uow.run((tx) => this.flaws(tx, campaign, daysMax));
  }

  private async flaws(
    tx: Tx,
    campaign: Campaign,
    daysMax: number,
    rehearsal?: RehearsalTiming,
  ): Promise<Flaw[]> {
    const { goal } = this.stores;
    const asks = withSlots(await goal.asks(campaign.id, tx), await goal.slots(campaign.id, tx));
    const costs = await goal.costs(campaign.id, tx);
    const milestones = await goal.milestones(campaign.id, tx);
    const now = await this.campaigns.now(tx);
    const short = this.installation.shortDeadlines ? shortTiming(campaign, now) : undefined;
    const timing = launchTiming(campaign.noticeDays, rehearsal ?? short);
    return submissionFlaws({ campaign, asks, costs, milestones }, { now, timing, daysMax });
  }
}

export function withSlots(asks: readonly Ask[], slots: readonly Slot[]): PlannedAsk[] {
  return asks.map((ask) => ({ ...ask, slots: slots.filter(({ askId }) => askId === ask.id) }));
}
