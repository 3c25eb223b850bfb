import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codeFor } from '@hehuo/testing';
import request from 'supertest';
import { startApi, type TestApi } from '../support/api.js';
import { openCampaign } from '../support/open-campaign.js';
import { signedIn } from '../support/signed-in.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ settings: { LOG_LEVEL: 'trace' } });
});
afterAll(() => api.stop());

const PHONE = '15499887766';
const NAME = '金丝雀测试';
const IDEA = '只有这条想法会写的一句话';
const SLIP = '只有这张纸条会写的凭据';
const PASSWORD = 'canary-password-never-logged';

/** A run over everything that takes something personal, with the answers that are refused as well. */
async function run(): Promise<string[]> {
  const http = request(api.url);
  await http.post('/v1/sign-in/codes').send({ phone: PHONE });
  const code = await codeFor(api.app, PHONE);
  await http.post('/v1/sign-in').send({ phone: PHONE, code: '000000' });
  const { body } = await http.post('/v1/sign-in').send({ phone: PHONE, code, acceptsPrivacyNotice: true });
  const token = body.token as string;
  const as = `Bearer ${token}`;
  await http.patch('/v1/me').set('authorization', as).send({ name: NAME, birthDate: '1960-01-02' });
  await http.patch('/v1/me').set('authorization', as).send({ name: NAME, phone: PHONE });
  await http.get('/v1/me/export').set('authorization', as);
  await http.post('/v1/sign-in/staff').send({ login: 'nobody', password: PASSWORD, totp: '123456' });
  await http
    .post('/v1/sign-in')
    .set('content-type', 'application/json')
    .send(`{"phone": "${PHONE}", "code": `);
  const { campaignId, asks, people } = await openCampaign(api.testDatabase.database, {
    asks: [{ kind: 'planning' }],
  });
  const tokens = await signedIn(api.testDatabase.database, people);
  const pledge = { askId: asks[0]!.id, text: IDEA };
  const path = `/v1/campaigns/${campaignId}/pledges`;
  const neighbour = tokens.get(people[0]!)!;
  const post = (key: string, sent: object) =>
    http.post(path).set('authorization', `Bearer ${neighbour}`).set('idempotency-key', key).send(sent);
  expect((await post('canary-key-1', pledge)).status).toBe(201);
  expect(
    (await post('canary-key-2', { ...pledge, onBehalfOf: { personId: people[1], consentEvidence: SLIP } }))
      .status,
  ).toBe(403);
  expect(token).toMatch(/^[\w-]{43}$/);
  return [PHONE, NAME, '1960-01-02', IDEA, SLIP, PASSWORD, token, neighbour];
}

describe('the log of a whole run', () => {
  it('holds none of the personal data and secrets that went through', async () => {
    const canaries = await run();
    const log = api.log();
    expect(log.split('\n').length).toBeGreaterThan(10);
    expect(canaries.filter((canary) => log.includes(canary))).toEqual([]);
  });
});
