import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chengdu, COMMUNITY_INVARIANTS } from '@hehuo/community';
import { IDENTITY_INVARIANTS, type Actor } from '@hehuo/identity';
import { checkInvariants } from '@hehuo/platform';
import {
  doorCodeOf,
  moveIn,
  newcomer,
  settleCommunity,
  withRoles,
  type SettledCommunity,
} from '@hehuo/testing';
import { newId } from '@hehuo/kernel';
import request from 'supertest';
import { KnownSessions } from '../support/actors.js';
import { startApi, type TestApi } from '../support/api.js';

let api: TestApi;
let place: SettledCommunity;
let staffAuth: Record<string, string>;
const sessions = new KnownSessions();
const as = (actor: Actor) => ({ authorization: `Bearer ${sessions.tokenFor(actor)}` });
/** Another session of the staff, because a token is known by its session. */
const colleague = (): Actor => ({ ...place.staff, sessionId: newId('ses', 0) });

beforeAll(async () => {
  api = await startApi({ sessions });
  place = await settleCommunity(api.app);
  staffAuth = as(place.staff);
});
afterAll(async () => {
  const { database } = api.testDatabase;
  expect(await checkInvariants(database, [...COMMUNITY_INVARIANTS, ...IDENTITY_INVARIANTS])).toEqual([]);
  await api.stop();
});

describe('the tree', () => {
  it('is read level by level, page by page', async () => {
    const cities = await request(api.url).get('/v1/regions').expect(200);
    const city = cities.body.items[0];
    const first = await request(api.url).get(`/v1/regions?parentId=${city.id}&limit=3`).expect(200);
    const rest = await request(api.url)
      .get(`/v1/regions?parentId=${city.id}&cursor=${first.body.next}`)
      .expect(200);
    const names = [...first.body.items, ...rest.body.items].map(({ name }: { name: string }) => name);
    expect(new Set(names).size).toBe(8);
    expect(rest.body.next).toBeNull();
    const found = await request(api.url)
      .get(`/v1/communities?name=${encodeURIComponent('城北')}`)
      .expect(200);
    expect(found.body.items).toMatchObject([{ name: '城北社区', householdCount: 2866 }]);
    await request(api.url).get(`/v1/communities/${found.body.items[0].id}`).expect(200);
    await request(api.url)
      .get(`/v1/communities/com_${'0'.repeat(26)}`)
      .expect(404);
    const estates = await request(api.url).get(`/v1/communities/${place.communityId}/estates`).expect(200);
    expect(estates.body.items).toMatchObject([{ name: chengdu.DEMO_ESTATE }]);
  });
});

