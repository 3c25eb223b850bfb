import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { MoneyApi, now, type Who } from '../support/money-api.js';

const api = new MoneyApi();
const dayMs = 86_400_000;
let staff: Who;
let approver: Who;
let poolId: string;
const startsAt = new Date(now().getTime() - dayMs).toISOString();
const endsAt = new Date(now().getTime() + dayMs).toISOString();

beforeAll(async () => {
  await api.start();
  staff = api.person('community_staff');
  approver = api.person('fund_approver');
});
afterAll(() => api.stop());

const put = (who: Who, path: string): request.Test =>
  request(api.api.url).put(`/v1${path}`).set('authorization', `Bearer ${who.token}`);
const terms = (over: object = {}) => ({
  ...{ donorName: '书院街道办事处', donorKind: 'street', unit: 'fen', kinds: ['money'], factorBps: 30_000 },
  ...{ total: '200000', capPerCampaign: '100000', capPerPerson: '20000', conditionMinimum: '5000' },
  ...{ startsAt, endsAt },
  communityIds: [api.campaign.communityId],
  ...over,
});
const propose = (who: Who, key: string, body: object = terms()) =>
  api.as(who, 'post', '/match-pools').set('idempotency-key', key).send(body);
const bound = () => `/campaigns/${api.campaign.campaignId}/match-pools/${poolId}`;

describe('match funds over HTTP', () => {
  it('are proposed once for a key and activated by another person', async () => {
    const first = await propose(staff, 'pool-key-1').expect(201);
    poolId = first.body.id;
    const again = await propose(staff, 'pool-key-1').expect(201);
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([{ id: poolId }, 'true']);
    const other = await propose(staff, 'pool-key-1', terms({ total: '300000' })).expect(422);
    expect(other.body.code).toBe('idempotency_key_reused');
    const wrong = await propose(
      staff,
      'pool-key-2',
      terms({ kinds: ['labour'], capPerPerson: '300000' }),
    ).expect(422);
    expect(wrong.body.code).toBe('match_pool_invalid');
    expect(wrong.body.errors).toHaveLength(2);
    const stranger = await propose(
      staff,
      'pool-key-3',
      terms({ communityIds: ['com_00000000000000000000000000'] }),
    );
    expect([stranger.status, stranger.body.code]).toEqual([403, 'match_forbidden']);
    await api.as(approver, 'post', `/match-pools/${poolId}/activate`).expect(204);
  });

  it('are read by anybody: terms, what is left, never who is kept out', async () => {
    const { body } = await api
      .nobody('get', `/communities/${api.campaign.communityId}/match-pools`)
      .expect(200);
    expect(body.items).toMatchObject([
      { id: poolId, factor: '3', total: '200000', left: '200000', state: 'active' },
    ]);
    const one = await api.nobody('get', `/match-pools/${poolId}`).expect(200);
    expect(one.body.communityIds).toEqual([api.campaign.communityId]);
    expect(JSON.stringify(one.body)).not.toContain('per_');
    await api.nobody('get', '/match-pools/mpl_00000000000000000000000000').expect(404);
  });

  it('are bound by staff and explained with every pledge, to the payer by pool and to everybody without names', async () => {
    await put(staff, bound()).send({ supplierIds: [] }).expect(204);
    const { campaignId, asks, people } = api.campaign;
    const payer = api.person(null, { personId: people[1]! });
    const pledge = await api
      .as(payer, 'post', `/campaigns/${campaignId}/pledges`)
      .set('idempotency-key', 'matched-pledge-1')
      .send({ askId: asks[0]!.id, quantity: '10000' })
      .expect(201);
    const mine = await api.as(payer, 'get', `/pledges/${pledge.body.id}/matches`).expect(200);
    expect(mine.body.items).toEqual([
      {
        ...{ pledgeId: pledge.body.id, poolId, unit: 'fen', factorBps: 30_000 },
        ...{ own: '10000', full: '30000', amount: '20000', code: 'capped_by_person' },
        ...{ state: 'conditional', releaseReason: null, returned: '0', returns: [] },
        words: {
          'zh-CN': '100.00 元 × 3 = 300.00 元，到了每人上限，配捐 200.00 元。',
          en: '100.00 yuan × 3 = 300.00 yuan; the limit for one person is reached, so 200.00 yuan are matched.',
        },
      },
    ]);
    await api.as(api.person(null), 'get', `/pledges/${pledge.body.id}/matches`).expect(404);
    const all = await api.nobody('get', `/campaigns/${campaignId}/matches`).expect(200);
    expect(all.body.pools).toMatchObject([
      { state: 'bound', conditional: '20000', reserved: '0', confirmed: '0', matchDue: '0', received: '0' },
    ]);
    expect(all.body.items).toEqual(mine.body.items);
    expect(JSON.stringify(all.body)).not.toContain('per_');
  });

  it('stand beside the goal in page, forecast and never in an ask', async () => {
    const { campaignId } = api.campaign;
    const page = await api.nobody('get', `/campaigns/${campaignId}`).expect(200);
    // Three pledges of the fixture came before the pool, one after it.
    expect(page.body.matches).toMatchObject([
      { own: '40000', conditional: '20000', reserved: '0', factor: '3' },
    ]);
    expect(page.body.asks[0].promised).toBe('40000');
    const forecast = await api.nobody('get', `/campaigns/${campaignId}/forecast`).expect(200);
    expect(forecast.body.matches).toMatchObject([{ residents: '40000', ifItClosedNow: 'confirmed' }]);
    expect(forecast.body.asks[0].counted).toBe('40000');
  });

  it('take no receipt before the decision, and give the rest back when closed', async () => {
    const receipt = {
      amount: '20000',
      voucher: 'BANK-1',
      evidence: '银行回单',
      receivedAt: now().toISOString(),
    };
    const early = await put(staff, `${bound()}/receipt`).send(receipt);
    expect([early.status, early.body.code]).toEqual([409, 'state_conflict']);
    const confirm = await api.as(approver, 'post', `${bound()}/receipt/confirm`).expect(409);
    expect(confirm.body.code).toBe('state_conflict');
    const refuse = await api.as(approver, 'post', `${bound()}/receipt/refuse`).send({ reason: '没有到账' });
    expect([refuse.status, refuse.body.code]).toEqual([409, 'state_conflict']);
    const reason = '出资方没有付款';
    const writeOff = await put(approver, `${bound()}/write-off`).send({ reason });
    expect([writeOff.status, writeOff.body.code]).toEqual([409, 'state_conflict']);
    await put(staff, `${bound()}/write-off`).send({ reason }).expect(403);
    await put(approver, `${bound()}/write-off`).send({ reason: '' }).expect(422);
    for (const step of ['confirm', 'refuse']) {
      const answer = await api.as(approver, 'post', `${bound()}/write-off/${step}`).send({ reason });
      expect([answer.status, answer.body.code]).toEqual([409, 'state_conflict']);
    }
    await api.as(approver, 'post', `/match-pools/${poolId}/close`).expect(204);
    const { body } = await api.nobody('get', `/match-pools/${poolId}`).expect(200);
    expect(body).toMatchObject({ state: 'closed', reserved: '20000', left: '180000', writtenOff: [] });
  });
});
