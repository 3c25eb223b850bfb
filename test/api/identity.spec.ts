import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EnrolStaff, GrantRole, IDENTITY_INVARIANTS, totpCode } from '@hehuo/identity';
import { checkInvariants, SystemClock } from '@hehuo/platform';
import { codeFor, newPhone, settleCommunity } from '@hehuo/testing';
import request from 'supertest';
import { startApi, type TestApi } from '../support/api.js';

let api: TestApi;
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const password = 'a long enough passphrase';

beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  expect(await checkInvariants(api.testDatabase.database, IDENTITY_INVARIANTS)).toEqual([]);
  await api.stop();
});

const signIn = async (phone = newPhone()) => {
  await request(api.url).post('/v1/sign-in/codes').send({ phone }).expect(202);
  const code = await codeFor(api.app, phone);
  const answer = await request(api.url)
    .post('/v1/sign-in')
    .send({ phone, code, acceptsPrivacyNotice: true })
    .expect(201);
  return { phone, token: String(answer.body.token), personId: String(answer.body.personId) };
};
const community = async (): Promise<string> => (await settleCommunity(api.app)).communityId;
const as = (token: string) => ({ authorization: `Bearer ${token}` });

describe('signing in', () => {
  it('goes from a number to a session, masked in every answer', async () => {
    const { phone, token } = await signIn();
    await request(api.url)
      .patch('/v1/me')
      .set(as(token))
      .send({ name: '欧阳娜娜', birthDate: '1990-02-03' })
      .expect(200);
    const me = await request(api.url).get('/v1/me').set(as(token)).expect(200);
    expect(me.body).toMatchObject({ maskedName: '欧**', ageClass: 'adult', consents: ['privacy_notice'] });
    expect(JSON.stringify(me.body)).not.toContain(phone);
    const exported = await request(api.url).get('/v1/me/export').set(as(token)).expect(200);
    expect(exported.body.data.account).toMatchObject({ phone, name: '欧阳娜娜' });
    expect(exported.body.data).toMatchObject({
      files: [],
      money: { payments: [], refunds: [], receipts: [], bankLines: [] },
    });
    expect(exported.headers['cache-control']).toBe('no-store');
    expect(api.log()).not.toContain(phone);
    expect(api.log()).not.toContain('欧阳娜娜');
  });

  it('refuses alike, waits between codes and says how long', async () => {
    const phone = newPhone();
    const first = await request(api.url).post('/v1/sign-in/codes').send({ phone }).expect(202);
    expect(first.body).toEqual({ resendAfterSeconds: 60, expiresInSeconds: 300 });
    const soon = await request(api.url).post('/v1/sign-in/codes').send({ phone }).expect(429);
    expect(soon.body.code).toBe('code_too_soon');
    expect(Number(soon.headers['retry-after'])).toBeGreaterThan(0);
    const wrong = await request(api.url)
      .post('/v1/sign-in')
      .send({ phone: newPhone(), code: '000000' })
      .expect(401);
    expect(wrong.body).toMatchObject({ code: 'sign_in_refused', title: '登录信息不对或已失效' });
  });

  it.each([
    ['/v1/sign-in/codes', { phone: 13812345678 }, 422],
    ['/v1/sign-in/codes', { phone: '110' }, 422],
    ['/v1/sign-in/codes', { phone: '13812345678', role: 'platform_admin' }, 422],
    ['/v1/sign-in', { phone: '13812345678', code: '１２３４５６' }, 422],
    ['/v1/sign-in', { phone: '13812345678', code: ['123456'] }, 422],
    ['/v1/sign-in/staff', { login: 'a', password: 'b', totp: '12345' }, 422],
    ['/v1/sign-in/staff', { login: "' OR 1=1 --", password: 'x', totp: '123456' }, 401],
  ])('answers POST %s %j with %i', async (path, body, status) => {
    await request(api.url).post(path).send(body).expect(status);
  });

  it('ends sessions that their owner ends, and nobody else', async () => {
    const [mine, other] = [await signIn(), await signIn()];
    const list = await request(api.url).get('/v1/me/sessions').set(as(mine.token)).expect(200);
    const { id } = list.body.items[0];
    await request(api.url).delete(`/v1/me/sessions/${id}`).set(as(other.token)).expect(404);
    await request(api.url).delete('/v1/me/sessions/ses_1').set(as(mine.token)).expect(404);
    await request(api.url).delete(`/v1/me/sessions/${id}`).set(as(mine.token)).expect(204);
    await request(api.url).get('/v1/me').set(as(mine.token)).expect(401);
  });
});

