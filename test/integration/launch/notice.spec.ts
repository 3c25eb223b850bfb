import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ApproveCampaign,
  DueNotices,
  EditDraft,
  ObjectCampaign,
  OpenCampaign,
  ReadCampaign,
  ReadHistory,
  ReturnCampaign,
  ReviewCampaign,
  SetCustody,
  SubmitCampaign,
  TakeBackCampaign,
  type Campaign,
} from '@hehuo/campaign';
import { createTestDatabase } from '@hehuo/testing';
import { Database } from '@hehuo/platform';
import {
  ALL_OK,
  AT_ONCE,
  completeParts,
  custodyOf,
  dayMs,
  inMs,
  LaunchWorld,
  type Village,
} from '../../support/launch-world.js';

let world: LaunchWorld;
let village: Village;

beforeAll(async () => {
  world = await LaunchWorld.start();
  village = await world.village();
});
afterEach(() => world.expectSound());
afterAll(() => world.stop());

const hourSeconds = 3600;
const due = () => world.get(DueNotices).execute(100);
const open = (campaign: Campaign) => world.get(OpenCampaign).execute(campaign.id);
const object = (campaign: Campaign, by = village.people[1]!) =>
  world.get(ObjectCampaign).execute({ actor: by, campaignId: campaign.id, text: '味道会不会太大？' });
const answer = (campaign: Campaign, objectionId: Awaited<ReturnType<typeof object>>, by = village.staff) =>
  world
    .get(ObjectCampaign)
    .answer({ actor: by, campaignId: campaign.id, objectionId, answer: '用水性漆，检测报告已附。' });

