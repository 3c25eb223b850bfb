import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CancelCampaign,
  CloseCampaign,
  CommunityTasks,
  ExtendCampaign,
  OpenCampaign,
  RaiseTask,
  ReadCampaign,
  SnapshotStore,
  SuspendCampaign,
  type Campaign,
} from '@hehuo/campaign';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { AT_ONCE, dayMs, LaunchWorld, type Village } from '../../support/launch-world.js';

let world: LaunchWorld;
let village: Village;

beforeAll(async () => {
  world = await LaunchWorld.start();
  village = await world.village();
});
afterEach(() => world.expectSound());
afterAll(() => world.stop());

const organiser = () => village.people[0]!;
const later = (campaign: Campaign, ms: number) => new Date(campaign.deadline!.getTime() + ms).toISOString();
const extend = (campaign: Campaign, ms = dayMs, by = organiser()) =>
  world.get(ExtendCampaign).execute({ actor: by, campaignId: campaign.id, deadline: later(campaign, ms) });
const halt = (campaign: Campaign, by = village.staff) => ({
  actor: by,
  campaignId: campaign.id,
  reason: '接到举报，核实中',
});
const cancel = (campaign: Campaign, by = organiser()) =>
  world.get(CancelCampaign).execute({ actor: by, campaignId: campaign.id, reason: '找到了更好的办法' });
/** As if half of everything was promised; the counters alone decide about an extension. */
const reach = (campaignId: Id<'cmp'>, labour: number, money: number) =>
  world.sql.change(
    `UPDATE ask_intake i JOIN ask a ON a.id = i.ask_id SET i.reserved = IF(a.kind = 'money', ?, ?)
     WHERE i.campaign_id = ?`,
    [money, labour, campaignId],
  );
const deadlineIn = (campaignId: Id<'cmp'>, seconds: number) =>
  Promise.all(
    [
      'UPDATE intake SET deadline = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE campaign_id = ?',
      'UPDATE campaign SET deadline = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE id = ?',
    ].map((text) => world.sql.change(text, [seconds, campaignId])),
  );
const sameDeadline = (campaignId: Id<'cmp'>) =>
  world.sql.change(
    'UPDATE campaign c JOIN intake i ON i.campaign_id = c.id SET c.deadline = i.deadline WHERE c.id = ?',
    [campaignId],
  );

describe('an extension', () => {
  it('moves both deadlines once, by the rule of the launch', async () => {
    const campaign = await world.opened(village);
    await reach(campaign.id, 240, 180_000);
    const extended = await extend(campaign, 5 * dayMs);
    expect(extended).toMatchObject({ state: 'open', deadline: new Date(later(campaign, 5 * dayMs)) });
    expect(extended.extendedAt).not.toBeNull();
    await expect(extend(extended)).rejects.toMatchObject({ code: 'extension_refused' });
    const hints = await world.sql.rows<{ not_before: Date }>(
      "SELECT not_before FROM outbox WHERE topic = 'campaign.opened' AND ref = ? ORDER BY id",
      [campaign.id],
    );
    expect(hints.map(({ not_before }) => not_before)).toEqual([campaign.deadline, extended.deadline]);
    await reach(campaign.id, 0, 0);
  });

  it('is refused below the share, past the days, backwards, by others and before the opening', async () => {
    const campaign = await world.opened(village);
    await reach(campaign.id, 239, 180_000);
    await expect(extend(campaign)).rejects.toMatchObject({ code: 'extension_refused' });
    await reach(campaign.id, 240, 180_000);
    for (const ms of [5 * dayMs + 1, 0, -1]) {
      await expect(extend(campaign, ms)).rejects.toMatchObject({ code: 'extension_refused' });
    }
    await expect(extend(campaign, dayMs, village.staff)).rejects.toMatchObject({
      code: 'campaign_forbidden',
    });
    const waiting = await world.noticed(village);
    await expect(extend(waiting)).rejects.toMatchObject({ code: 'campaign_not_open' });
    await reach(campaign.id, 0, 0);
  });

  it('and the close have one winner', async () => {
    for (let round = 0; round < 4; round += 1) {
      const campaign = await world.opened(village);
      await reach(campaign.id, 240, 180_000);
      await deadlineIn(campaign.id, 0);
      await sameDeadline(campaign.id);
      const past = (await world.get(ReadCampaign).page(campaign.id, null)).campaign;
      const [extended, closed] = await Promise.allSettled([
        extend(past),
        world.get(CloseCampaign).execute(campaign.id),
      ]);
      // The deadline has passed, so the extension may not win, in whatever order they arrive.
      expect(extended.status).toBe('rejected');
      expect(closed).toMatchObject({ status: 'fulfilled', value: true });
      await reach(campaign.id, 0, 0);
    }
    const early = await world.opened(village);
    await reach(early.id, 240, 180_000);
    const [extended, closed] = await Promise.allSettled([
      extend(early),
      world.get(CloseCampaign).execute(early.id),
    ]);
    expect(extended.status).toBe('fulfilled');
    expect(closed).toMatchObject({ value: false });
    await reach(early.id, 0, 0);
  });
});

