import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { actors, KnownSessions } from '../support/actors.js';
import { startApi, type TestApi } from '../support/api.js';
import { PROBE_POLICIES, ProbeController } from '../api/probe.controller.js';

let api: TestApi;
const sessions = new KnownSessions();
const METRICS_TOKEN = 'only-for-the-tests-of-metrics';

beforeAll(async () => {
  api = await startApi({
    sessions,
    policies: PROBE_POLICIES,
    module: { controllers: [ProbeController] },
    settings: { METRICS_TOKEN },
  });
});
afterAll(() => api.stop());

const get = (path: string, authorization?: string): request.Test =>
  request(api.url)
    .get(path)
    .set(authorization === undefined ? {} : { authorization });

describe('the guard', () => {
  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer short',
    'Basic dXNlcjpwYXNz',
    'Bearer a b',
    `Bearer ${'x'.repeat(500)}`,
  ])('takes "%s" for no sign-in', async (authorization) => {
    const answer = await get('/v1/probe/staff', authorization);
    expect(answer.body).toMatchObject({ status: 401, code: 'sign_in_required' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('wants the role, the partner and the fresh second factor that the policy names', async () => {
    const all = actors();
    const bearer = (who: keyof typeof all): string => `Bearer ${sessions.tokenFor(all[who])}`;
    await get('/v1/probe/staff', bearer('staff_elsewhere')).expect(200);
    expect((await get('/v1/probe/staff', bearer('auditor'))).body).toMatchObject({ code: 'forbidden' });
    await get('/v1/probe/partner', bearer('partner_member')).expect(200);
    expect((await get('/v1/probe/partner', bearer('resident'))).body).toMatchObject({ code: 'forbidden' });
    const stale = await get('/v1/probe/fresh', bearer('fund_approver'));
    expect(stale.body).toMatchObject({
      status: 403,
      code: 'second_factor_required',
      details: { minutes: 5 },
    });
  });

  it.each([
    [4.9, 200],
    [5.1, 403],
  ])('counts a second factor shown %s minutes ago: %s', async (minutes, status) => {
    const secondFactorAt = new Date(performance.timeOrigin + performance.now() - minutes * 60_000);
    const approver = sessions.tokenFor(actors({ secondFactorAt }).fund_approver);
    await get('/v1/probe/fresh', `Bearer ${approver}`).expect(status);
  });

  it('gives the metrics to the machine itself and to whoever holds the token', async () => {
    await get('/metrics').expect(200);
    await get('/metrics').set('x-forwarded-for', '127.0.0.1').expect(401);
    await get('/metrics', 'Bearer not-the-token-of-metrics').set('x-forwarded-for', '1.2.3.4').expect(403);
    await get('/metrics', `Bearer ${METRICS_TOKEN}`).set('x-forwarded-for', '1.2.3.4').expect(200);
  });
});
