import { expect } from '@jest/globals';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  ApproveCampaign,
  CAMPAIGN_INVARIANTS,
  CampaignModule,
  CreateDraft,
  EditDraft,
  OpenCampaign,
  REVIEW_ITEMS,
  ReviewCampaign,
  SetCustody,
  SubmitCampaign,
  type AskDraft,
  type Campaign,
  type CustodyFacts,
  type DraftPart,
} from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import { IdentityModule, type Actor } from '@hehuo/identity';
import { newId, type Id } from '@hehuo/kernel';
import { LedgerModule } from '@hehuo/ledger';
import { checkInvariants, PlatformModule, SystemClock, type Database, type SqlValue } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';

const KEY = Buffer.alloc(32, 7).toString('base64');
const INDEX_KEY = Buffer.alloc(32, 8).toString('base64');

export const minuteMs = 60_000;
export const dayMs = 86_400_000;

export const id = <P extends string>(prefix: P): Id<P> => newId(prefix, new SystemClock().now().getTime());
export const inMs = (ms: number): Date => new Date(new SystemClock().now().getTime() + ms);
/** The calendar day of an instant in Shanghai, which keeps no summer time. */
export const dayOf = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

export function actor(personId: Id<'per'>, over: Partial<Actor> = {}): Actor {
  return { personId, sessionId: id('ses'), roles: [], partnerIds: [], secondFactorAt: null, ...over };
}

export interface Village {
  readonly communityId: Id<'com'>;
  readonly streetId: Id<'reg'>;
  /** Verified grown-ups; two neighbours with the same `household` index share one. */
  readonly people: readonly Actor[];
  readonly staff: Actor;
  readonly stranger: Actor;
}

/** Quick times for tests: the notice ends at once, and a deadline may be a second away. */
export const AT_ONCE = { noticeSeconds: 0, openSecondsMin: 1 } as const;

/** The contexts of a campaign before it is open, on a database of their own and through their use cases. */
export class LaunchWorld {
  private constructor(
    readonly db: TestDatabase,
    readonly app: INestApplicationContext,
  ) {}

  static async start(
    options: { readonly on?: TestDatabase; readonly poolMax?: number } = {},
  ): Promise<LaunchWorld> {
    const db = options.on ?? (await createTestDatabase());
    const testing = await Test.createTestingModule({
      imports: [
        PlatformModule.with({
          database: { url: db.url, poolMax: options.poolMax ?? 25, entities: [] },
          fieldKey: KEY,
          blindIndexKey: INDEX_KEY,
        }),
        IdentityModule,
        CommunityModule,
        LedgerModule,
        CampaignModule,
      ],
    }).compile();
    return new LaunchWorld(db, await testing.init());
  }

  get sql(): Database {
    return this.db.database;
  }

  get<T>(token: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get<T>(token, { strict: false });
  }

  /** A community of `households.length` people; each number names the household of one person. */
  async village(
    households: readonly number[] = [0, 1, 2, 3],
    options: { readonly streetId?: Id<'reg'>; readonly householdCount?: number } = {},
  ): Promise<Village> {
    const communityId = id('com');
    const streetId = options.streetId ?? id('reg');
    await this.sql.change(
      `INSERT INTO community (id, street_id, name, path, time_zone, household_count)
       VALUES (?, ?, '芙蓉里社区', ?, 'Asia/Shanghai', ?)`,
      [communityId, streetId, `/${communityId}`, options.householdCount ?? 36],
    );
    const doors = new Map(households.map((household) => [household, id('hhd')]));
    const people = households.map((household) => ({ personId: id('per'), door: doors.get(household)! }));
    await this.sql.change('INSERT INTO person (id, state) VALUES ?', [
      people.map(({ personId }) => [personId, 'active']) as SqlValue[],
    ]);
    await this.sql.change(
      'INSERT INTO membership (id, community_id, person_id, household_id, state, open_for, basis, adult) VALUES ?',
      [
        people.map(({ personId, door }) => [
          id('mbr'),
          communityId,
          personId,
          door,
          'verified',
          personId,
          'staff',
          true,
        ]) as SqlValue[],
      ],
    );
    return {
      communityId,
      streetId,
      people: people.map(({ personId }) => actor(personId)),
      staff: actor(id('per'), { roles: [{ role: 'community_staff', communityId }] }),
      stranger: actor(id('per')),
    };
  }

  async draft(village: Village, organiser = village.people[0]!): Promise<Campaign> {
    const { communityId } = village;
    return this.get(CreateDraft).execute({ actor: organiser, communityId, needId: null, category: null });
  }

  async edit(campaign: Campaign, organiser: Actor, ...changes: readonly DraftPart[]): Promise<Campaign> {
    let now = campaign;
    for (const change of changes) {
      now = await this.get(EditDraft).execute({
        actor: organiser,
        campaignId: campaign.id,
        version: now.version,
        change,
      });
    }
    return now;
  }

