import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { newId } from '@hehuo/kernel';
import { actors, KnownSessions } from '../support/actors.js';
import { startApi, type TestApi } from '../support/api.js';
import { PROBE_POLICIES, ProbeController } from './probe.controller.js';

let api: TestApi;
const sessions = new KnownSessions();
const token = sessions.tokenFor(actors().signed_in);
const good = { askId: newId('ask', 0), quantity: '3600', mode: 'offline', anonymous: false };
const json = (value: unknown): string => JSON.stringify(value);
const nested = '['.repeat(30_000) + ']'.repeat(30_000);

beforeAll(async () => {
  api = await startApi({ sessions, policies: PROBE_POLICIES, module: { controllers: [ProbeController] } });
});
afterAll(() => api.stop());

function post(body: string | Buffer, headers: Record<string, string> = {}): request.Test {
  return request(api.url)
    .post('/v1/probe/bodies')
    .set({ authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers })
    .serialize((value: unknown) => value as string)
    .send(body as string);
}

/** What is sent, and what must come back: status, code, and the place of the wrong field. */
const BAD_BODIES: [string, string | Buffer, number, string, string?][] = [
  ['broken JSON', '{"askId":', 400, 'malformed_request'],
  ['no JSON at all', 'askId=1', 400, 'malformed_request'],
  ['an empty body', '', 422, 'validation_failed', ''],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400, 'malformed_request'],
  ['a __proto__ key', '{"__proto__":{"admin":true}}', 400, 'malformed_request'],
  ['a constructor.prototype key', '{"constructor":{"prototype":{"admin":true}}}', 400, 'malformed_request'],
  ['a body over 64 KiB', json({ ...good, story: 'x'.repeat(70_000) }), 413, 'request_too_large'],
  ['brackets nested 30,000 deep', nested, 400, 'malformed_request'],
  ['deep brackets in a field', `{"parts":${nested}}`, 400, 'malformed_request'],
  ['null', 'null', 422, 'validation_failed', ''],
  ['a list', '[]', 422, 'validation_failed', ''],
  ['a text', '"hello"', 422, 'validation_failed', ''],
  ['nothing of what is needed', '{}', 422, 'validation_failed', '/askId'],
  ['an unknown field', json({ ...good, role: 'admin' }), 422, 'validation_failed', '/role'],
  ['an id of another kind', json({ ...good, askId: newId('cmp', 0) }), 422, 'validation_failed', '/askId'],
  [
    'an id in capitals',
    json({ ...good, askId: good.askId.toUpperCase() }),
    422,
    'validation_failed',
    '/askId',
  ],
  ['an object for an id', json({ ...good, askId: { $ne: '' } }), 422, 'validation_failed', '/askId'],
  ['a number for a quantity', json({ ...good, quantity: 3600 }), 422, 'validation_failed', '/quantity'],
  ['a quantity of zero', json({ ...good, quantity: '0' }), 422, 'validation_failed', '/quantity'],
  ['a negative quantity', json({ ...good, quantity: '-5' }), 422, 'validation_failed', '/quantity'],
  ['an exponent', json({ ...good, quantity: '1e3' }), 422, 'validation_failed', '/quantity'],
  ['full-width digits', json({ ...good, quantity: '１２' }), 422, 'validation_failed', '/quantity'],
  [
    'a quantity beyond all pledges',
    json({ ...good, quantity: '9'.repeat(16) }),
    422,
    'validation_failed',
    '/quantity',
  ],
  ['an unknown choice', json({ ...good, mode: 'later' }), 422, 'validation_failed', '/mode'],
  ['a text for a boolean', json({ ...good, anonymous: 'false' }), 422, 'validation_failed', '/anonymous'],
  ['null for an optional field', json({ ...good, places: null }), 422, 'validation_failed', '/places'],
  ['a fraction of a place', json({ ...good, places: 1.5 }), 422, 'validation_failed', '/places'],
  ['too many places', json({ ...good, places: 10 }), 422, 'validation_failed', '/places'],
  ['half of a character', '{"title":"\\ud83d"}', 422, 'validation_failed', '/title'],
  ['a null character', json({ ...good, title: 'a\u0000b' }), 422, 'validation_failed', '/title'],
  ['a line break in a title', json({ ...good, title: 'a\nb' }), 422, 'validation_failed', '/title'],
  ['a turned reading direction', json({ ...good, title: 'a\u202Eb' }), 422, 'validation_failed', '/title'],
  ['a title of blanks', json({ ...good, title: '   ' }), 422, 'validation_failed', '/title'],
  ['a title too long', json({ ...good, title: '好'.repeat(21) }), 422, 'validation_failed', '/title'],
  [
    'a wrong part',
    json({ ...good, parts: [{ label: 'a' }, { label: 1 }] }),
    422,
    'validation_failed',
    '/parts/1/label',
  ],
  [
    'an excess field in a part',
    json({ ...good, parts: [{ label: 'a', x: 1 }] }),
    422,
    'validation_failed',
    '/parts/0/x',
  ],
  [
    'too many parts',
    json({ ...good, parts: Array(4).fill({ label: 'a' }) }),
    422,
    'validation_failed',
    '/parts',
  ],
  ['a text for the parts', json({ ...good, parts: 'a' }), 422, 'validation_failed', '/parts'],
];

