import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { newId } from '@hehuo/kernel';
import { ConfigError } from '@hehuo/platform';
import { RouteTable } from '../../apps/api/src/access/route-table.js';
import { documentPath } from '../../apps/api/src/openapi/document.js';
import { actors, KnownSessions } from '../support/actors.js';
import { startApi, type TestApi } from '../support/api.js';
import { PROBE_POLICIES, ProbeController } from './probe.controller.js';

let api: TestApi;
const sessions = new KnownSessions();
const neighbour = actors().resident;
const token = sessions.tokenFor(neighbour);
const probe = { sessions, policies: PROBE_POLICIES, module: { controllers: [ProbeController] } };
const good = { askId: newId('ask', 0), quantity: '3600', mode: 'offline', anonymous: false };

beforeAll(async () => {
  api = await startApi(probe);
});
afterAll(() => api.stop());

const get = (path: string): request.Test => request(api.url).get(path);
const once = (key: string, body: object): request.Test =>
  request(api.url)
    .post('/v1/probe/once')
    .set({ authorization: `Bearer ${token}`, 'idempotency-key': key })
    .send(body);

describe('health', () => {
  it('is alive and ready', async () => {
    await get('/health').expect(200, { status: 'ok' });
    await get('/ready').expect(200, { status: 'ok' });
  });

  it('measures and logs by route, never by address', async () => {
    await get('/v1/probe/who?phone=13800138000');
    const metrics = await get('/metrics').expect(200);
    expect(metrics.text).toContain(
      'hehuo_http_request_seconds_count{method="GET",route="/v1/probe/who",status="200"}',
    );
    expect(api.log()).toContain('"route":"/v1/probe/who"');
    expect(api.log() + metrics.text).not.toContain('13800138000');
  });
});

