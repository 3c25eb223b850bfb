import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EnrolStaff, GrantRole, totpCode } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { SystemClock } from '@hehuo/platform';
import { codeFor, newPhone } from '@hehuo/testing';
import request from 'supertest';
import { startApi, type TestApi } from '../support/api.js';

const PUBLIC_URL = 'http://hehuo.example:3000';
const HOME = { 'sec-fetch-site': 'same-origin' };
let api: TestApi;

beforeAll(async () => {
  api = await startApi({ settings: { PUBLIC_URL } });
});
afterAll(() => api.stop());

interface Entered {
  readonly answer: request.Response;
  /** `name=token`, as a browser sends it back. */
  readonly cookie: string;
  readonly phone: string;
}

async function enter(at: TestApi = api, phone = newPhone(), headers = {}): Promise<Entered> {
  await request(at.url).post('/v1/sign-in/codes').send({ phone }).expect(202);
  const code = await codeFor(at.app, phone);
  const answer = await request(at.url)
    .post('/v1/sign-in')
    .set(headers)
    .send({ phone, code, acceptsPrivacyNotice: true, keep: 'cookie' })
    .expect(201);
  return { answer, cookie: setCookie(answer).split(';')[0]!, phone };
}

function setCookie(answer: request.Response): string {
  const [only = '', ...others] = (answer.headers['set-cookie'] ?? []) as unknown as string[];
  expect(others).toEqual([]);
  return only;
}

const me = (cookie: string): request.Test => request(api.url).get('/v1/me').set({ cookie });
const rename = (cookie: string, headers: Record<string, string>): request.Test =>
  request(api.url)
    .patch('/v1/me')
    .set({ cookie, ...headers })
    .send({ locale: 'en' });
const sessionsOf = async (cookie: string): Promise<{ id: string; current: boolean }[]> =>
  (await request(api.url).get('/v1/me/sessions').set({ cookie }).expect(200)).body.items;

