import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import type { Ask, Campaign, CostLine, Milestone } from '../domain/campaign.js';
import { isEditable } from '../domain/campaign.machine.js';
import type { AskCount, IntakeState } from '../store/intake.store.js';
import type { SlotTaken } from '../store/goal.store.js';
import type { BoundRow } from '../store/match-binding.store.js';
import { CampaignStore } from '../store/campaign.store.js';
import { PageStores } from '../store/page-stores.js';
import { CampaignPhotos, type ShownPhoto } from './campaign-photos.js';
import { HouseholdCounts } from './household-counts.js';
import { isOrganiser, isStaff, seenBy } from './access.js';

export interface AskView extends Ask, Omit<AskCount, 'askId'> {
  readonly slots: readonly SlotTaken[];
}

/** Everything that the page of a campaign shows and this context knows. */
export interface CampaignPage {
  readonly campaign: Campaign;
  readonly asks: readonly AskView[];
  readonly costs: readonly CostLine[];
  readonly milestones: readonly Milestone[];
  /** Null before the campaign was ever open. */
  readonly intake: { readonly state: IntakeState; readonly pledges: bigint } | null;
  /** The first is the cover. */
  readonly photos: readonly ShownPhoto[];
  /** Households with at least one promise that counts. */
  readonly households: number;
  readonly objections: { readonly open: number; readonly all: number };
  readonly meetingAsked: boolean;
  /** Pools of match funds with what they set aside; beside the goal, never part of it. */
  readonly matches: readonly BoundRow[];
  /** The database's clock, for the countdown. */
  readonly serverTime: Date;
  readonly may: {
    /** The reader started it, and looks after it in whatever state it is. */
    readonly organise: boolean;
    readonly edit: boolean;
    readonly review: boolean;
    readonly cancel: boolean;
  };
}

@Injectable()
export class ReadCampaign {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly stores: PageStores,
    private readonly households: HouseholdCounts,
    private readonly photos: CampaignPhotos,
    private readonly uow: UnitOfWork,
  ) {}

  async page(campaignId: Id<'cmp'>, actor: Actor | null): Promise<CampaignPage> {
    const campaign = seenBy(await this.campaigns.find(campaignId), actor);
    const { goal, intake, matches, objections, tasks } = this.stores;
    const [asks, slots, costs, milestones, counts, head, tally, raised, photos, serverTime] =
      await Promise.all([
        goal.asks(campaignId),
        goal.slots(campaignId),
        goal.costs(campaignId),
        goal.milestones(campaignId),
        intake.counts(campaignId),
        intake.peek(campaignId),
        objections.tally(campaignId),
        tasks.ofCampaign(campaignId),
        this.photos.of([campaignId]),
        this.uow.run((tx) => this.campaigns.now(tx)),
      ]);
    const { version } = campaign;
    const intakeVersion = head?.version ?? null;
    const counted = await this.households.of([{ id: campaignId, version, intakeVersion }]);
    return {
      campaign,
      asks: asks.map((ask) => viewOf(ask, slots, counts)),
      costs,
      milestones,
      intake: head && { state: head.state, pledges: head.pledges },
      photos: photos.get(campaignId) ?? [],
      households: counted.get(campaignId) ?? 0,
      objections: tally,
      // Most campaigns have no pool, and of those that were opened the intake says so.
      matches: head?.matchPools === 0 ? [] : await matches.ofCampaign(campaignId),
      meetingAsked: raised.some(({ kind }) => kind === 'convene_meeting'),
      serverTime,
      may: {
        organise: isOrganiser(campaign, actor),
        edit: isOrganiser(campaign, actor) && isEditable(campaign.state),
        review: isStaff(campaign, actor) && !isOrganiser(campaign, actor) && campaign.state === 'in_review',
        cancel:
          isStaff(campaign, actor) ||
          (isOrganiser(campaign, actor) && (head === null || head.pledges === 0n)),
      },
    };
  }
}

function viewOf(ask: Ask, slots: readonly SlotTaken[], counts: readonly AskCount[]): AskView {
  const count = counts.find(({ askId }) => askId === ask.id);
  return {
    ...ask,
    reserved: count?.reserved ?? 0n,
    held: count?.held ?? 0n,
    pledges: count?.pledges ?? 0n,
    slots: slots.filter(({ askId }) => askId === ask.id),
  };
}