describe('joining', () => {
  it('goes by door code, with the codes that staff print', async () => {
    const home = place.nextHome();
    const printed = await request(api.url)
      .post(`/v1/communities/${place.communityId}/door-codes`)
      .set(staffAuth)
      .send({ householdIds: [home.id] })
      .expect(201);
    const actor = await newcomer(api.app);
    const body = { communityId: place.communityId, doorCode: printed.body.items[0].code };
    const joined = await request(api.url).post('/v1/memberships').set(as(actor)).send(body).expect(201);
    expect(joined.body.state).toBe('verified');
    const again = await request(api.url).post('/v1/memberships').set(as(actor)).send(body).expect(409);
    expect(again.body.code).toBe('membership_exists');
    const mine = await request(api.url).get('/v1/me/memberships').set(as(actor)).expect(200);
    expect(mine.body.items).toMatchObject([
      { maskedName: '陈**', door: home.door, state: 'verified', basis: 'door_code' },
    ]);
  });

  it('goes by request and staff, who see masks until they say why', async () => {
    const home = place.nextHome();
    const actor = await newcomer(api.app);
    const body = { communityId: place.communityId, estateId: home.estateId, door: home.door };
    const { membershipId } = (
      await request(api.url).post('/v1/memberships').set(as(actor)).send(body).expect(201)
    ).body;
    const queue = await request(api.url)
      .get(`/v1/communities/${place.communityId}/memberships`)
      .set(staffAuth)
      .expect(200);
    expect(JSON.stringify(queue.body)).not.toContain('陈大文');
    const reveal = () => request(api.url).post(`/v1/memberships/${membershipId}/reveal`);
    await reveal()
      .set(as({ ...colleague(), secondFactorAt: null }))
      .send({ reason: '核对证件' })
      .expect(403);
    expect((await reveal().set(staffAuth).send({ reason: '核对证件' }).expect(201)).body.name).toBe('陈大文');
    await request(api.url).post(`/v1/memberships/${membershipId}/verify`).set(staffAuth).expect(204);
    await request(api.url).post(`/v1/memberships/${membershipId}/verify`).set(staffAuth).expect(409);
    await request(api.url).post(`/v1/memberships/${membershipId}/end`).set(as(actor)).send({}).expect(204);
  });

  it.each([
    ['no way in', {}],
    ['both ways in', { doorCode: 'K7MR-42VX', door: '1' }],
    ['half a door', { estateId: `est_${'0'.repeat(26)}` }],
    ['a foreign id', { doorCode: 'K7MR-42VX', communityId: 'cmp_1' }],
    ['a person', { doorCode: 'K7MR-42VX', personId: `per_${'0'.repeat(26)}` }],
    ['a state', { doorCode: 'K7MR-42VX', state: 'verified' }],
  ])('refuses %s', async (_name, over) => {
    const actor = await newcomer(api.app);
    await request(api.url)
      .post('/v1/memberships')
      .set(as(actor))
      .send({ communityId: place.communityId, ...over })
      .expect(422);
  });

  it('keeps other communities out of sight', async () => {
    const [elsewhere] = (await request(api.url).get(`/v1/communities?name=${encodeURIComponent('城北')}`))
      .body.items;
    const foreign = as(withRoles(colleague(), { role: 'community_staff', communityId: elsewhere.id }));
    const member = await moveIn(api.app, place);
    const { communityId } = place;
    await request(api.url).get(`/v1/communities/${communityId}/memberships`).set(foreign).expect(403);
    await request(api.url).get(`/v1/communities/${communityId}/households`).set(foreign).expect(403);
    for (const act of ['verify', 'end', 'guardian']) {
      const body = act === 'guardian' ? { agrees: true } : {};
      await request(api.url)
        .post(`/v1/memberships/${member.membershipId}/${act}`)
        .set(foreign)
        .send(body)
        .expect(404);
    }
    await request(api.url)
      .post(`/v1/memberships/${member.membershipId}/reveal`)
      .set(foreign)
      .send({ reason: '好奇' })
      .expect(404);
    await request(api.url).get(`/v1/exports/households?communityId=${communityId}`).set(foreign).expect(403);
  });

  it('tells a guesser when to come back', async () => {
    const actor = await newcomer(api.app);
    const body = { communityId: place.communityId, doorCode: 'ZZZZ-ZZZZ' };
    for (let i = 0; i < 10; i += 1)
      await request(api.url).post('/v1/memberships').set(as(actor)).send(body).expect(403);
    const locked = await request(api.url).post('/v1/memberships').set(as(actor)).send(body).expect(429);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(3600);
    const code = await doorCodeOf(api.app, place, place.nextHome());
    await request(api.url)
      .post('/v1/memberships')
      .set(as(actor))
      .send({ ...body, doorCode: code })
      .expect(429);
  });
});