describe('staff', () => {
  const admin = async (login: string) => {
    const { personId } = await signIn();
    await api.app
      .get(EnrolStaff, { strict: false })
      .bootstrap({ personId: personId as `per_${string}`, login, password, totpSecret: secret });
    await api.app.get(GrantRole, { strict: false }).bootstrapAdmin(personId as `per_${string}`);
    const totp = totpCode(secret, new SystemClock().now());
    const answer = await request(api.url)
      .post('/v1/sign-in/staff')
      .send({ login, password, totp })
      .expect(201);
    return { personId, token: String(answer.body.token) };
  };

  it('grant roles with a second factor, and a fund approver takes two of them', async () => {
    const [first, second] = [await admin('first.admin'), await admin('second.admin')];
    const { personId, token } = await signIn();
    const communityId = await community();
    const body = { personId, role: 'fund_approver', communityId };
    const slip = { ...body, communityId: `com_${'0'.repeat(26)}` };
    const nowhere = await request(api.url).post('/v1/role-grants').set(as(first.token)).send(slip);
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'community_not_found']);
    await request(api.url).post('/v1/role-grants').set(as(token)).send(body).expect(403);
    const granted = await request(api.url)
      .post('/v1/role-grants')
      .set(as(first.token))
      .send(body)
      .expect(201);
    const { id } = granted.body;
    await request(api.url).post(`/v1/role-grants/${id}/confirm`).set(as(first.token)).expect(403);
    const proposed = await request(api.url)
      .get('/v1/role-grants?state=proposed')
      .set(as(second.token))
      .expect(200);
    expect(proposed.body.items).toMatchObject([{ id, state: 'proposed', maskedName: '邻居' }]);
    await request(api.url).post(`/v1/role-grants/${id}/confirm`).set(as(second.token)).expect(204);
    await request(api.url).post(`/v1/role-grants/${id}/confirm`).set(as(second.token)).expect(409);
    await request(api.url).delete(`/v1/role-grants/${id}`).set(as(first.token)).expect(204);
    const own = { personId: first.personId, role: 'auditor' };
    await request(api.url).post('/v1/role-grants').set(as(first.token)).send(own).expect(403);
  });

  it('need a fresh proof to grant', async () => {
    const { token, personId } = await admin('stale.admin');
    await api.testDatabase.database.change(
      `UPDATE session SET second_factor_at = second_factor_at - INTERVAL 6 MINUTE WHERE person_id = ?`,
      [personId],
    );
    const body = { personId: (await signIn()).personId, role: 'auditor' };
    const stale = await request(api.url).post('/v1/role-grants').set(as(token)).send(body).expect(403);
    expect(stale.body.code).toBe('second_factor_required');
  });
});

describe('partners', () => {
  it('apply in private and stay unknown to strangers', async () => {
    const { token } = await signIn();
    const body = {
      kind: 'social_organisation',
      name: '邻里互助会',
      legalStatus: 'informal',
      about: '修修补补',
      evidence: [{ kind: 'community_letter', reference: '社区证明' }],
    };
    const { body: created } = await request(api.url)
      .post('/v1/partners')
      .set(as(token))
      .send(body)
      .expect(201);
    await request(api.url).get(`/v1/partners/${created.id}`).expect(404);
    await request(api.url)
      .get(`/v1/partners/${created.id}`)
      .set(as((await signIn()).token))
      .expect(404);
    const mine = await request(api.url).get(`/v1/partners/${created.id}`).set(as(token)).expect(200);
    expect(mine.body).toMatchObject({
      state: 'applied',
      group: 'group',
      evidence: [{ reference: '社区证明' }],
    });
    const own = await request(api.url).get('/v1/me/partners').set(as(token)).expect(200);
    expect(own.body.items).toEqual([
      expect.objectContaining({ id: created.id, state: 'applied', duty: 'owner', reason: null }),
    ]);
    await request(api.url).post(`/v1/partners/${created.id}/verify`).set(as(token)).expect(403);
    await request(api.url).get('/v1/partners?state=applied').expect(403);
    await request(api.url).get('/v1/partners?limit=101').expect(422);
    await request(api.url).get('/v1/partners?cursor=WyJ4Il0').expect(422);
    expect((await request(api.url).get('/v1/partners').expect(200)).body).toEqual({ items: [], next: null });
  });
});
