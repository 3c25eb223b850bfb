import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegisterPerson } from '@hehuo/identity';
import { UnitOfWork } from '@hehuo/kernel';
import type { Response } from 'supertest';
import { secret } from '../../apps/sandbox/test/harness.js';
import { id, MoneyApi, now } from '../support/money-api.js';

const money = new MoneyApi();
beforeAll(() => money.start());
afterAll(() => money.stop());

function signed(content: object, over: { key?: string; t?: number; header?: string | null } = {}) {
  const body = JSON.stringify(content);
  const t = over.t ?? Math.floor(now().getTime() / 1000);
  const v1 = createHmac('sha256', over.key ?? secret)
    .update(`${t}.${body}`)
    .digest('hex');
  const sent = money
    .nobody('post', '/gateways/sandbox/callbacks')
    .set('content-type', 'application/json')
    .set('sandbox-event', (content as { eventId?: string }).eventId ?? 'none');
  if (over.header !== null) sent.set('sandbox-signature', over.header ?? `t=${t},v1=${v1}`);
  return sent.send(body);
}

let events = 0;
const paidEvent = (orderNo: string, over: object = {}) => ({
  ...{
    event: 'charge.paid',
    eventId: `E-${(events += 1)}`,
    orderNo,
    amountFen: '10000',
    transactionNo: 'T1',
  },
  ...{ occurredAt: now().toISOString(), merchant: 'committee-1' },
  ...over,
});

describe('a custody account', () => {
  it('is public with its owner, and hides the merchant and the signatories', async () => {
    const accountId = await money.activeAccount();
    const { body } = await money.nobody('get', `/custody-accounts/${accountId}`);
    expect(body).toEqual({
      ...{ id: accountId, communityId: money.campaign.communityId, ownerName: '书院社区居民委员会' },
      ...{ ownerKind: 'residents_committee', state: 'active', takesOnlinePayment: true },
      ways: [{ gateway: 'sandbox', scenes: ['page'] }],
      activeSince: expect.any(String),
    });
    const list = await money.nobody(
      'get',
      `/communities/${money.campaign.communityId}/custody-accounts?limit=1`,
    );
    expect([list.body.items.length, JSON.stringify(list.body).includes('committee-1')]).toEqual([1, false]);
    const close = () =>
      money.as(money.person('fund_approver'), 'post', `/custody-accounts/${accountId}/close`);
    const { status, body: refusal } = await close();
    expect([status, refusal.code]).toEqual([409, 'custody_account_in_use']);
    // The campaign is bound to another one now.
    await money.activeAccount();
    expect((await close()).status).toBe(204);
  });

  it.each<[string, number, string, () => PromiseLike<Response>]>([
    [
      'nobody',
      401,
      'sign_in_required',
      () => money.nobody('post', `/communities/${id('com')}/custody-accounts`),
    ],
    ['a resident', 403, 'forbidden', () => money.propose(money.person(null))],
    [
      'staff elsewhere',
      403,
      'payment_forbidden',
      () => money.propose(money.person('community_staff'), {}, id('com')),
    ],
    [
      'staff without a second factor',
      403,
      'second_factor_required',
      () => money.propose(money.person('community_staff', { secondFactorAt: null })),
    ],
    [
      'one signatory twice',
      422,
      'custody_account_invalid',
      () => {
        const one = id('per');
        return money.propose(money.person('community_staff'), { signatories: [one, one] });
      },
    ],
    [
      'a signatory whom nobody knows',
      422,
      'custody_signatory_unknown',
      () =>
        money.propose(money.person('community_staff'), { signatories: [money.signatories[0], id('per')] }),
    ],
    [
      'a signatory who is fifteen years old',
      422,
      'custody_signatory_unknown',
      async () => {
        const birthDate = `${now().getUTCFullYear() - 15}-01-01`;
        const minor = await money.api.app
          .get(UnitOfWork, { strict: false })
          .run((tx) =>
            money.api.app
              .get(RegisterPerson, { strict: false })
              .execute(tx, { phone: null, name: '王小明', birthDate }),
          );
        return money.propose(money.person('community_staff'), { signatories: [money.signatories[0], minor] });
      },
    ],
    [
      'three signatories',
      422,
      'validation_failed',
      () =>
        money.propose(money.person('community_staff'), { signatories: [id('per'), id('per'), id('per')] }),
    ],
    [
      'an owner kind of its own',
      422,
      'validation_failed',
      () => money.propose(money.person('community_staff'), { ownerKind: 'platform' }),
    ],
    [
      'a state',
      422,
      'validation_failed',
      () => money.propose(money.person('community_staff'), { state: 'active' }),
    ],
  ])('proposed by %s is %i %s', async (_who, status, code, send) => {
    const { status: got, body } = await send();
    expect([got, body.code]).toEqual([status, code]);
  });

  it.each([{}, { keys: null }, { keys: 'x' }, { keys: [1] }])('takes no keys from %j', async (sent) => {
    const { status, body } = await money
      .as(money.person('community_staff'), 'put', `/channels/${id('chn')}/keys`)
      .send(sent);
    expect([status, body.code]).toEqual([422, 'validation_failed']);
  });
});