describe('bad bodies', () => {
  it('takes a good one', async () => {
    const answer = await post(
      json({ ...good, places: 9, title: '书院雅居 😀', story: 'a\nb', parts: [{ label: 'a' }] }),
    );
    expect(answer.status).toBe(201);
    expect(answer.body.quantity).toBe('3600');
  });

  it.each(BAD_BODIES.map((row) => ({ what: row[0], row })))('refuses $what', async ({ row }) => {
    const [, body, status, code, pointer] = row;
    const answer = await post(body);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
    if (pointer === undefined) return;
    const pointers = (answer.body.errors as { pointer: string }[]).map((error) => error.pointer);
    expect(pointers).toContain(pointer);
  });
});

describe('bad requests', () => {
  it.each([
    ['an unknown route', 'get', '/v1/nowhere', 404, 'not_found'],
    ['a wrong method', 'delete', '/v1/probe/bodies', 405, 'method_not_allowed'],
    ['a malformed address', 'get', '/v1/probe/items/%E0%A4%A', 400, 'malformed_request'],
    ['an id of another kind', 'get', `/v1/probe/items/${newId('plg', 0)}`, 404, 'not_found'],
    ['an id with a quote', 'get', "/v1/probe/items/cmp_'or'1'='1", 404, 'not_found'],
    ['an id far too long', 'get', `/v1/probe/items/${'a'.repeat(2000)}`, 414, 'address_too_long'],
    ['a limit of zero', 'get', '/v1/probe/items?limit=0', 422, 'validation_failed'],
    ['a limit of 101', 'get', '/v1/probe/items?limit=101', 422, 'validation_failed'],
    ['a limit in words', 'get', '/v1/probe/items?limit=all', 422, 'validation_failed'],
    ['two limits', 'get', '/v1/probe/items?limit=1&limit=2', 422, 'validation_failed'],
    ['an unknown filter', 'get', '/v1/probe/items?sort=name', 422, 'validation_failed'],
    ['a cursor of other characters', 'get', '/v1/probe/items?cursor=%27--', 422, 'validation_failed'],
    ['a cursor of nonsense', 'get', '/v1/probe/items?cursor=abcd', 422, 'cursor_invalid'],
    ['a fault of ours', 'get', '/v1/probe/broken', 500, 'internal_error'],
    ['a bigint that nobody turned into text', 'get', '/v1/probe/bigint', 500, 'internal_error'],
    ['no sign-in', 'post', '/v1/probe/bodies', 401, 'sign_in_required'],
    ['a problem code that is none', 'get', '/problems/__proto__', 404, 'not_found'],
    ['a file outside the page', 'get', '/v1/docs/..%2Fpackage.json', 404, 'not_found'],
  ] as const)('refuses %s', async (_what, method, path, status, code) => {
    const answer = await request(api.url)[method](path);
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.status).toBe(status);
  });

  it('tells nothing of the inside, and logs all of it under the id that it tells', async () => {
    const answer = await request(api.url).get('/v1/probe/broken');
    expect(answer.text).not.toContain('secret');
    const line = api
      .log()
      .split('\n')
      .filter((one) => one.includes(String(answer.body.instance)));
    expect(line.join('')).toContain('secret detail of the inside');
  });

  it('reads JSON only', async () => {
    const form = await post('askId=1', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(form.body).toMatchObject({ status: 415, code: 'unsupported_media_type' });
    const text = await post('{}', { 'content-type': 'text/plain' });
    expect(text.body).toMatchObject({ status: 415 });
  });

  it('names the methods of an address', async () => {
    const answer = await request(api.url).put('/v1/probe/polled');
    expect(answer.headers['allow']).toBe('GET, POST');
  });

  it.each(['', 'short', 'with space 123', 'a'.repeat(65), 'schlüssel-1234'])(
    'refuses the Idempotency-Key "%s"',
    async (key) => {
      const answer = await request(api.url)
        .post('/v1/probe/once')
        .set({ authorization: `Bearer ${token}`, 'idempotency-key': encodeURI(key) })
        .send(good);
      expect(answer.status).toBe(400);
      expect(answer.body.code).toBe(key === '' ? 'idempotency_key_required' : 'idempotency_key_invalid');
    },
  );

  it('does not read what is no HTTP', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.write('NONSENSE\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 400 /);
    socket.destroy();
  });
});
