import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CancelCampaign,
  CreateDraft,
  EditDraft,
  ReadCampaign,
  ReadCampaigns,
  SubmitCampaign,
} from '@hehuo/campaign';
import type { Campaign, DraftPart } from '@hehuo/campaign';
import { actor, completeParts, dayMs, EMPTY_ASK, id, inMs, LaunchWorld } from '../../support/launch-world.js';
import type { Village } from '../../support/launch-world.js';
import { settledCodes } from '../../support/pledging.js';

let world: LaunchWorld;
let village: Village;

beforeAll(async () => {
  world = await LaunchWorld.start();
});
beforeEach(async () => {
  village = await world.village();
});
afterEach(() => world.expectSound());
afterAll(() => world.stop());

const organiser = () => village.people[0]!;
const edit = (campaign: Campaign, change: DraftPart, version = campaign.version, by = organiser()) =>
  world.get(EditDraft).execute({ actor: by, campaignId: campaign.id, version, change });
const pointers = async (attempt: Promise<unknown>): Promise<string[]> => {
  const error = (await attempt.catch((caught: unknown) => caught)) as {
    details?: { errors?: { pointer: string; code: string }[] };
  };
  return (error.details?.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
};

describe('a draft', () => {
  it('is written part by part, each change on the version before', async () => {
    const draft = await world.draft(village);
    expect(draft).toMatchObject({ state: 'draft', version: 0, timeZone: 'Asia/Shanghai', noticeDays: 7 });
    const one = await edit(draft, { part: 'place', placeText: '二号楼' });
    expect(one).toMatchObject({ version: 1, placeText: '二号楼' });
    await expect(edit(draft, { part: 'place', placeText: '三号楼' })).rejects.toMatchObject({
      code: 'campaign_stale',
      details: { version: 1 },
    });
  });

  it('lets one of many writers through on the same version', async () => {
    const draft = await world.draft(village);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) => edit(draft, { part: 'place', placeText: `${at} 号楼` })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is one of at most ten that somebody keeps unfinished, however many start at once', async () => {
    const busy = await world.village();
    const start = () => world.draft(busy);
    const outcomes = await Promise.allSettled(Array.from({ length: 14 }, start));
    expect(settledCodes(outcomes)).toEqual({ taken: 10, too_many_drafts: 4 });
    const [first] = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await world
      .get(CancelCampaign)
      .execute({ actor: busy.people[0]!, campaignId: first!.id, reason: '不办了' });
    expect(await start()).toMatchObject({ state: 'draft' });
    await expect(start()).rejects.toMatchObject({ code: 'too_many_drafts', details: { limit: 10 } });
    // Throwing away and starting anew has its own limit, a day.
    await world.sql.change("UPDATE attempt_count SET used = 30 WHERE scope = 'drafts_person_day'");
    await expect(start()).rejects.toMatchObject({
      code: 'too_many_drafts_today',
      details: { retryAfterSeconds: expect.any(Number) },
    });
    await world.sql.change("DELETE FROM attempt_count WHERE scope = 'drafts_person_day'");
  });

  it('is known to its organiser and to staff only', async () => {
    const draft = await world.draft(village);
    const read = (by: Parameters<ReadCampaign['page']>[1]) => world.get(ReadCampaign).page(draft.id, by);
    expect((await read(organiser())).may).toMatchObject({ edit: true, review: false });
    expect((await read(village.staff)).campaign.id).toBe(draft.id);
    const elsewhere = actor(id('per'), { roles: [{ role: 'community_staff', communityId: id('com') }] });
    for (const other of [null, village.people[1]!, village.stranger, elsewhere]) {
      await expect(read(other)).rejects.toMatchObject({ code: 'campaign_not_found' });
      await expect(
        edit(draft, { part: 'place', placeText: 'x' }, 0, other ?? village.stranger),
      ).rejects.toMatchObject({ code: 'campaign_not_found' });
    }
    const listed = async (by: typeof village.staff | null, organiserId: typeof draft.organiserId | null) =>
      (
        await world.get(ReadCampaigns).list({
          actor: by,
          communityId: village.communityId,
          organiserId,
          state: null,
          kind: null,
          before: null,
          limit: 100,
        })
      ).some((card) => card.id === draft.id);
    expect(await listed(null, null)).toBe(false);
    expect(await listed(village.people[1]!, organiser().personId)).toBe(false);
    expect(await listed(organiser(), organiser().personId)).toBe(true);
    expect(await listed(village.staff, null)).toBe(true);
  });

  it('is for verified grown-ups of the community', async () => {
    const create = (by: typeof village.staff) =>
      world
        .get(CreateDraft)
        .execute({ actor: by, communityId: village.communityId, needId: null, category: null });
    await expect(create(village.stranger)).rejects.toMatchObject({ code: 'not_a_member' });
    await expect(create(village.staff)).rejects.toMatchObject({ code: 'not_a_member' });
  });

  it('refuses blocked categories with the reason and the way out in both languages', async () => {
    const draft = await world.draft(village);
    const story = completeParts(inMs(dayMs))[0] as DraftPart & { part: 'story' };
    for (const category of [
      'personal_aid',
      'investment_return',
      'religion_politics',
      'related_beneficiary',
    ]) {
      await expect(edit(draft, { ...story, category })).rejects.toMatchObject({
        code: 'category_blocked',
        details: { wayOut: { 'zh-CN': expect.any(String), en: expect.any(String) } },
      });
    }
  });

  it('takes a local time of the community and refuses what cannot be read', async () => {
    const draft = await world.draft(village);
    const rules = completeParts(inMs(dayMs)).at(-1) as DraftPart & { part: 'rules' };
    const local = await edit(draft, { ...rules, deadline: '2026-12-24T20:00' });
    expect(local.deadline?.toISOString()).toBe('2026-12-24T12:00:00.000Z');
    const shifted = await edit(local, { ...rules, deadline: '2026-12-24T20:00:00+09:00' });
    expect(shifted.deadline?.toISOString()).toBe('2026-12-24T11:00:00.000Z');
    expect(await pointers(edit(shifted, { ...rules, deadline: '2026-02-30T20:00' }))).toEqual([
      '/rules/deadline deadline_format',
    ]);
  });

  it('fills in one fifth of the households for attention', async () => {
    const draft = await world.draft(village);
    const goal: DraftPart = {
      part: 'goal',
      asks: [{ ...EMPTY_ASK, kind: 'attention', title: '想开会商量', minimum: null }],
    };
    await edit(draft, goal);
    const { asks } = await world.get(ReadCampaign).page(draft.id, organiser());
    // 36 households: 7.2 is rounded up.
    expect(asks[0]).toMatchObject({ minimum: 8n, wanted: 8n, unit: 'households' });
  });
});