describe('a payment', () => {
  it('has one plain status for its payer, and does not exist for others', async () => {
    const payer = money.person(null, { personId: money.campaign.people[1]! });
    const charge = await money.charge(1);
    const { id: chargeId, number } = charge;
    const first = await money.as(payer, 'get', `/charges/${chargeId}`);
    expect(first.body).toMatchObject({
      status: 'to_pay',
      amount: '10000',
      paid: '0',
      returned: '0',
      paidAt: null,
    });
    expect(first.body.pay).toEqual({ kind: 'link', url: expect.stringMatching(/^http/) });
    const etag = String(first.headers['etag']);
    expect((await money.as(payer, 'get', `/charges/${chargeId}`).set('if-none-match', etag)).status).toBe(
      304,
    );
    expect((await money.as(money.person(null), 'get', `/charges/${chargeId}`)).body.code).toBe(
      'charge_not_found',
    );
    expect((await money.as(money.person('auditor'), 'post', `/charges/${chargeId}/check`)).status).toBe(404);
    expect((await money.nobody('get', `/charges/${chargeId}`)).status).toBe(401);
    await money.bed.call('POST', '/test/pay', { orderNo: number });
    const asked = await money.as(payer, 'post', `/charges/${chargeId}/check`);
    expect([asked.status, asked.body.status, asked.body.paid, asked.body.pay]).toEqual([
      ...[200, 'paid', '10000', null],
    ]);
    await money.giveBack(charge);
    expect((await money.as(payer, 'get', `/charges/${chargeId}`)).body.status).toBe('returning');
    const { body } = await money.nobody('get', `/campaigns/${money.campaign.campaignId}/refunds`);
    expect(body.items).toContainEqual({ state: 'under_way', refunds: 1, amount: '10000' });
  });
});

describe('a callback', () => {
  it('is stored and acknowledged, and again when it comes again', async () => {
    const { number } = await money.charge(2);
    const event = paidEvent(number);
    expect((await signed(event)).status).toBe(200);
    expect((await signed(event)).status).toBe(200);
    const rows = await money.api.testDatabase.database.rows(
      'SELECT id FROM gateway_event WHERE order_number = ?',
      [number],
    );
    expect(rows).toHaveLength(1);
    expect((await signed(paidEvent('C-unknown'))).status).toBe(200);
  });

  it.each<[string, number, string, () => PromiseLike<Response>]>([
    ['unsigned', 401, 'callback_refused', () => signed(paidEvent('C1'), { header: null })],
    [
      'signed by another',
      401,
      'callback_refused',
      () => signed(paidEvent('C1'), { key: 'some-other-secret' }),
    ],
    ['a day old', 401, 'callback_refused', () => signed(paidEvent('C1'), { t: 1_000 })],
    [
      'with a session instead of a signature',
      401,
      'callback_refused',
      () => signed(paidEvent('C1'), { header: null }).set('authorization', 'Bearer token-of-somebody-else'),
    ],
    ['of another shape', 400, 'callback_malformed', () => signed({ eventId: 'E', hello: 1 })],
    ['no JSON', 400, 'malformed_request', () => raw('SIGNTEST')],
    ['empty', 401, 'callback_refused', () => raw('')],
    ['too large', 413, 'request_too_large', () => raw(JSON.stringify({ pad: 'x'.repeat(70_000) }))],
    [
      'for a gateway that is not there',
      404,
      'payment_gateway_unknown',
      () => money.nobody('post', '/gateways/wechat/callbacks').send({ a: 1 }),
    ],
  ])('%s is %i %s', async (_name, status, code, send) => {
    const { status: got, body } = await send();
    expect([got, body.code]).toEqual([status, code]);
  });
});

function raw(text: string): PromiseLike<Response> {
  return money
    .nobody('post', '/gateways/sandbox/callbacks')
    .set('content-type', 'application/json')
    .send(text);
}
