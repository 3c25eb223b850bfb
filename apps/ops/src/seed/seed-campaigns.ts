import { setTimeout as pause } from 'node:timers/promises';
import {
  CampaignStore,
  CancelCampaign,
  CloseCampaign,
  DecideCampaign,
  ReadCampaigns,
  ReturnCampaign,
  SuspendCampaign,
  type CampaignCardView,
  type CampaignEvent,
  type CampaignState,
} from '@hehuo/campaign';
import { Clock, UnitOfWork, type Id } from '@hehuo/kernel';
import { RunSettlement } from '@hehuo/settlement';
import type { Platform } from '../platform.js';
import { CampaignMaker, type DemoPledge, type DemoSetting } from './campaign-maker.js';
import * as plans from './demo-plans.js';
import type { DemoPlan } from './demo-plans.js';
import * as pledges from './demo-pledges.js';

const dayMs = 86_400_000;
/** From the seed to the deadline of the campaign that a newcomer watches; the processes start in between. */
const watchedSeconds = 130;
/** One that closes sooner than this was made by an earlier start. */
const watchedSecondsMin = 60;
/** Time for the neighbours of the demo to promise before the deadline of a campaign that is over. */
const pastSeconds = 6;
const pageMax = 100;

interface PastCampaign {
  readonly plan: DemoPlan;
  readonly pledges: readonly DemoPledge[];
  /** What happens after the deadline. */
  readonly after: readonly ('close' | 'decide' | 'settle' | 'start_delivery' | 'complete')[];
  /** States in which it is there already. */
  readonly unless: readonly CampaignState[];
}

const PAST: readonly PastCampaign[] = [
  { plan: plans.COMPOST, pledges: pledges.HANDS_ENOUGH, after: ['close'], unless: ['closing', 'succeeded'] },
  {
    plan: plans.BENCHES,
    pledges: pledges.BENCHES_PLEDGES,
    after: ['close', 'decide'],
    unless: ['collecting'],
  },
  {
    plan: plans.MENDING,
    pledges: pledges.HANDS_ENOUGH,
    after: ['close', 'decide', 'settle'],
    unless: ['succeeded'],
  },
  {
    plan: plans.CHORUS,
    pledges: pledges.HANDS_TOO_FEW,
    after: ['close', 'decide', 'settle'],
    unless: ['failed'],
  },
  {
    plan: plans.BICYCLES,
    pledges: pledges.HANDS_ENOUGH,
    after: ['close', 'decide', 'settle', 'start_delivery'],
    unless: ['delivering'],
  },
  {
    plan: plans.WALLS,
    pledges: pledges.HANDS_ENOUGH,
    after: ['close', 'decide', 'settle', 'start_delivery', 'complete'],
    unless: ['completed'],
  },
];

/** Campaigns in every state of the machine, each brought there by the use cases that bring real ones there. */
export class SeedCampaigns {
  private readonly maker: CampaignMaker;
  private cards: readonly CampaignCardView[] = [];

  constructor(
    private readonly platform: Platform,
    private readonly setting: DemoSetting,
    private readonly tell: (text: string) => void,
  ) {
    this.maker = new CampaignMaker(platform, setting);
  }

  async run(): Promise<void> {
    this.cards = await this.listed();
    await this.early();
    await this.underWay();
    await this.past();
    // Last, so that as much as can be is left of its two minutes.
    const isWatched = this.cards.some(
      ({ title, state, deadline }) =>
        title === plans.CLEANUP.title && state === 'open' && deadline! > this.inSeconds(watchedSecondsMin),
    );
    if (isWatched) return;
    this.tell('a campaign that closes two minutes after the start');
    await this.maker.opened(plans.CLEANUP, this.inSeconds(watchedSeconds), pledges.CLEANUP_PLEDGES);
  }

  private async early(): Promise<void> {
    const { staff } = this.setting;
    const deadline = this.inSeconds((30 * dayMs) / 1000);
    if (this.missing(plans.CANOPY, ['draft'])) await this.maker.draft(plans.CANOPY, deadline);
    if (this.missing(plans.READING, ['in_review'])) await this.maker.inReview(plans.READING, deadline);
    if (this.missing(plans.LAMPS, ['returned'])) {
      const { id } = await this.maker.inReview(plans.LAMPS, deadline);
      const items = [
        { item: 'plan', verdict: 'fix', reason: '请写明用什么灯、谁负责接线，接线需要有证的电工。' },
      ] as const;
      await this.platform.get(ReturnCampaign).execute({ actor: staff, campaignId: id, version: null, items });
    }
    if (this.missing(plans.HANDRAIL, ['notice'])) await this.maker.inNotice(plans.HANDRAIL, deadline);
  }

