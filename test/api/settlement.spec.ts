import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Test } from 'supertest';
import { PassDeadline, RunSettlement } from '@hehuo/settlement';
import { id, MoneyApi } from '../support/money-api.js';

const money = new MoneyApi();
beforeAll(async () => {
  await money.start();
  await money.activeAccount();
});
afterAll(() => money.stop());

const path = (rest = ''): string => `/campaigns/${money.campaign.campaignId}/settlement${rest}`;
const payer = () => money.person(null, { personId: money.campaign.people[0]! });
const pay = (who = payer(), pledgeId = money.pledges[0]!): Test =>
  money.as(who, 'post', `/pledges/${pledgeId}/charges`).set('idempotency-key', 'pay-0001');
const staff = () => money.person('community_staff');
const approver = () => money.person('fund_approver');

describe('settlement over HTTP', () => {
  it.each<[string, number, string, () => Test]>([
    ['the report before the decision', 404, 'settlement_not_found', () => money.nobody('get', path())],
    ['the items as a resident', 403, 'forbidden', () => money.as(payer(), 'get', path('/items'))],
    ['the items unsigned', 401, 'sign_in_required', () => money.nobody('get', path('/items'))],
    [
      'the items in another state',
      422,
      'validation_failed',
      () => money.as(staff(), 'get', path('/items?state=done')),
    ],
    ['a cursor made up', 422, 'cursor_invalid', () => money.as(staff(), 'get', path('/items?cursor=abcd'))],
    [
      'paying unsigned',
      401,
      'sign_in_required',
      () => money.nobody('post', `/pledges/${money.pledges[0]!}/charges`),
    ],
    [
      'paying without a key',
      400,
      'idempotency_key_required',
      () => money.as(payer(), 'post', `/pledges/${money.pledges[0]!}/charges`).send({}),
    ],
    ['paying with an amount of my own', 422, 'validation_failed', () => pay().send({ amount: '1' })],
    ['paying by gateway where cash is taken', 409, 'pledge_not_payable', () => pay().send({})],
    [
      "paying somebody else's pledge",
      404,
      'payable_pledge_not_found',
      () => pay(money.person(null)).send({}),
    ],
    ['paying nothing', 404, 'payable_pledge_not_found', () => pay(payer(), id('plg')).send({})],
    [
      'a redrive without a reason',
      422,
      'validation_failed',
      () => money.as(staff(), 'post', path(`/items/${money.pledges[0]!}/redrive`)).send({}),
    ],
    [
      'a redrive before the decision',
      404,
      'settlement_not_found',
      () =>
        money.as(staff(), 'post', path(`/items/${money.pledges[0]!}/redrive`)).send({ reason: '凭证已找到' }),
    ],
    [
      'a resume by staff',
      403,
      'forbidden',
      () => money.as(staff(), 'post', path('/resume')).send({ reason: '差额已查明' }),
    ],
  ])('%s is %i %s', async (_what, status, code, send) => {
    const { body } = await send();
    expect(body).toMatchObject({ status, code });
  });

  it('shows everybody what became of the pledges, and keeps the items for staff', async () => {
    const { campaignId, asks } = money.campaign;
    const get = money.api.app.get.bind(money.api.app);
    await money.api.testDatabase.database.change(
      'UPDATE intake SET deadline = UTC_TIMESTAMP(3) WHERE campaign_id = ?',
      [campaignId],
    );
    await get(PassDeadline, { strict: false }).execute(campaignId);
    await money.api.testDatabase.database.change(
      'UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3) WHERE id = ?',
      [campaignId],
    );
    await get(PassDeadline, { strict: false }).endCollection(campaignId);
    await get(RunSettlement, { strict: false }).execute(campaignId);
    const { body, headers } = await money.nobody('get', path()).expect(200);
    expect(body).toMatchObject({ campaignId, decision: { outcome: 'failed' }, state: 'done' });
    expect(body.progress).toEqual({ items: 3, due: 0, waiting: 0, done: 3, needsHuman: 0 });
    const none = { pledges: 0, quantity: '0' };
    const all = { pledges: 3, quantity: '30000' };
    // Everybody was asked for the money and nobody brought it.
    expect(body.asks).toEqual([
      {
        ...{ askId: asks[0]!.id, kind: 'money', pledged: all, dropped: all, collected: none, refunded: none },
        ...{ released: none, open: none },
      },
    ]);
    await money.nobody('get', path()).set('if-none-match', String(headers['etag'])).expect(304);
    expect((await money.as(staff(), 'get', path('/items'))).body).toEqual({ items: [], next: null });
    const refused = await money.as(approver(), 'post', path('/resume')).send({ reason: '差额已查明' });
    expect(refused.body).toMatchObject({ status: 409, code: 'settlement_not_halted' });
  });
});