  /** A draft with nothing missing: labour in one slot and 3,600 yuan, deadline `deadlineMs` from now. */
  async finished(
    village: Village,
    organiser = village.people[0]!,
    deadlineMs = 20 * dayMs,
  ): Promise<Campaign> {
    const draft = await this.draft(village, organiser);
    return this.edit(draft, organiser, ...completeParts(inMs(deadlineMs)));
  }

  async submitted(village: Village, organiser = village.people[0]!, deadlineMs?: number): Promise<Campaign> {
    const campaign = await this.finished(village, organiser, deadlineMs);
    return this.submit(campaign, organiser);
  }

  submit(campaign: Campaign, organiser: Actor): Promise<Campaign> {
    return this.get(SubmitCampaign).execute({
      actor: organiser,
      campaignId: campaign.id,
      version: null,
      rehearsal: AT_ONCE,
    });
  }

  async judge(campaign: Campaign, staff: Actor): Promise<void> {
    await this.get(SetCustody).execute({
      actor: staff,
      campaignId: campaign.id,
      account: custodyOf(campaign),
    });
    await this.get(ReviewCampaign).execute({ actor: staff, campaignId: campaign.id, items: ALL_OK });
  }

  async approve(campaign: Campaign, staff: Actor, noticeSeconds = 0): Promise<Campaign> {
    await this.judge(campaign, staff);
    return this.get(ApproveCampaign).execute({
      actor: staff,
      campaignId: campaign.id,
      version: null,
      rehearsal: { ...AT_ONCE, noticeSeconds },
    });
  }

  async noticed(village: Village, noticeSeconds = 0, deadlineMs?: number): Promise<Campaign> {
    const campaign = await this.submitted(village, village.people[0]!, deadlineMs);
    return this.approve(campaign, village.staff, noticeSeconds);
  }

  async opened(village: Village, deadlineMs?: number): Promise<Campaign> {
    const campaign = await this.noticed(village, 0, deadlineMs);
    expect(await this.get(OpenCampaign).execute(campaign.id, AT_ONCE)).toBe('opened');
    return campaign;
  }

  async state(campaignId: Id<'cmp'>): Promise<string | undefined> {
    const row = await this.sql.row<{ state: string }>('SELECT state FROM campaign WHERE id = ?', [
      campaignId,
    ]);
    return row?.state;
  }

  async expectSound(): Promise<void> {
    expect(await checkInvariants(this.sql, CAMPAIGN_INVARIANTS)).toEqual([]);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.db.drop();
  }
}

/** An account of the residents' committee with a gateway behind it. */
export function custodyOf(campaign: Pick<Campaign, 'communityId'>): CustodyFacts {
  const { communityId } = campaign;
  return {
    id: id('cus'),
    communityId,
    holderKind: 'residents_committee',
    active: true,
    online: true,
    payNowDaysMax: 365,
  };
}

export const ALL_OK = REVIEW_ITEMS.map((item) => ({ item, verdict: 'ok' as const, reason: null }));

export const EMPTY_ASK: AskDraft = {
  kind: 'labour',
  title: '刷墙',
  unitLabel: null,
  minimum: 1n,
  wanted: null,
  cap: null,
  required: false,
  perPersonMax: null,
  perPledgeMax: null,
  goodsMode: null,
  returnOn: null,
  skill: null,
  credential: null,
  slots: [],
};

export function completeParts(deadline: Date): DraftPart[] {
  const startsAt = new Date(deadline.getTime() + 20 * dayMs);
  const endsAt = new Date(startsAt.getTime() + 120 * minuteMs);
  return [
    {
      part: 'story',
      title: '楼道重新刷白',
      lead: '三十六户一起把楼道刷白',
      story: '楼道十年没有刷过，墙皮掉了。',
      beneficiaries: '三个单元三十六户',
      category: 'community_service',
    },
    { part: 'place', placeText: '1 至 3 单元楼道' },
    { part: 'plan', plan: '买料，周末一起刷，居委会验收。', risks: '下雨就顺延一周。' },
    { part: 'costs', lines: [{ title: '乳胶漆和工具', amount: 360_000n }] },
    { part: 'milestones', steps: [{ title: '刷完验收', dueOn: dayOf(endsAt), shareBps: 10_000 }] },
    {
      part: 'goal',
      asks: [
        {
          ...EMPTY_ASK,
          minimum: 480n,
          wanted: 720n,
          required: true,
          slots: [{ startsAt, endsAt, capacity: 6 }],
        },
        {
          ...EMPTY_ASK,
          kind: 'money',
          title: '材料费',
          minimum: 360_000n,
          required: true,
          perPersonMax: 20_000n,
        },
      ],
    },
    {
      part: 'rules',
      legalType: 'mutual_aid',
      externalUrl: null,
      paymentMode: 'pay_on_success',
      failurePolicy: 'refund_all',
      surplusPolicy: 'refund_pro_rata',
      scopeChangePolicy: 'reconsent_or_refund',
      deadline: deadline.toISOString(),
      collectionHours: 72,
      extension: { daysMax: 5, reachedPercent: 50 },
    },
  ];
}