  private async underWay(): Promise<void> {
    const { staff: actor } = this.setting;
    const deadline = this.inSeconds((14 * dayMs) / 1000);
    if (this.missing(plans.FLOWERS, ['open'])) {
      await this.maker.opened(plans.FLOWERS, deadline, pledges.FLOWERS_PLEDGES);
    }
    if (this.missing(plans.FITNESS, ['suspended'])) {
      const campaignId = await this.maker.opened(plans.FITNESS, deadline, pledges.HANDS_TOO_FEW);
      const reason = '场地归属还在核实，核实后继续。';
      await this.platform.get(SuspendCampaign).execute({ actor, campaignId, reason });
    }
    if (this.missing(plans.PONDS, ['cancelled'])) {
      const campaignId = await this.maker.opened(plans.PONDS, deadline, pledges.HANDS_TOO_FEW);
      const reason = '中庭下面是车库顶板，不能开挖。';
      await this.platform.get(CancelCampaign).execute({ actor, campaignId, reason });
    }
  }

  private async past(): Promise<void> {
    const wanted = PAST.filter(({ plan, unless }) => this.missing(plan, unless));
    if (wanted.length === 0) return;
    const made: { id: Id<'cmp'>; after: PastCampaign['after'] }[] = [];
    for (const { plan, pledges: promised, after } of wanted) {
      made.push({ id: await this.maker.opened(plan, this.inSeconds(pastSeconds), promised), after });
    }
    this.tell('waiting a few seconds for the deadlines of campaigns that are over');
    for (const { id, after } of made) {
      for (const step of after) await this.step(id, step);
    }
  }

  private async step(campaignId: Id<'cmp'>, step: PastCampaign['after'][number]): Promise<void> {
    switch (step) {
      case 'close':
        return this.close(campaignId);
      case 'decide':
        await this.platform.get(DecideCampaign).execute(campaignId, true);
        return;
      case 'settle':
        return this.platform.get(RunSettlement).execute(campaignId);
      case 'start_delivery':
      case 'complete':
        return this.deliver(campaignId, step);
    }
  }

  /** The deadline is judged by the database's clock, so the use case itself says when it has passed. */
  private async close(campaignId: Id<'cmp'>): Promise<void> {
    const close = this.platform.get(CloseCampaign);
    const giveUpMs = this.now().getTime() + 2 * pastSeconds * 1000;
    while (!(await close.execute(campaignId))) {
      if (this.now().getTime() > giveUpMs) throw new Error(`${campaignId} does not close`);
      await pause(200);
    }
  }

  // Delivery belongs to a context of its own; until a use case of it starts and ends it, only the demo does.
  private async deliver(campaignId: Id<'cmp'>, event: CampaignEvent): Promise<void> {
    const campaigns = this.platform.get(CampaignStore);
    await this.platform.get(UnitOfWork).run(async (tx) => {
      await campaigns.changeState(tx, await campaigns.findForUpdate(tx, campaignId), event);
    });
  }

  private missing(plan: DemoPlan, states: readonly CampaignState[]): boolean {
    const isThere = this.cards.some(({ title, state }) => title === plan.title && states.includes(state));
    if (!isThere) this.tell(`campaign "${plan.title}"`);
    return !isThere;
  }

  private async listed(): Promise<CampaignCardView[]> {
    const { staff: actor, communityId } = this.setting;
    const cards: CampaignCardView[] = [];
    for (let before: Id<'cmp'> | null = null; ;) {
      const filter = { actor, communityId, organiserId: null, state: null, kind: null, limit: pageMax };
      const page: CampaignCardView[] = await this.platform.get(ReadCampaigns).list({ ...filter, before });
      cards.push(...page);
      const last = page.at(-1);
      if (!last || page.length < pageMax) return cards;
      before = last.id;
    }
  }

  private now(): Date {
    return this.platform.get(Clock).now();
  }

  private inSeconds(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }
}