describe('handing in', () => {
  it('names everything that is missing at once', async () => {
    const draft = await world.draft(village);
    const missing = await pointers(
      world.get(SubmitCampaign).execute({ actor: organiser(), campaignId: draft.id, version: null }),
    );
    expect(missing).toEqual([
      '/story/title missing',
      '/story/lead missing',
      '/story/story missing',
      '/story/beneficiaries missing',
      '/place/placeText missing',
      '/plan/plan missing',
      '/plan/risks missing',
      '/story/category missing',
      '/goal/asks missing',
      '/milestones missing',
      '/rules/deadline missing',
    ]);
  });

  it('keeps the real notice and the real hour where nobody rehearses', async () => {
    const soon = await world.finished(village, organiser(), 6 * dayMs);
    const submit = (campaign: Campaign) =>
      world.get(SubmitCampaign).execute({ actor: organiser(), campaignId: campaign.id, version: null });
    expect(await pointers(submit(soon))).toEqual(['/rules/deadline deadline_too_near']);
    const far = await world.finished(village, organiser(), 63 * dayMs);
    expect(await pointers(submit(far))).toEqual(['/rules/deadline deadline_too_far']);
    const fits = await world.finished(village, organiser(), 30 * dayMs);
    expect(await submit(fits)).toMatchObject({ state: 'in_review', round: 1 });
  });

  it('checks the parts against each other', async () => {
    const campaign = await world.finished(village);
    const change = async (...parts: DraftPart[]) => {
      const now = await world.get(ReadCampaign).page(campaign.id, organiser());
      await world.edit(now.campaign, organiser(), ...parts);
      return pointers(world.submit(campaign, organiser()));
    };
    const parts = completeParts(campaign.deadline!);
    const [story, , , costs, milestones, goal, rules] = parts as [
      DraftPart & { part: 'story' },
      DraftPart,
      DraftPart,
      DraftPart & { part: 'costs' },
      DraftPart & { part: 'milestones' },
      DraftPart & { part: 'goal' },
      DraftPart & { part: 'rules' },
    ];
    const [labour, money] = goal.asks;
    expect(await change({ ...costs, lines: [{ title: '漆', amount: 359_999n }] })).toEqual([
      '/goal/asks/1/wanted above_costs',
    ]);
    const over = { ...money!, cap: 396_001n };
    expect(await change(costs, { ...goal, asks: [labour!, over] })).toEqual(['/goal/asks/1/cap above_costs']);
    const half = { ...milestones, steps: [{ ...milestones.steps[0]!, shareBps: 9_999 }] };
    expect(await change(goal, half)).toEqual(['/milestones shares_sum']);
    expect(await change(milestones, { ...rules, legalType: 'in_kind_only' })).toEqual([
      '/rules/legalType no_money_here',
      '/rules/failurePolicy not_for_type',
      '/rules/surplusPolicy not_for_type',
    ]);
    expect(await change({ ...rules, legalType: 'public_charity' })).toContain('/rules/externalUrl missing');
    expect(
      await change({ ...rules, paymentMode: 'pay_now', extension: { daysMax: 6, reachedPercent: 0 } }),
    ).toEqual(['/rules/paymentMode pay_now_too_long']);
    expect(await change({ ...rules, extension: { daysMax: 30, reachedPercent: 0 } })).toEqual([
      '/milestones/0/dueOn before_deadline',
      '/goal/asks/0/slots/0/startsAt before_deadline',
    ]);
    const unneeded = goal.asks.map((ask) => ({ ...ask, required: false }));
    expect(await change(rules, { ...goal, asks: unneeded })).toEqual(['/goal/asks nothing_required']);
    expect(await change(goal, story)).toEqual([]);
    expect(await world.state(campaign.id)).toBe('in_review');
  });
});