describe('the public notice', () => {
  it('keeps a campaign back until it is over', async () => {
    const campaign = await world.noticed(village, hourSeconds);
    expect(await open(campaign)).toBe('notice_running');
    expect(await due()).not.toContain(campaign.id);
  });

  it('opens a campaign once, with its intake and the hint for its deadline', async () => {
    const campaign = await world.noticed(village);
    expect(await due()).toContain(campaign.id);
    const results = await Promise.all([1, 2, 3].map(() => open(campaign)));
    expect(results.sort()).toEqual(['not_under_notice', 'not_under_notice', 'opened']);
    const intake = await world.sql.row<{ state: string; deadline: Date }>(
      'SELECT state, deadline FROM intake WHERE campaign_id = ?',
      [campaign.id],
    );
    expect(intake).toEqual({ state: 'open', deadline: campaign.deadline });
    const hints = await world.sql.rows<{ not_before: Date }>(
      "SELECT not_before FROM outbox WHERE topic = 'campaign.opened' AND ref = ?",
      [campaign.id],
    );
    expect(hints).toEqual([{ not_before: campaign.deadline }]);
  });

  it('waits for every objection to be answered or taken back', async () => {
    const campaign = await world.noticed(village);
    const first = await object(campaign);
    const second = await object(campaign, village.people[2]!);
    expect(await open(campaign)).toBe('objections_open');
    expect(await due()).not.toContain(campaign.id);
    await answer(campaign, first);
    expect(await open(campaign)).toBe('objections_open');
    await world
      .get(ObjectCampaign)
      .withdraw({ actor: village.people[2]!, campaignId: campaign.id, objectionId: second });
    expect(await due()).toContain(campaign.id);
    expect(await open(campaign)).toBe('opened');
    await expect(object(campaign)).rejects.toMatchObject({ code: 'not_under_notice' });
    await expect(answer(campaign, first)).rejects.toMatchObject({ code: 'objection_answered' });
  });

  it('hears verified residents, one open objection each, and lets nobody answer their own', async () => {
    const campaign = await world.noticed(village, hourSeconds);
    await expect(object(campaign, village.stranger)).rejects.toMatchObject({ code: 'not_a_member' });
    const objection = await object(campaign);
    await expect(object(campaign)).rejects.toMatchObject({ code: 'objection_open_already' });
    await expect(answer(campaign, objection, village.people[2]!)).rejects.toMatchObject({
      code: 'campaign_forbidden',
    });
    await expect(answer(campaign, objection, village.people[1]!)).rejects.toMatchObject({
      code: 'campaign_forbidden',
    });
    await answer(campaign, objection, village.people[0]!);
    const [shown] = await world.get(ReadHistory).objections(campaign.id, null, { before: null, limit: 5 });
    expect(shown).toMatchObject({ state: 'answered', answer: '用水性漆，检测报告已附。', mine: false });
    expect(JSON.stringify(shown)).not.toContain('per_');
  });

  it('never opens past an objection that is raised in the same moment', async () => {
    for (let round = 0; round < 6; round += 1) {
      const campaign = await world.noticed(village);
      const [objected, opened] = await Promise.allSettled([object(campaign), open(campaign)]);
      const result = opened.status === 'fulfilled' ? opened.value : 'failed';
      expect(result).toBe(objected.status === 'fulfilled' ? 'objections_open' : 'opened');
    }
  });

  it('gives back a campaign whose deadline came too near, so that nothing waits for ever', async () => {
    const campaign = await world.noticed(village, 0, 30 * 60_000);
    expect(await open(campaign)).toBe('returned');
    const [line] = await world
      .get(ReadHistory)
      .logPage(campaign.id, village.people[0]!, { before: null, limit: 1 });
    expect(line).toMatchObject({
      event: 'return',
      to: 'returned',
      actor: null,
      reason: expect.stringContaining('deadline'),
    });
  });

  it('can end in a return, after which it is reviewed and shown again', async () => {
    const campaign = await world.noticed(village, hourSeconds);
    await object(campaign);
    const returned = await world.get(ReturnCampaign).execute({
      actor: village.staff,
      campaignId: campaign.id,
      version: null,
      items: [{ item: 'plan', verdict: 'fix', reason: '按邻居的意见换漆' }],
    });
    expect(returned).toMatchObject({ state: 'returned', noticeEndsAt: null });
    expect(await open(campaign)).toBe('not_under_notice');
  });

  it('freezes goal, deadline, rules and custodian against everything that writes', async () => {
    const campaign = await world.opened(village);
    const [organiser] = village.people;
    const frozen = async () => {
      const {
        campaign: now,
        asks,
        costs,
        milestones,
      } = await world.get(ReadCampaign).page(campaign.id, null);
      return { ...now, asks, costs, milestones };
    };
    const before = await frozen();
    const target = { campaignId: campaign.id, version: before.version };
    const parts = completeParts(inMs(25 * dayMs));
    const attempts = [
      ...parts.map((change) => () => world.get(EditDraft).execute({ ...target, actor: organiser!, change })),
      () => world.get(SetCustody).execute({ ...target, actor: village.staff, account: custodyOf(campaign) }),
      () => world.get(SubmitCampaign).execute({ ...target, actor: organiser! }),
      () => world.get(TakeBackCampaign).execute({ ...target, actor: organiser! }),
      () => world.get(ReviewCampaign).execute({ ...target, actor: village.staff, items: ALL_OK }),
      () => world.get(ApproveCampaign).execute({ ...target, actor: village.staff }),
      () => world.get(ReturnCampaign).execute({ ...target, actor: village.staff, items: [] }),
    ];
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({
        code: expect.stringMatching(/^(campaign_frozen|not_in_review|state_conflict)$/),
      });
    }
    expect(await open(campaign)).toBe('not_under_notice');
    expect(await frozen()).toEqual(before);
  });
});

describe('at the very instant', () => {
  it('opens at the end of the notice and not a millisecond before', async () => {
    const db = await createTestDatabase();
    const ground = await LaunchWorld.start({ on: db });
    // One connection whose clock stands still: UTC_TIMESTAMP(3) says what the test sets.
    const frozen = await LaunchWorld.start({ on: db, poolMax: 1 });
    const clock = frozen.get(Database);
    const standAt = (at: Date) => clock.change('SET SESSION timestamp = ?', [at.getTime() / 1000]);
    const place = await ground.village();
    const campaign = await ground.noticed(place, 2 * 3600);
    const end = campaign.noticeEndsAt!;
    for (const [offsetMs, isDue, result] of [
      [-1, false, 'notice_running'],
      [0, true, 'opened'],
      [1, false, 'not_under_notice'],
    ] as const) {
      await standAt(new Date(end.getTime() + offsetMs));
      expect((await frozen.get(DueNotices).execute(10)).includes(campaign.id)).toBe(isDue);
      expect(await frozen.get(OpenCampaign).execute(campaign.id, AT_ONCE)).toBe(result);
    }
    await ground.expectSound();
    await frozen.app.close();
    await ground.stop();
  });
});