describe('a suspension', () => {
  it('stops the intake and goes on without moving the deadline', async () => {
    const campaign = await world.opened(village);
    const suspended = await world.get(SuspendCampaign).execute(halt(campaign));
    expect(suspended).toMatchObject({
      state: 'suspended',
      suspendedFrom: 'open',
      suspendedReason: expect.any(String),
    });
    expect(await world.get(CloseCampaign).execute(campaign.id)).toBe(false);
    const resumed = await world.get(SuspendCampaign).resume(halt(campaign));
    expect(resumed).toMatchObject({ state: 'open', deadline: campaign.deadline, suspendedReason: null });
  });

  it('closes on resuming when the deadline passed meanwhile', async () => {
    const campaign = await world.opened(village);
    await world.get(SuspendCampaign).execute(halt(campaign));
    await deadlineIn(campaign.id, -1);
    await sameDeadline(campaign.id);
    expect(await world.get(CloseCampaign).execute(campaign.id)).toBe(false);
    await world.get(SuspendCampaign).resume(halt(campaign));
    expect(await world.get(CloseCampaign).execute(campaign.id)).toBe(true);
    expect(await world.state(campaign.id)).toBe('closing');
  });

  it('gives a notice back the time that it had left', async () => {
    const campaign = await world.noticed(village, 3600);
    await world.get(SuspendCampaign).execute(halt(campaign));
    await world.sql.change(
      `UPDATE campaign SET notice_ends_at = notice_ends_at - INTERVAL 2 HOUR,
              suspended_at = suspended_at - INTERVAL 2 HOUR WHERE id = ?`,
      [campaign.id],
    );
    const resumed = await world.get(SuspendCampaign).resume(halt(campaign));
    const leftMs = resumed.noticeEndsAt!.getTime() - campaign.noticeEndsAt!.getTime();
    expect(Math.abs(leftMs)).toBeLessThan(60_000);
    expect(await world.get(OpenCampaign).execute(campaign.id, AT_ONCE)).toBe('notice_running');
  });

  it('is for staff, with a reason, of what runs', async () => {
    const campaign = await world.opened(village);
    const { execute, resume } = {
      execute: (by = village.staff, reason = 'x') =>
        world.get(SuspendCampaign).execute({ ...halt(campaign, by), reason }),
      resume: () => world.get(SuspendCampaign).resume(halt(campaign)),
    };
    await expect(execute(organiser())).rejects.toMatchObject({ code: 'campaign_forbidden' });
    await expect(execute(village.staff, '')).rejects.toMatchObject({ code: 'campaign_field_invalid' });
    await expect(resume()).rejects.toMatchObject({ code: 'campaign_not_suspended' });
    const draft = await world.draft(village);
    await expect(world.get(SuspendCampaign).execute(halt(draft))).rejects.toMatchObject({
      code: 'state_conflict',
    });
  });
});

describe('cancelling', () => {
  it('is the organiser’s while nobody has promised anything', async () => {
    const campaign = await world.opened(village);
    expect(await cancel(campaign)).toMatchObject({ state: 'cancelled', cancelledReason: '找到了更好的办法' });
    const [snapshot] = await world.get(SnapshotStore).ofCampaign(campaign.id);
    expect(snapshot).toMatchObject({ stage: 'cancel', outcome: 'cancelled', pledges: 0n });
    const decided = await world.sql.rows(
      "SELECT ref FROM outbox WHERE topic = 'campaign.decided' AND ref = ?",
      [campaign.id],
    );
    expect(decided).toHaveLength(1);
    expect((await world.get(ReadCampaign).page(campaign.id, null)).campaign.state).toBe('cancelled');
  });

  it('is for staff once there are pledges', async () => {
    const campaign = await world.opened(village);
    await world.sql.change('UPDATE intake SET pledges = 1 WHERE campaign_id = ?', [campaign.id]);
    await expect(cancel(campaign)).rejects.toMatchObject({ code: 'has_pledges', details: { pledges: '1' } });
    await expect(cancel(campaign, village.people[1]!)).rejects.toMatchObject({ code: 'campaign_forbidden' });
    await world.sql.change('UPDATE intake SET pledges = 0 WHERE campaign_id = ?', [campaign.id]);
    expect(await cancel(campaign, village.staff)).toMatchObject({ state: 'cancelled' });
  });

  it('hides a draft that nobody saw', async () => {
    const draft = await world.draft(village);
    await cancel(draft);
    await expect(world.get(ReadCampaign).page(draft.id, null)).rejects.toMatchObject({
      code: 'campaign_not_found',
    });
  });

  it('is not possible after the deadline', async () => {
    const campaign = await world.opened(village);
    await deadlineIn(campaign.id, -1);
    await sameDeadline(campaign.id);
    await world.get(CloseCampaign).execute(campaign.id);
    await expect(cancel(campaign, village.staff)).rejects.toMatchObject({ code: 'state_conflict' });
  });
});

describe('a task of the community', () => {
  it('is raised once a campaign and finished once by staff', async () => {
    const campaign = await world.opened(village);
    const raise = () =>
      world.get(UnitOfWork).run(async (tx) => {
        await world.sql.rows('SELECT 1');
        return world.get(RaiseTask).execute(tx, {
          communityId: village.communityId,
          campaignId: campaign.id,
          kind: 'convene_meeting',
        });
      });
    expect([await raise(), await raise()]).toEqual([true, false]);
    expect((await world.get(ReadCampaign).page(campaign.id, null)).meetingAsked).toBe(true);
    const tasks = world.get(CommunityTasks);
    const list = (by = village.staff) =>
      tasks.list({ actor: by, communityId: village.communityId, state: 'open', before: null, limit: 10 });
    await expect(list(organiser())).rejects.toMatchObject({ code: 'campaign_forbidden' });
    const [task] = await list();
    const finish = (by = village.staff) =>
      tasks.finish({ actor: by, taskId: task!.id, note: '已于周六开会' });
    await expect(finish(organiser())).rejects.toMatchObject({ code: 'task_not_found' });
    await finish();
    await expect(finish()).rejects.toMatchObject({ code: 'task_done' });
    expect(await list()).toEqual([]);
  });
});