describe('requests', () => {
  it('keeps a sane request id and replaces any other', async () => {
    const kept = await get('/health').set('x-request-id', 'my-request-0001');
    expect(kept.headers['x-request-id']).toBe('my-request-0001');
    const replaced = await get('/health').set('x-request-id', 'bad id; drop table');
    expect(replaced.headers['x-request-id']).toMatch(/^req-[0-9a-f]{24}$/);
  });

  it('runs the handler in the context of the caller', async () => {
    const answer = await get('/v1/probe/who').set('authorization', `Bearer ${token}`);
    expect(answer.body).toEqual({ who: neighbour.personId, context: neighbour.personId });
    const nobody = await get('/v1/probe/who').set('authorization', 'Bearer an-ended-session-0000');
    expect(nobody.body).toEqual({ who: null, context: 'anonymous' });
  });

  it('answers in the language of the reader', async () => {
    const chinese = await get('/v1/nothing').expect(404);
    expect(chinese.body).toMatchObject({ code: 'not_found', title: '没有找到', type: '/problems/not_found' });
    const english = await get('/v1/nothing').set('accept-language', 'fr, en-GB;q=0.9, zh;q=0.5');
    expect(english.body).toMatchObject({ title: 'There is nothing here' });
    expect(english.body.instance).toBe(english.headers['x-request-id']);
  });

  it('explains every problem at its type', async () => {
    const answer = await get('/problems/pledge_full').expect(200);
    expect(answer.body).toMatchObject({ code: 'pledge_full', status: 409 });
  });

  it('sends strict headers, and none for other origins', async () => {
    const { headers } = await get('/health').set('origin', 'https://elsewhere.example');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  it('hands the raw bytes to routes that verify a signature', async () => {
    const answer = await request(api.url).post('/v1/probe/signed').type('json').send('{ "a": 1 }');
    expect(answer.body).toEqual({ bytes: 10 });
  });

  it('pages through a list to its end', async () => {
    const seen: number[] = [];
    let next: string | null = null;
    do {
      const page: request.Response = await get(`/v1/probe/items?limit=20${next ? `&cursor=${next}` : ''}`);
      seen.push(...(page.body.items as { n: number }[]).map(({ n }) => n));
      next = page.body.next as string | null;
    } while (next);
    expect(seen).toEqual(Array.from({ length: 45 }, (_, at) => at + 1));
  });

  it('answers 304 to a reader who has it already', async () => {
    const first = await get('/v1/probe/polled').expect(200);
    const tag = String(first.headers['etag']);
    expect(tag).toMatch(/^W\/"/);
    const again = await get('/v1/probe/polled').set('if-none-match', tag).expect(304);
    expect(again.text).toBe('');
    await request(api.url).post('/v1/probe/polled').expect(204);
    await get('/v1/probe/polled').set('if-none-match', `"other", ${tag}`).expect(200, { version: 2 });
  });
});

describe('a key for each act', () => {
  it('gives the first answer again, whatever the order of the fields', async () => {
    const first = await once('key-00000001', good).expect(201);
    const turned = Object.fromEntries(Object.entries(good).reverse());
    const again = await once('key-00000001', turned).expect(201);
    expect(again.body).toEqual(first.body);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
  });

  it('refuses the key with another body', async () => {
    await once('key-00000002', good).expect(201);
    const answer = await once('key-00000002', { ...good, quantity: '3601' }).expect(422);
    expect(answer.body).toMatchObject({ code: 'idempotency_key_reused' });
  });
});

describe('limits', () => {
  it('says when to come back, and counts a rarer route apart', async () => {
    for (let at = 0; at < 3; at += 1) await get('/v1/probe/rare').expect(200);
    const answer = await get('/v1/probe/rare').expect(429);
    expect(answer.body).toMatchObject({ code: 'too_many_requests' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    await get('/v1/probe/who').expect(200);
  });
});

describe('the document', () => {
  it('holds every route of the router and no other, each with its problems', async () => {
    const { body } = await get('/v1/openapi.json').expect(200);
    const paths = body.paths as Record<string, Record<string, { responses: object; 'x-policy'?: string }>>;
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routed = api.app
      .get(RouteTable)
      .routes.map(({ method, path }) => `${method} ${documentPath(path)}`);
    expect(documented.sort()).toEqual(routed.sort());
    for (const operation of Object.values(paths).flatMap((one) => Object.values(one))) {
      expect(operation.responses).toHaveProperty('default');
      expect(operation['x-policy']).toBeDefined();
    }
  });

  it('is a page that loads nothing from elsewhere', async () => {
    const page = await get('/v1/docs').expect(200);
    const loads = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => String(url));
    expect(loads.every((url) => url.startsWith('/'))).toBe(true);
    for (const url of loads) await get(url).expect(200);
  });
});

describe('the boot', () => {
  const refused = (options: Parameters<typeof startApi>[0]): Promise<TestApi> =>
    startApi({ testDatabase: api.testDatabase, ...options });

  it('refuses a route whose policy nobody knows, and a policy without a route', async () => {
    await expect(refused({ ...probe, policies: {} })).rejects.toThrow('POST /v1/probe/bodies has no policy');
    await expect(refused({ policies: { 'probe.lost': { who: 'anyone' } } })).rejects.toThrow(
      'policy probe.lost guards no route',
    );
  });

  it('refuses a Redis that does not answer, by name', async () => {
    const boot = refused({ settings: { REDIS_URL: 'redis://127.0.0.1:1/0' } });
    await expect(boot).rejects.toThrow(ConfigError);
    await expect(boot).rejects.toThrow('REDIS_URL: Redis does not answer');
  });

  it('refuses a database that does not answer, by name', async () => {
    const boot = refused({ settings: { MYSQL_URL: 'mysql://nobody:secret@127.0.0.1:1/hehuo' } });
    await expect(boot).rejects.toThrow(ConfigError);
    await expect(boot).rejects.toThrow('MYSQL_URL: the database cannot be used: connect ECONNREFUSED');
  });

  it('refuses a production that says nothing about how codes are sent', async () => {
    await expect(refused({ settings: { NODE_ENV: 'production' } })).rejects.toThrow('SMS_SENDER is missing');
    await expect(refused({ settings: { SMS_SENDER: 'pigeon' } })).rejects.toThrow(
      'SMS_SENDER: must be one of',
    );
  });

  it('refuses a user that may rewrite history in production, and warns elsewhere', async () => {
    const MYSQL_URL = api.testDatabase.ownerUrl;
    await expect(
      refused({ settings: { MYSQL_URL, NODE_ENV: 'production', SMS_SENDER: 'log' } }),
    ).rejects.toThrow('MYSQL_URL: this user may rewrite the ledger');
    const warned = await refused({ settings: { MYSQL_URL } });
    expect(warned.log()).toContain('may rewrite the ledger');
    await warned.stop();
  });
});
