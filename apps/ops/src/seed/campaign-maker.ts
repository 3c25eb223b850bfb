import { createHash } from 'node:crypto';
import {
  ApproveCampaign,
  BindMatchPool,
  CreateDraft,
  EditDraft,
  GoalStore,
  OpenCampaign,
  PlacePledge,
  REVIEW_ITEMS,
  ReviewCampaign,
  SetCustody,
  SubmitCampaign,
  type Campaign,
  type CustodyFacts,
  type Kind,
  type RehearsalTiming,
} from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import type { Platform } from '../platform.js';
import { partsOf, type DemoPlan } from './demo-plans.js';

export interface DemoSetting {
  readonly communityId: Id<'com'>;
  readonly organiser: Actor;
  readonly staff: Actor;
  readonly residents: ReadonlyMap<number, Actor>;
  readonly custody: CustodyFacts;
  /** Match funds for plans that are matched. */
  readonly poolId: Id<'mpl'>;
}

/** The demo's notices are over at once where it needs what comes after them. */
export const AT_ONCE: RehearsalTiming = { noticeSeconds: 0, openSecondsMin: 0 };

export interface DemoPledge {
  readonly by: number;
  readonly kind: Kind;
  readonly quantity?: bigint;
  readonly text?: string;
  readonly anonymous?: true;
}

/** Takes a plan through the use cases, as its organiser, its reviewer and its neighbours would. */
export class CampaignMaker {
  constructor(
    private readonly platform: Platform,
    private readonly setting: DemoSetting,
  ) {}

  async draft(plan: DemoPlan, deadline: Date): Promise<Campaign> {
    const { communityId, organiser } = this.setting;
    let campaign = await this.platform
      .get(CreateDraft)
      .execute({ actor: organiser, communityId, needId: null, category: plan.category });
    for (const change of partsOf(plan, deadline)) {
      const { id: campaignId, version } = campaign;
      campaign = await this.platform
        .get(EditDraft)
        .execute({ actor: organiser, campaignId, version, change });
    }
    return campaign;
  }

  async inReview(plan: DemoPlan, deadline: Date): Promise<Campaign> {
    const { id: campaignId } = await this.draft(plan, deadline);
    const rehearsal = AT_ONCE;
    return this.platform
      .get(SubmitCampaign)
      .execute({ actor: this.setting.organiser, campaignId, version: null, rehearsal });
  }

  /** With `rehearsal` the notice ends as it says, else after the days of the community's policy. */
  async inNotice(plan: DemoPlan, deadline: Date, rehearsal?: RehearsalTiming): Promise<Campaign> {
    const { staff: actor, custody } = this.setting;
    const { id: campaignId } = await this.inReview(plan, deadline);
    const withMoney = plan.paymentMode !== null;
    if (withMoney) await this.platform.get(SetCustody).execute({ actor, campaignId, account: custody });
    const items = REVIEW_ITEMS.map((item) => {
      const none = !withMoney && (item === 'costs' || item === 'money');
      return { item, verdict: none ? ('not_applicable' as const) : ('ok' as const), reason: null };
    });
    await this.platform.get(ReviewCampaign).execute({ actor, campaignId, items });
    return this.platform
      .get(ApproveCampaign)
      .execute({ actor, campaignId, version: null, ...(rehearsal ? { rehearsal } : {}) });
  }

  async opened(plan: DemoPlan, deadline: Date, pledges: readonly DemoPledge[]): Promise<Id<'cmp'>> {
    const { id } = await this.inNotice(plan, deadline, AT_ONCE);
    if (plan.matched) {
      const { staff: actor, poolId } = this.setting;
      await this.platform.get(BindMatchPool).execute({ actor, poolId, campaignId: id, supplierIds: [] });
    }
    const result = await this.platform.get(OpenCampaign).execute(id, AT_ONCE);
    if (result !== 'opened') throw new Error(`the demo's campaign "${plan.title}" did not open: ${result}`);
    for (const [at, pledge] of pledges.entries()) await this.pledge(id, pledge, at);
    return id;
  }

  private async pledge(campaignId: Id<'cmp'>, pledge: DemoPledge, at: number): Promise<void> {
    const goal = this.platform.get(GoalStore);
    const ask = (await goal.asks(campaignId)).find(({ kind }) => kind === pledge.kind);
    const actor = this.setting.residents.get(pledge.by);
    if (!ask || !actor) throw new Error(`the demo has no ask of ${pledge.kind} or no resident ${pledge.by}`);
    const slot = (await goal.slots(campaignId)).find(({ askId }) => askId === ask.id);
    await this.platform.get(PlacePledge).execute({
      actor,
      campaignId,
      askId: ask.id,
      slotId: slot?.id ?? null,
      places: 1,
      quantity: pledge.quantity ?? null,
      text: pledge.text ?? null,
      anonymous: pledge.anonymous === true,
      onBehalfOf: null,
      idempotencyKey: `demo-${campaignId}-${at}`,
      requestHash: createHash('sha256').update(`${campaignId}|${at}`).digest('hex'),
    });
  }
}
