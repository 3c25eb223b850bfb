import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CancelCampaign,
  CloseNeed,
  CreateDraft,
  EchoNeed,
  FindSimilar,
  RaiseNeed,
  ReadNeeds,
} from '@hehuo/campaign';
import type { Need } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { settledCodes } from '../../support/pledging.js';
import { LaunchWorld, type Village } from '../../support/launch-world.js';

let world: LaunchWorld;
let village: Village;

beforeAll(async () => {
  world = await LaunchWorld.start();
  village = await world.village([0, 0, 1, 2, 3]);
});
afterEach(() => world.expectSound());
afterAll(() => world.stop());

const raise = (title: string, text: string, by: Actor = village.people[0]!, where = village): Promise<Need> =>
  world
    .get(RaiseNeed)
    .execute({ actor: by, communityId: where.communityId, title, text, placeText: '3 单元楼下' });

describe('needs', () => {
  it('count one voice a household, the raiser’s own first', async () => {
    const need = await raise('缺一把长椅', '老人没有地方坐');
    expect(need).toMatchObject({ state: 'open', echoCount: 1 });
    const [, flatmate, neighbour] = village.people;
    expect((await world.get(EchoNeed).execute({ actor: flatmate!, needId: need.id })).echoCount).toBe(1);
    expect((await world.get(EchoNeed).execute({ actor: neighbour!, needId: need.id })).echoCount).toBe(2);
    expect((await world.get(EchoNeed).execute({ actor: neighbour!, needId: need.id })).echoCount).toBe(2);
    expect(await world.get(ReadNeeds).one(need.id, neighbour!)).toMatchObject({
      echoed: true,
      mayClose: false,
    });
    expect((await world.get(EchoNeed).withdraw({ actor: neighbour!, needId: need.id })).echoCount).toBe(1);
    await expect(world.get(EchoNeed).withdraw({ actor: neighbour!, needId: need.id })).rejects.toMatchObject({
      code: 'echo_not_found',
    });
  });

  it('are raised by one person five times a day, however many come at once', async () => {
    const eager = village.people[3]!;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) => raise(`缺一盏灯 ${at}`, '后门太黑', eager)),
    );
    expect(settledCodes(outcomes)).toEqual({ taken: 5, too_many_needs: 3 });
    await expect(raise('再缺一盏', '太黑', eager)).rejects.toMatchObject({
      code: 'too_many_needs',
      details: { limit: 5, retryAfterSeconds: expect.any(Number) },
    });
    await world.sql.change(
      "UPDATE attempt_count SET window_ends = UTC_TIMESTAMP(3) WHERE scope = 'needs_person_day'",
    );
    expect(await raise('明天再说的灯', '太黑', eager)).toMatchObject({ state: 'open' });
  });

  it('count exactly when everybody speaks at once', async () => {
    const crowd = await world.village(Array.from({ length: 40 }, (_, at) => Math.floor(at / 2)));
    const need = await raise('电动车没处充电', '飞线充电危险', crowd.people[0]!, crowd);
    const echo = (actor: Actor) => world.get(EchoNeed).execute({ actor, needId: need.id });
    await Promise.all([...crowd.people, ...crowd.people].map(echo));
    expect((await world.get(ReadNeeds).one(need.id, null)).echoCount).toBe(20);
    await Promise.allSettled(
      crowd.people.map((actor) => world.get(EchoNeed).withdraw({ actor, needId: need.id })),
    );
    expect((await world.get(ReadNeeds).one(need.id, null)).echoCount).toBe(0);
  });

  it('are for verified members to raise and for everybody to read', async () => {
    await expect(raise('缺灯', '楼道黑', village.stranger)).rejects.toMatchObject({ code: 'not_a_member' });
    const elsewhere = await world.village([0]);
    await expect(raise('缺灯', '楼道黑', elsewhere.people[0]!)).rejects.toMatchObject({
      code: 'not_a_member',
    });
    const need = await raise('缺灯', '楼道黑');
    await expect(
      world.get(EchoNeed).execute({ actor: elsewhere.people[0]!, needId: need.id }),
    ).rejects.toMatchObject({ code: 'not_a_member' });
    expect(await world.get(ReadNeeds).one(need.id, null)).toMatchObject({ echoed: null });
  });

  it('name every wrong field at once', async () => {
    await expect(raise(' ', '')).rejects.toMatchObject({
      code: 'campaign_field_invalid',
      details: { errors: [{ pointer: '/title' }, { pointer: '/text' }] },
    });
  });

  it('grow into one campaign, and are free again when that is cancelled', async () => {
    const need = await raise('缺儿童书架', '孩子放学没书看');
    const [first, , second] = village.people;
    const grow = (actor: Actor) =>
      world
        .get(CreateDraft)
        .execute({ actor, communityId: village.communityId, needId: need.id, category: null });
    const outcomes = await Promise.allSettled([grow(first!), grow(second!), grow(first!)]);
    const grown = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(grown).toHaveLength(1);
    expect(grown[0]).toMatchObject({ title: need.title, story: need.text, needId: need.id });
    await expect(world.get(EchoNeed).execute({ actor: second!, needId: need.id })).rejects.toMatchObject({
      code: 'need_closed',
      details: { campaignId: grown[0]!.id },
    });
    const organiser = village.people.find(({ personId }) => personId === grown[0]!.organiserId)!;
    await world
      .get(CancelCampaign)
      .execute({ actor: organiser, campaignId: grown[0]!.id, reason: '先不做了' });
    expect(await world.get(ReadNeeds).one(need.id, null)).toMatchObject({ state: 'open', campaignId: null });
  });

  it('are closed by who raised them or by staff, with a reason', async () => {
    const need = await raise('缺垃圾桶', '门口没有');
    const close = (actor: Actor, reason = '已经装了') =>
      world.get(CloseNeed).execute({ actor, needId: need.id, reason });
    await expect(close(village.people[2]!)).rejects.toMatchObject({ code: 'campaign_forbidden' });
    await expect(close(village.staff, ' ')).rejects.toMatchObject({ code: 'campaign_field_invalid' });
    expect(await close(village.staff)).toMatchObject({ state: 'closed' });
    await expect(close(village.staff)).rejects.toMatchObject({ code: 'need_closed' });
  });
});

describe('what is there already', () => {
  it('is shown in Chinese and English, the own community first, then the street', async () => {
    const here = await world.village([0]);
    const near = await world.village([0], { streetId: here.streetId });
    const far = await world.village([0]);
    for (const [where, title] of [
      [far, '电动车充电棚太少'],
      [near, '想建电动车充电棚'],
      [here, '三号楼缺电动车充电的地方'],
      [here, '广场舞音响太吵'],
      [near, 'A charging shed for e-bikes'],
    ] as const) {
      await raise(title, '大家都有需要', where.people[0]!, where);
    }
    const similar = (text: string) => world.get(FindSimilar).execute({ communityId: here.communityId, text });
    expect(
      (await similar('我们小区想装电动车充电桩')).map(({ title, near: place }) => [place, title]),
    ).toEqual([
      ['same_community', '三号楼缺电动车充电的地方'],
      ['same_street', '想建电动车充电棚'],
    ]);
    expect((await similar('E-bike charging sheds')).map(({ title }) => title)).toContain(
      'A charging shed for e-bikes',
    );
    expect(await similar('种一棵桂花树')).toEqual([]);
  });
});
