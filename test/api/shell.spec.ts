import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startApi, type TestApi } from '../support/api.js';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

describe('the shell', () => {
  it('is alive and ready', async () => {
    await request(api.url).get('/health').expect(200, { status: 'ok' });
    await request(api.url).get('/ready').expect(200, { status: 'ok' });
  });

  it('answers an unknown route with a problem in the language of the reader', async () => {
    const chinese = await request(api.url).get('/v1/nothing').expect(404);
    expect(chinese.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(chinese.body).toMatchObject({ code: 'not_found', title: '没有找到', type: '/problems/not_found' });
    const english = await request(api.url).get('/v1/nothing').set('accept-language', 'en-GB,zh;q=0.5');
    expect(english.body).toMatchObject({ title: 'There is nothing here' });
    expect(english.body.instance).toBe(english.headers['x-request-id']);
  });

  it('explains every problem at its type', async () => {
    const answer = await request(api.url).get('/problems/pledge_full').expect(200);
    expect(answer.body).toMatchObject({ code: 'pledge_full', status: 409 });
  });

  it('measures and logs by route', async () => {
    const metrics = await request(api.url).get('/metrics').expect(200);
    expect(metrics.text).toContain(
      'hehuo_http_request_seconds_count{method="GET",route="/health",status="200"}',
    );
    expect(api.log()).toContain('"route":"/health"');
  });
});
