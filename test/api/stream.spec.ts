import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { newId } from '@hehuo/kernel';
import { Announcer, producerConnection } from '@hehuo/platform';
import { startRedis, until, type PassingRedis } from '@hehuo/testing';
import { startApi, type TestApi } from '../support/api.js';

let redis: PassingRedis;
let api: TestApi;
const prefix = `stream-${randomBytes(4).toString('hex')}`;

beforeAll(async () => {
  redis = await startRedis();
  api = await startApi({ settings: { REDIS_URL: redis.url, REDIS_PREFIX: prefix } });
});
afterAll(async () => {
  await api.stop();
  await redis.kill();
});

async function announce(...refs: string[]): Promise<void> {
  const client = producerConnection(redis.url);
  await until('connected', 5, () => client.status === 'ready');
  const messages = refs.map((ref) => ({ id: '1', topic: 'campaign.changed' as const, ref, notBefore: null }));
  await new Announcer(client, prefix).announce(messages);
  client.disconnect();
}

interface Reader {
  text(): string;
  lastId(): string;
  ended(): boolean;
  leave(): void;
}

async function listen(query = '', lastEventId?: string): Promise<Reader> {
  const leaving = new AbortController();
  const answer = await fetch(`${api.url}/v1/stream${query}`, {
    signal: leaving.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expect(answer.headers.get('x-accel-buffering')).toBe('no');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  let text = '';
  let ended = false;
  const pump = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) text += decoder.decode(chunk as Uint8Array);
  };
  pump()
    .catch(() => undefined)
    .finally(() => (ended = true));
  return {
    text: () => text,
    lastId: () => [...text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '',
    ended: () => ended,
    leave: () => leaving.abort(),
  };
}
const id = (): string => newId('cmp', 1);

describe('the stream', () => {
  it('tells every listener what changed', async () => {
    const [a, b] = await Promise.all([listen(), listen()]);
    const campaign = id();
    await announce(campaign);
    await until('both told', 5, () => [a, b].every((reader) => reader.text().includes(campaign)));
    expect(a.text()).toContain('event: hello');
    expect(a.text()).toMatch(/event: change\ndata: \{"topic":"campaign.changed","ref":"cmp_/);
    [a, b].forEach((reader) => reader.leave());
  });

  it('tells only about the objects that were asked for', async () => {
    const [wanted, other] = [id(), id()];
    const reader = await listen(`?ref=${wanted}`);
    await announce(other, wanted);
    await until('told', 5, () => reader.text().includes(wanted));
    expect(reader.text()).not.toContain(other);
    reader.leave();
  });

  it('tells an object once when it changes many times in a moment', async () => {
    const reader = await listen();
    const campaign = id();
    await announce(...Array<string>(50).fill(campaign));
    await until('told', 5, () => reader.text().includes(campaign));
    expect(reader.text().split(campaign).length - 1).toBeLessThan(5);
    reader.leave();
  });

  it('gives a listener that comes back what it missed, in order and without a gap', async () => {
    const first = await listen();
    const seen = id();
    await announce(seen);
    await until('told', 5, () => first.text().includes(seen));
    const lastId = first.lastId();
    first.leave();
    const missed = Array.from({ length: 700 }, id);
    await announce(...missed);
    const second = await listen('', lastId);
    const live = id();
    await announce(live);
    await until('told the live one', 5, () => second.text().includes(live));
    const refs = [...second.text().matchAll(/"ref":"(cmp_[^"]+)"/g)].map((match) => match[1]);
    expect(refs).toEqual([...missed, live]);
    second.leave();
  });

  it('asks to read anew when the place is no longer known', async () => {
    const reader = await listen('', '1-0');
    await until('reset', 5, () => reader.text().includes('event: reset'));
    reader.leave();
  });

  it.each(['abc', '1', '1-', '-1-0', '1-0; DROP', '9'.repeat(30)])(
    'refuses Last-Event-ID "%s"',
    async (bad) => {
      const answer = await request(api.url).get('/v1/stream').set('last-event-id', bad);
      expect(answer.body).toMatchObject({ status: 422, code: 'validation_failed' });
    },
  );

  it('lives through a Redis that dies and comes back empty', async () => {
    const reader = await listen();
    await redis.kill();
    await until('told to the operator', 5, async () => {
      const ready = await request(api.url).get('/ready').expect(200);
      return ready.body.redis === 'away';
    });
    expect((await request(api.url).get('/metrics')).text).toContain('hehuo_redis_up 0');
    await redis.restart();
    const campaign = id();
    await until('told again', 20, async () => {
      await announce(campaign);
      return reader.text().includes(campaign);
    });
    reader.leave();
  });

  it('ends in good order when the api stops', async () => {
    const stopping = await startApi({ testDatabase: api.testDatabase, settings: { REDIS_URL: redis.url } });
    const answer = await fetch(`${stopping.url}/v1/stream`);
    const all = answer.text();
    await stopping.stop();
    expect(await all).toContain('event: hello');
  });
});