describe('a session in a cookie', () => {
  it('is set without the token in the answer, out of reach of scripts and other sites', async () => {
    const { answer } = await enter();
    const header = setCookie(answer);
    const [pair, ...attributes] = header.split('; ');
    expect(pair).toMatch(/^hehuo_session=[A-Za-z0-9_-]{43}$/);
    const age = Number(/Max-Age=(\d+)/.exec(header)?.[1]);
    const lifeSeconds = (Date.parse(answer.body.endsAt) - new SystemClock().now().getTime()) / 1000;
    expect(age / lifeSeconds).toBeCloseTo(1, 3);
    expect(attributes.sort()).toEqual(['HttpOnly', `Max-Age=${age}`, 'Path=/', 'SameSite=Strict']);
    expect(answer.body.token).toBeNull();
    expect(JSON.stringify(answer.body) + api.log()).not.toContain(pair!.split('=')[1]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('reads, writes from pages of the site and tells which session is the current one', async () => {
    const { answer, cookie } = await enter();
    const profile = await me(cookie).expect(200);
    expect(profile.body).toMatchObject({
      id: answer.body.personId,
      roles: [],
      partnerIds: [],
      secondFactorAt: expect.any(String),
    });
    expect((await rename(cookie, HOME).expect(200)).body.locale).toBe('en');
    await request(api.url).get('/v1/me/memberships').set({ cookie }).expect(200);
    const [session, ...others] = await sessionsOf(cookie);
    expect([session, others]).toMatchObject([{ id: answer.body.sessionId, current: true }, []]);
  });

  it('opens the stream', async () => {
    const { cookie } = await enter();
    const leaving = new AbortController();
    const stream = await fetch(`${api.url}/v1/stream`, { headers: { cookie }, signal: leaving.signal });
    expect([stream.status, stream.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    leaving.abort();
  });

  it('is not looked at where an Authorization header stands', async () => {
    const { cookie } = await enter();
    await me(cookie).set('authorization', 'Bearer not-a-session-of-anybody').expect(401);
    await me(cookie).set('authorization', 'Basic dXNlcjpwYXNz').expect(401);
  });

  it('is never handed over: signing in again makes another one', async () => {
    const first = await enter();
    const planted = `hehuo_session=${'A'.repeat(43)}`;
    const second = await enter(api, newPhone(), { cookie: `${first.cookie}; ${planted}`, ...HOME });
    expect(second.cookie).not.toBe(first.cookie);
    expect(second.cookie).not.toBe(planted);
    await me(planted).expect(401);
    expect((await me(first.cookie).expect(200)).body.id).toBe(first.answer.body.personId);
    expect((await me(second.cookie).expect(200)).body.id).toBe(second.answer.body.personId);
  });

  it.each([
    ['something else', 422],
    [1, 422],
    ['token', 201],
  ])('keeps the token out of the answer only when asked: %j', async (keep, status) => {
    const phone = newPhone();
    await request(api.url).post('/v1/sign-in/codes').send({ phone }).expect(202);
    const code = await codeFor(api.app, phone);
    const answer = await request(api.url).post('/v1/sign-in').send({ phone, code, keep }).expect(status);
    expect(answer.headers['set-cookie']).toBeUndefined();
    if (status === 201) expect(answer.body.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe('a write by cookie', () => {
  const refused: [string, Record<string, string>][] = [
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }],
    ['from a neighbour of the domain', { 'sec-fetch-site': 'same-site', origin: 'http://www.hehuo.example' }],
    ['that claims our origin but is of another site', { 'sec-fetch-site': 'cross-site', origin: PUBLIC_URL }],
    ['from no page at all', { 'sec-fetch-site': 'none' }],
    ['of an older browser on another site', { origin: 'https://elsewhere.example' }],
    ['from our host on another port', { origin: 'http://hehuo.example:3001' }],
    ['from our host without its port', { origin: 'http://hehuo.example' }],
    ['from our host over https', { origin: 'https://hehuo.example:3000' }],
    ['from an origin that is hidden', { origin: 'null' }],
    ['from an address that begins like ours', { origin: `${PUBLIC_URL}.elsewhere.example` }],
    ['that says nothing of where it comes from', {}],
    ['that shows our page as referrer only', { referer: `${PUBLIC_URL}/me` }],
  ];

  it.each(refused)('%s is refused and changes nothing', async (_name, headers) => {
    const { cookie, answer } = await enter();
    const write = await rename(cookie, { ...headers, 'accept-language': 'en' }).expect(403);
    expect(write.body).toMatchObject({ code: 'cross_site_request', title: 'Act from a page of this site' });
    const path = `/v1/me/sessions/${String(answer.body.sessionId)}`;
    const end = await request(api.url)
      .delete(path)
      .set({ cookie, ...headers })
      .expect(403);
    expect(end.body).toMatchObject({
      title: '请从本站页面操作',
      detail: expect.stringContaining('本站页面'),
    });
    expect(end.headers['set-cookie']).toBeUndefined();
    expect((await me(cookie).expect(200)).body.locale).toBe('zh-CN');
  });

  it.each([
    ['of a page of ours', HOME],
    ['of an older browser on a page of ours', { origin: PUBLIC_URL }],
  ])('%s is taken', async (_name, headers) => {
    const { cookie } = await enter();
    await rename(cookie, headers).expect(200);
  });

  it('does not hinder a program that sends its token, wherever it runs', async () => {
    const { cookie } = await enter();
    const token = cookie.split('=')[1]!;
    const headers = { authorization: `Bearer ${token}`, 'sec-fetch-site': 'cross-site' };
    await request(api.url).patch('/v1/me').set(headers).send({ locale: 'en' }).expect(200);
  });
});

describe('the end of a session', () => {
  const CLEARED = 'hehuo_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict';
  const end = (cookie: string, path: string): request.Test =>
    request(api.url)
      .delete(`/v1/me/sessions${path}`)
      .set({ cookie, ...HOME });

  it('takes the cookie away when it is the own one', async () => {
    const { cookie, answer } = await enter();
    const ended = await end(cookie, `/${String(answer.body.sessionId)}`).expect(204);
    expect(setCookie(ended)).toBe(CLEARED);
    await me(cookie).expect(401);
  });

  it('takes the cookie away with all sessions, and leaves it when the others end', async () => {
    const { cookie } = await enter();
    const others = await end(cookie, '').expect(200);
    expect([others.body, others.headers['set-cookie']]).toEqual([{ ended: 0 }, undefined]);
    const all = await end(cookie, '?which=all').expect(200);
    expect([all.body, setCookie(all)]).toEqual([{ ended: 1 }, CLEARED]);
    await me(cookie).expect(401);
  });

  it('leaves the cookie when there is no such session', async () => {
    const { cookie } = await enter();
    const none = await end(cookie, '/ses_00000000000000000000000000').expect(404);
    expect(none.headers['set-cookie']).toBeUndefined();
    await me(cookie).expect(200);
  });

  it('comes with the end of the account', async () => {
    const { cookie } = await enter();
    const gone = await request(api.url)
      .delete('/v1/me')
      .set({ cookie, ...HOME })
      .expect(204);
    expect(setCookie(gone)).toBe(CLEARED);
    await me(cookie).expect(401);
  });

  it.each([
    ['unknown', `hehuo_session=${'A'.repeat(43)}`],
    ['malformed', 'hehuo_session=%00'],
    ['empty', 'hehuo_session='],
    ['of another name', `xhehuo_session=${'A'.repeat(43)}`],
  ])('leaves a cookie that is %s and counts as none', async (_name, cookie) => {
    expect((await me(cookie).expect(401)).body.code).toBe('sign_in_required');
    await request(api.url).get('/v1/campaigns').set({ cookie }).expect(200);
    await enter(api, newPhone(), { cookie, ...HOME });
  });
});

describe('the cookie of staff', () => {
  it('carries their roles', async () => {
    const { answer } = await enter();
    const personId = answer.body.personId as Id<'per'>;
    const staff = { login: 'cookie.admin', password: 'a long enough passphrase' };
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    await api.app.get(EnrolStaff, { strict: false }).bootstrap({ personId, ...staff, totpSecret: secret });
    await api.app.get(GrantRole, { strict: false }).bootstrapAdmin(personId);
    const totp = totpCode(secret, new SystemClock().now());
    const entered = await request(api.url)
      .post('/v1/sign-in/staff')
      .send({ ...staff, totp, keep: 'cookie' })
      .expect(201);
    expect(entered.body).toMatchObject({ token: null, personId, mustChangePassword: expect.any(Boolean) });
    const profile = await me(setCookie(entered).split(';')[0]!).expect(200);
    expect(profile.body.roles).toEqual([{ role: 'platform_admin', communityId: null }]);
  });
});

describe('over https', () => {
  it('binds the cookie to the host, and takes no cookie of the plain name', async () => {
    const origin = 'https://hehuo.example';
    const secure = await startApi({ settings: { PUBLIC_URL: `${origin}/` } });
    try {
      const { answer, cookie } = await enter(secure);
      expect(setCookie(answer)).toMatch(
        /^__Host-hehuo_session=[A-Za-z0-9_-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      );
      const write = (headers: Record<string, string>): request.Test =>
        request(secure.url).patch('/v1/me').set(headers).send({ locale: 'en' });
      await write({ cookie, origin }).expect(200);
      await write({ cookie, origin: 'http://hehuo.example' }).expect(403);
      await write({ cookie: cookie.replace('__Host-', ''), origin }).expect(401);
      const { body } = await request(secure.url).get('/v1/openapi.json').expect(200);
      expect(body.components.securitySchemes.sessionCookie.name).toBe('__Host-hehuo_session');
    } finally {
      await secure.stop();
    }
  });
});

describe('the document', () => {
  it('tells both ways to be signed in, for every route that asks for it', async () => {
    const { body } = await request(api.url).get('/v1/openapi.json').expect(200);
    expect(body.components.securitySchemes).toMatchObject({
      session: { type: 'http', scheme: 'bearer' },
      sessionCookie: { type: 'apiKey', in: 'cookie', name: 'hehuo_session' },
    });
    expect(body.paths['/v1/me'].get.security).toEqual([{ session: [] }, { sessionCookie: [] }]);
  });
});
