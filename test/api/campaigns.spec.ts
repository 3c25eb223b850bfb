import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '@hehuo/identity';
import { CampaignApi, deadline, PARTS, type Method } from '../support/campaign-api.js';
import type { LaunchWorld, Village } from '../support/launch-world.js';

const http = new CampaignApi();
let world: LaunchWorld;
let village: Village;
let elsewhere: Village;

beforeAll(async () => {
  await http.start();
  world = http.world;
  village = await world.village();
  elsewhere = await world.village();
});
afterAll(() => http.stop());

const call = (who: Actor | null, method: Method, path: string) => http.call(who, method, path);
const organiser = () => village.people[0]!;
const ITEMS = [
  'need',
  'story',
  'beneficiaries',
  'place',
  'plan',
  'costs',
  'asks',
  'money',
  'risks',
  'legal',
  'privacy',
];

describe('a campaign over HTTP', () => {
  it('goes from a need through review to the notice, returned once on the way', async () => {
    const need = await call(organiser(), 'post', `/communities/${village.communityId}/needs`)
      .send({ title: '楼道该刷了', text: '墙皮都掉了' })
      .expect(201);
    await call(village.people[1]!, 'put', `/needs/${need.body.id}/me-too`).expect(200);
    const similar = await call(null, 'get', `/communities/${village.communityId}/similar`)
      .query({ text: '楼道刷墙' })
      .expect(200);
    expect(similar.body.items[0]).toMatchObject({ id: need.body.id, near: 'same_community' });

    const campaign = await http.written(village);
    await call(organiser(), 'get', `/campaigns/${campaign}/missing`).expect(200, { items: [] });
    await call(organiser(), 'post', `/campaigns/${campaign}/submit`).expect(200);
    const returned = await call(village.staff, 'post', `/campaigns/${campaign}/return`)
      .send({ items: [{ item: 'costs', verdict: 'fix', reason: '附上报价单' }] })
      .expect(200);
    expect(returned.body).toMatchObject({ state: 'returned', round: 1 });
    const reasons = await call(organiser(), 'get', `/campaigns/${campaign}/review`).expect(200);
    expect(reasons.body.items).toMatchObject([{ item: 'costs', verdict: 'fix', reason: '附上报价单' }]);
    await call(organiser(), 'put', `/campaigns/${campaign}/costs`)
      .set('if-match', returned.headers['etag']!)
      .send({ lines: [{ title: '漆，附报价单', amount: '360000' }] })
      .expect(200);
    await call(organiser(), 'post', `/campaigns/${campaign}/submit`).expect(200);

    await call(village.staff, 'post', `/campaigns/${campaign}/approve`).expect(422);
    await call(village.staff, 'put', `/campaigns/${campaign}/review`)
      .send({ items: ITEMS.map((item) => ({ item, verdict: 'ok' })) })
      .expect(200);
    const missing = await call(village.staff, 'post', `/campaigns/${campaign}/approve`).expect(409);
    expect(missing.body.code).toBe('custody_account_missing');
    const account = http.account(village, '芙蓉里居民委员会');
    await call(village.staff, 'put', `/campaigns/${campaign}/custody`)
      .send({ custodyAccountId: account })
      .expect(200);
    const approved = await call(village.staff, 'post', `/campaigns/${campaign}/approve`).expect(200);
    expect(approved.body.state).toBe('notice');

    const page = await call(null, 'get', `/campaigns/${campaign}`).expect(200);
    expect(page.body).toMatchObject({
      state: 'notice',
      community: { name: '芙蓉里社区' },
      deadline: {
        at: deadline.toISOString(),
        timeZone: 'Asia/Shanghai',
        local: expect.stringMatching(/\+08:00$/),
      },
      money: {
        custodian: '芙蓉里居民委员会',
        paymentMode: 'pay_on_success',
        basis: expect.stringContaining('§122'),
      },
      policies: { failure: { code: 'refund_all', words: { 'zh-CN': expect.any(String) } } },
      asks: [
        { kind: 'labour', minimum: '480', promised: '0', short: '480', slots: [{ capacity: 6, taken: 0 }] },
        { kind: 'money', minimum: '360000', cap: '360000', perPledgeMax: '20000' },
      ],
      households: 0,
      objections: { open: 0, all: 0 },
      may: { organise: false, edit: false, review: false, cancel: false },
    });
    expect(page.body.verified.at).toBeTruthy();
    expect(Date.parse(page.headers['server-time']!)).not.toBeNaN();

    const unchanged = (status: number) =>
      call(null, 'get', `/campaigns/${campaign}`).set('if-none-match', page.headers['etag']!).expect(status);
    await unchanged(304);
    const objection = await call(village.people[2]!, 'post', `/campaigns/${campaign}/objections`)
      .send({ text: '气味大不大？' })
      .expect(201);
    await unchanged(200);
    await call(organiser(), 'post', `/campaigns/${campaign}/objections/${objection.body.id}/answer`)
      .send({ answer: '用水性漆' })
      .expect(204);
    const objections = await call(null, 'get', `/campaigns/${campaign}/objections`).expect(200);
    expect(objections.body.items).toMatchObject([{ state: 'answered', answer: '用水性漆', mine: false }]);
    const log = await call(null, 'get', `/campaigns/${campaign}/log`).query({ limit: 2 }).expect(200);
    expect(log.body.items.map(({ event }: { event: string }) => event)).toEqual(['approve', 'submit']);
    const older = await call(null, 'get', `/campaigns/${campaign}/log`)
      .query({ cursor: log.body.next })
      .expect(200);
    expect(older.body.items.map(({ event }: { event: string }) => event)).toEqual([
      'return',
      'submit',
      'create',
    ]);
    expect(JSON.stringify([page.body, objections.body, log.body])).not.toContain('per_');
  });

  it('is extended, suspended, resumed and cancelled by whom it is for', async () => {
    const { id: campaign } = await world.opened(village);
    const post = (who: Actor, act: string, body: object) =>
      call(who, 'post', `/campaigns/${campaign}/${act}`).send(body);
    const refused = await post(organiser(), 'extend', { deadline: '2026-12-24T20:00' }).expect(409);
    expect(refused.body.code).toBe('extension_refused');
    await post(organiser(), 'suspend', { reason: '核实' }).expect(403);
    await post(village.staff, 'suspend', { reason: '核实' }).expect(200);
    expect((await call(null, 'get', `/campaigns/${campaign}`)).body).toMatchObject({
      state: 'suspended',
      suspendedReason: '核实',
    });
    await post(village.staff, 'resume', { reason: '没有问题' }).expect(200);
    const ended = await post(organiser(), 'cancel', { reason: '物业答应修了' }).expect(200);
    expect(ended.body.state).toBe('cancelled');
    await post(organiser(), 'cancel', { reason: '再来一次' }).expect(409);
  });

  it('lists what the reader may know, page by page', async () => {
    const place = await world.village();
    const first = await world.opened(place);
    const second = await world.noticed(place, 3600);
    const hidden = await world.draft(place);
    const list = (who: Actor | null, query: object) =>
      call(who, 'get', '/campaigns')
        .query({ communityId: place.communityId, ...query })
        .expect(200);
    const ids = (answer: { body: { items: { id: string }[] } }) => answer.body.items.map((item) => item.id);
    const one = await list(null, { limit: 1 });
    expect(ids(one)).toEqual([second.id]);
    expect(ids(await list(null, { limit: 1, cursor: one.body.next }))).toEqual([first.id]);
    expect(ids(await list(null, { kind: 'money', state: 'open' }))).toEqual([first.id]);
    expect(ids(await list(null, { kind: 'goods' }))).toEqual([]);
    expect(ids(await list(place.staff, { state: 'draft' }))).toEqual([hidden.id]);
    expect(ids(await list(village.staff, { state: 'draft' }))).toEqual([]);
    expect(one.body.items[0]).toMatchObject({ asks: [{ kind: 'labour', promised: '0' }, { kind: 'money' }] });
  });

  it('says in the reader’s language what a draft still lacks', async () => {
    const { body } = await call(organiser(), 'post', `/communities/${village.communityId}/campaigns`)
      .send({})
      .expect(201);
    const missing = async (language: string): Promise<string> => {
      const answer = await call(organiser(), 'get', `/campaigns/${body.id}/missing`)
        .set('accept-language', language)
        .expect(200);
      const title = (answer.body.items as { pointer: string; message: string }[]).find(
        ({ pointer }) => pointer === '/story/title',
      );
      return title!.message;
    };
    expect([await missing('zh-CN'), await missing('en')]).toEqual(['请写一个标题', 'give it a title']);
  });

  it('tells the form its rules', async () => {
    const { body } = await call(null, 'get', '/campaign-rules').expect(200);
    expect(body.legalTypes).toHaveLength(6);
    expect(body.blocked[0]).toMatchObject({ code: 'personal_aid', wayOut: { en: expect.any(String) } });
    expect(body.limits).toMatchObject({ asksMax: 20, slotMinutesMin: '15', openDaysMax: 60 });
  });

  it('hides what is not the caller’s, alike for every route', async () => {
    const campaign = await http.written(village);
    const other = elsewhere.people[0]!;
    const staffElsewhere = elsewhere.staff;
    const routes: ['get' | 'post' | 'put', string, object | undefined, Actor][] = [
      ['get', '', undefined, other],
      ['get', '/missing', undefined, other],
      ['get', '/log', undefined, other],
      ['get', '/objections', undefined, other],
      ['get', '/review', undefined, other],
      ['put', '/place', PARTS.place, other],
      ['put', '/goal', PARTS.goal, other],
      ['post', '/submit', undefined, other],
      ['post', '/take-back', undefined, other],
      ['post', '/objections', { text: 'x' }, other],
      ['post', '/cancel', { reason: 'x' }, other],
      ['put', '/review', { items: [] }, staffElsewhere],
      ['post', '/approve', undefined, staffElsewhere],
      ['post', '/return', { items: [] }, staffElsewhere],
      ['post', '/suspend', { reason: 'x' }, staffElsewhere],
      ['post', '/resume', { reason: 'x' }, staffElsewhere],
    ];
    for (const [method, path, body, who] of routes) {
      const sent = call(who, method, `/campaigns/${campaign}${path}`).set('if-match', '"7"');
      const answer = await (body ? sent.send(body) : sent);
      expect(`${method} ${path} ${answer.status} ${answer.body.code}`).toBe(
        `${method} ${path} 404 campaign_not_found`,
      );
    }
  });
});
