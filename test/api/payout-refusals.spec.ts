import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Test } from 'supertest';
import { id, type Who } from '../support/money-api.js';
import { entry, PayoutApi, voucher } from '../support/payout-api.js';

const money = new PayoutApi();
let staff: Who;
let clerk: Who;
let first: Who;

beforeAll(async () => {
  await money.start();
  [staff, clerk] = [money.person('community_staff'), money.person('community_staff')];
  first = money.person('fund_approver');
}, 60_000);
afterAll(() => money.stop());

describe('refusals of payouts over HTTP', () => {
  it.each<[string, number, string, () => Test]>([
    [
      'a payee without a key',
      400,
      'idempotency_key_required',
      () => money.as(clerk, 'post', money.path('/payees')).send(entry()),
    ],
    [
      'a payee by a neighbour',
      403,
      'payment_forbidden',
      () => money.post(money.person(null), money.path('/payees'), entry()),
    ],
    [
      'a payee with an old second factor',
      403,
      'second_factor_required',
      () =>
        money.post(money.person('community_staff', { secondFactorAt: null }), money.path('/payees'), entry()),
    ],
    [
      'a payee of no campaign',
      404,
      'payout_campaign_not_found',
      () => money.post(clerk, `/campaigns/${id('cmp')}/payees`, entry()),
    ],
    [
      'a payee of another kind',
      422,
      'validation_failed',
      () => money.post(clerk, money.path('/payees'), entry({ kind: 'friend' })),
    ],
    [
      'the payees for a neighbour',
      403,
      'payment_forbidden',
      () => money.as(money.person(null), 'get', money.path('/payees')),
    ],
    [
      'a payout by a neighbour',
      403,
      'payment_forbidden',
      () => money.post(money.person(null), money.path('/payouts'), money.wish()),
    ],
    [
      'a payout of half its vouchers',
      422,
      'payout_invalid',
      () => money.post(staff, money.path('/payouts'), money.wish('600', { vouchers: [voucher('300')] })),
    ],
    [
      'a payout without vouchers',
      422,
      'validation_failed',
      () => money.post(staff, money.path('/payouts'), money.wish('600', { vouchers: [] })),
    ],
    [
      'a payout of a part made up',
      422,
      'validation_failed',
      () => money.post(staff, money.path('/payouts'), money.wish('600', { part: 'milestone:x' })),
    ],
    [
      'a payout that sets its own state',
      422,
      'validation_failed',
      () => money.post(staff, money.path('/payouts'), money.wish('600', { state: 'done' })),
    ],
    [
      'a payout with a number for a sum',
      422,
      'validation_failed',
      () => money.post(staff, money.path('/payouts'), money.wish('600', { amount: 600 })),
    ],
    [
      'a payout beyond the milestone',
      409,
      'payout_exceeds_budget',
      () => money.post(staff, money.path('/payouts'), money.wish('12001')),
    ],
    ['an approval by staff', 403, 'forbidden', () => money.post(staff, `/payouts/${id('pyo')}/approve`)],
    [
      'an approval of nothing',
      404,
      'payout_not_found',
      () => money.post(first, `/payouts/${id('pyo')}/approve`),
    ],
    [
      'an approval with an old second factor',
      403,
      'second_factor_required',
      () =>
        money.post(money.person('fund_approver', { secondFactorAt: null }), `/payouts/${id('pyo')}/approve`),
    ],
    [
      'a payout for a stranger',
      404,
      'payout_not_found',
      () => money.as(money.person(null), 'get', `/payouts/${id('pyo')}`),
    ],
    [
      'a confirmation without a voucher',
      422,
      'validation_failed',
      () => money.post(clerk, `/payouts/${id('pyo')}/confirm`),
    ],
    [
      'a claw-back of nothing',
      404,
      'claw_back_not_found',
      () => money.post(first, `/claw-backs/${id('clw')}/confirm`, { voucher: 'X-1' }),
    ],
    [
      'a decision without a reason',
      422,
      'validation_failed',
      () => money.post(staff, money.path('/milestone-decisions'), { kind: 'cancel', part: 'milestone:0' }),
    ],
    [
      'a decision about no milestone',
      404,
      'milestone_not_found',
      () =>
        money.post(staff, money.path('/milestone-decisions'), {
          kind: 'cancel',
          part: 'milestone:9',
          reason: '施工方退出',
        }),
    ],
    [
      'a surplus before its time',
      409,
      'surplus_not_yet',
      () =>
        money.post(staff, money.path('/milestone-decisions'), {
          kind: 'surplus',
          part: 'surplus',
          reason: '按规则退还',
        }),
    ],
    [
      'a decision that is none',
      404,
      'milestone_decision_not_found',
      () => money.post(first, `/milestone-decisions/${id('mdc')}/confirm`),
    ],
    [
      'the budget of nothing',
      404,
      'milestone_not_found',
      () => money.nobody('get', `/campaigns/${id('cmp')}/budget`),
    ],
  ])('%s is %i %s', async (_what, status, code, send) => {
    const { status: got, body } = await send();
    expect([got, body.code]).toEqual([status, code]);
  });
});
