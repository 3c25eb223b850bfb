import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createTestDatabase, until, type TestDatabase } from '@hehuo/testing';
import { Drains } from '../../apps/api/src/lifecycle/drains.js';
import { KnownSessions } from '../support/actors.js';
import { startApi } from '../support/api.js';
import { PassingProxy } from '../support/passing-proxy.js';
import { PROBE_POLICIES, ProbeController } from './probe.controller.js';

const probe = {
  sessions: new KnownSessions(),
  policies: PROBE_POLICIES,
  module: { controllers: [ProbeController] },
};
let testDatabase: TestDatabase;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

describe('a stop', () => {
  it('says "not ready" first, drains, and answers what it has taken', async () => {
    const api = await startApi({ ...probe, testDatabase, settings: { STOP_PAUSE_SECONDS: '1' } });
    const order: string[] = [];
    api.app.get(Drains).add('probe', () => {
      order.push('drained');
      return Promise.resolve();
    });
    const controller = api.app.get(ProbeController);
    // supertest sends when somebody waits for it.
    const slow = request(api.url)
      .get('/v1/probe/slow')
      .then((answer) => answer.text);
    await controller.slowHasStarted;
    const stopped = api.stop().then(() => order.push('stopped'));
    const notReady = await until('not ready', 5, async () => {
      const answer = await request(api.url).get('/ready');
      return answer.status === 503 && answer;
    });
    expect(notReady).toMatchObject({ body: { status: 'not_ready', reason: 'the process is stopping' } });
    await until('drained', 5, () => order.includes('drained'));
    controller.letSlowEnd();
    expect(await slow).toBe('done');
    await stopped;
    expect(order).toEqual(['drained', 'stopped']);
    await expect(request(api.url).get('/health')).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a database that goes away', () => {
  it('is told as 503 with the time to come back, and the api goes on when it is there again', async () => {
    const direct = new URL(testDatabase.url);
    const road = new PassingProxy({ host: direct.hostname, port: Number(direct.port) });
    const throughRoad = new URL(testDatabase.url);
    throughRoad.port = String(await road.open());
    throughRoad.hostname = '127.0.0.1';
    const api = await startApi({ ...probe, testDatabase, settings: { MYSQL_URL: throughRoad.href } });
    await request(api.url).get('/v1/probe/database').expect(200);
    await road.close();
    const answer = await request(api.url).get('/v1/probe/database');
    expect(answer.body).toMatchObject({ status: 503, code: 'database_away' });
    expect(answer.headers['retry-after']).toBe('2');
    await request(api.url).get('/ready').expect(503);
    await request(api.url).get('/health').expect(200);
    await road.open();
    await until(
      'served again',
      10,
      async () => (await request(api.url).get('/v1/probe/database')).status === 200,
    );
    await request(api.url).get('/ready').expect(200);
    await api.stop();
    await road.close();
  });
});