describe('the desk', () => {
  it('registers an elder, and lets a trusted neighbour help', async () => {
    const body = {
      householdId: place.nextHome().id,
      name: '李奶奶',
      birthDate: '1944-03-04',
      signedOnPaper: true,
    };
    const residents = `/v1/communities/${place.communityId}/residents`;
    await request(api.url).post(residents).set(staffAuth).send(body).expect(201);
    await request(api.url)
      .post(residents)
      .set(staffAuth)
      .send({ ...body, signedOnPaper: 'yes' })
      .expect(422);
    await request(api.url)
      .post(residents)
      .set(staffAuth)
      .send({ ...body, birthDate: '2030-01-01' })
      .expect(422);
    const helper = await moveIn(api.app, place);
    const trust = `/v1/communities/${place.communityId}/trusted-neighbours`;
    const { id } = (
      await request(api.url)
        .post(trust)
        .set(staffAuth)
        .send({ personId: helper.actor.personId, days: 30 })
        .expect(201)
    ).body;
    await request(api.url)
      .post(trust)
      .set(staffAuth)
      .send({ personId: helper.actor.personId, days: 0 })
      .expect(422);
    expect((await request(api.url).get(trust).set(staffAuth).expect(200)).body.items).toMatchObject([
      { id, maskedName: '陈**' },
    ]);
    await request(api.url).delete(`/v1/trusted-neighbours/${id}`).set(as(helper.actor)).expect(204);
    await request(api.url).delete(`/v1/trusted-neighbours/${id}`).set(as(helper.actor)).expect(404);
  });
});

describe('rules', () => {
  it('are public, versioned and written by staff', async () => {
    const path = `/v1/communities/${place.communityId}/policies`;
    const { body } = await request(api.url).get(path).expect(200);
    expect(body).toMatchObject({
      current: { version: 0, noticeDays: 7, moneyPerPersonMax: null },
      items: [],
    });
    const { version: _version, moneyPerPersonMax: _max, ...rest } = body.current;
    const next = { ...rest, after: 0, noticeDays: 10, moneyPerPersonMax: '50000', reason: '居民会议决定' };
    await request(api.url)
      .post(path)
      .set(staffAuth)
      .send({ ...next, moneyPerPersonMax: 50000 })
      .expect(422);
    await request(api.url)
      .post(path)
      .set(staffAuth)
      .send({ ...next, noticeDays: 61 })
      .expect(422);
    await request(api.url).post(path).set(staffAuth).send(next).expect(201);
    await request(api.url).post(path).set(staffAuth).send(next).expect(409);
    expect((await request(api.url).get(path)).body.current).toMatchObject({
      version: 1,
      noticeDays: 10,
      moneyPerPersonMax: '50000',
    });
  });
});

describe('files', () => {
  const post = (path: string, text: string, auth = staffAuth) =>
    request(api.url).post(path).set(auth).set('content-type', 'text/csv; charset=utf-8').send(text);

  it('are taken whole, tried before, and given back', async () => {
    const path = `/v1/imports/estates?communityId=${place.communityId}`;
    const csv = '院落\n书院雅居\n新院落\n';
    expect((await post(`${path}&dryRun=true`, csv).expect(200)).body).toMatchObject({
      created: 1,
      dryRun: true,
    });
    expect((await post(path, csv).expect(200)).body).toEqual({
      rows: 2,
      created: 1,
      updated: 0,
      unchanged: 1,
      dryRun: false,
    });
    const back = await request(api.url)
      .get(`/v1/exports/estates?communityId=${place.communityId}`)
      .set(staffAuth)
      .expect(200);
    expect(back.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(back.text).toContain('新院落');
  });

  it('come back with every wrong line', async () => {
    const answer = await post(
      `/v1/imports/households?communityId=${place.communityId}`,
      'estate,door\n没有的院落,1\n,2\n',
    ).expect(422);
    expect(answer.body).toMatchObject({
      code: 'import_refused',
      errors: [{ line: 3, column: 'estate', message: 'is empty' }],
    });
  });

  it('are refused where they do not belong', async () => {
    await post('/v1/imports/regions', 'city\n成都市\n').expect(403);
    await post('/v1/imports/people', 'name\n').expect(404);
    await request(api.url).post('/v1/imports/estates').set(staffAuth).send({ csv: 'estate' }).expect(415);
    await request(api.url).post('/v1/sign-in').set('content-type', 'text/csv').send('a,b').expect(415);
    const big = `estate\n${'一'.repeat(1_500_000)}\n`;
    const large = await post(`/v1/imports/estates?communityId=${place.communityId}`, big);
    expect([413, 422]).toContain(large.status);
    const admin = as(withRoles(colleague(), { role: 'platform_admin', communityId: null }));
    await post('/v1/imports/regions?dryRun=true', 'city,district\n成都市,武侯区\n', admin).expect(200);
  });
});
