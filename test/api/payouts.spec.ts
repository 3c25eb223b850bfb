import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import { EnterReceipt, ConfirmReceipt } from '@hehuo/payment';
import { PassDeadline, RunSettlement } from '@hehuo/settlement';
import type { Test } from 'supertest';
import { id, MoneyApi, now, type Who } from '../support/money-api.js';
import { withMilestones } from '../support/payout-hands.js';

const ACCOUNT = '6222021001011234';
const money = new MoneyApi();
let staff: Who;
let clerk: Who;
let first: Who;
let second: Who;
let payeeId: string;

const get = <T>(token: abstract new (...values: never[]) => T): T =>
  money.api.app.get(token as never, { strict: false }) as T;
const campaign = (rest: string): string => `/campaigns/${money.campaign.campaignId}${rest}`;
const post = (who: Who, path: string, body: object = {}, key = `key-${id('opr')}`): Test =>
  money.as(who, 'post', path).set('idempotency-key', key).send(body);
const voucher = (amount: string) => ({
  number: `F-${id('opr')}`,
  title: '木料',
  amount,
  evidence: '发票在档案盒',
});
const payout = (amount = '600', over: object = {}) => ({
  ...{ payeeId, part: 'milestone:0', amount, purpose: '长椅木料', vouchers: [voucher(amount)] },
  ...over,
});
const entry = (over: object = {}) => ({
  ...{ kind: 'supplier', name: '成都木工坊有限公司', bankName: '农商银行', account: ACCOUNT },
  ...over,
});

/** The campaign of cash succeeds: two neighbours paid 10,000 fen each, and two milestones share it. */
async function succeed(): Promise<void> {
  const { campaignId, communityId } = money.campaign;
  const sql = money.api.testDatabase.database;
  await withMilestones(sql, money.campaign, 6_000, 4_000);
  await sql.change('UPDATE intake SET deadline = UTC_TIMESTAMP(3) WHERE campaign_id = ?', [campaignId]);
  await get(PassDeadline).execute(campaignId);
  for (const [at, pledgeId] of money.pledges.slice(0, 2).entries()) {
    const by = (role: string) => ({ personId: id('per'), roles: [{ role, communityId }] });
    const receiptId = await get(EnterReceipt).execute({
      ...{
        actor: by('community_staff'),
        pledgeId,
        method: 'cash',
        receiptNumber: `P-${at}`,
        amount: 10_000n,
      },
      ...{ receivedAt: now(), evidence: 'slip in the cash box', operationId: id('opr') },
    });
    await get(ConfirmReceipt).execute({ actor: by('fund_approver'), receiptId });
  }
  await sql.change('UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3) WHERE id = ?', [campaignId]);
  await get(PassDeadline).endCollection(campaignId);
  await get(RunSettlement).execute(campaignId);
}

beforeAll(async () => {
  await money.start();
  await money.activeAccount();
  await succeed();
  [staff, clerk] = [money.person('community_staff'), money.person('community_staff')];
  [first, second] = [money.person('fund_approver'), money.person('fund_approver')];
}, 60_000);
afterAll(() => money.stop());

describe('payouts over HTTP', () => {
  it('pay a milestone from the account to the bank’s voucher, each step by other hands', async () => {
    const entered = await post(clerk, campaign('/payees'), entry());
    expect([entered.status, entered.body.state]).toEqual([201, 'proposed']);
    payeeId = entered.body.id;
    const wrong = await post(staff, `/payees/${payeeId}/confirm`, { account: '6222021001019999' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'payee_account_mismatch']);
    expect((await post(clerk, `/payees/${payeeId}/confirm`, { account: ACCOUNT })).body.code).toBe(
      'same_person',
    );
    expect((await post(staff, `/payees/${payeeId}/confirm`, { account: ACCOUNT })).body.state).toBe(
      'confirmed',
    );
    const { body: payees } = await money.as(staff, 'get', campaign('/payees'));
    expect(payees.items).toMatchObject([{ id: payeeId, account: '**** 1234', state: 'confirmed' }]);
    expect(JSON.stringify(payees)).not.toContain(ACCOUNT);

    const [key, wish] = [`key-${id('opr')}`, payout()];
    const proposed = await post(staff, campaign('/payouts'), wish, key);
    expect([proposed.status, proposed.body.state]).toEqual([201, 'proposed']);
    expect((await post(staff, campaign('/payouts'), wish, key)).body).toEqual(proposed.body);
    const reused = await post(staff, campaign('/payouts'), { ...wish, purpose: '别的用途' }, key);
    expect([reused.status, reused.body.code]).toEqual([422, 'idempotency_key_reused']);
    const at = (step: string) => `/payouts/${proposed.body.id}/${step}`;
    expect((await post(first, at('approve'))).body.state).toBe('approved_once');
    expect((await post(first, at('approve'))).body).toMatchObject({ status: 403, code: 'same_person' });
    expect((await post(second, at('approve'))).body.state).toBe('released');
    expect((await post(staff, at('send'))).body).toMatchObject({ status: 409, code: 'payee_on_hold' });
    const sql = money.api.testDatabase.database;
    await sql.change('UPDATE payee SET changed_at = changed_at - INTERVAL 73 HOUR');
    await sql.change('UPDATE payout SET account_changed_at = account_changed_at - INTERVAL 73 HOUR');
    expect((await post(staff, at('send'))).body.state).toBe('sent');
    expect((await post(staff, at('confirm'), { voucher: 'B-1' })).body.code).toBe('same_person');
    expect((await post(clerk, at('confirm'), { voucher: 'B-1' })).body.state).toBe('done');

    const { body: shown } = await money.nobody('get', campaign('/payouts')).expect(200);
    expect(shown.items).toMatchObject([
      {
        part: 'milestone:0',
        amount: '600',
        state: 'done',
        payee: { kind: 'supplier', name: '成都木工坊有限公司' },
      },
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/\*{4}|per_|evidence/);
    const { body: detail } = await money.as(money.person('auditor'), 'get', `/payouts/${proposed.body.id}`);
    expect(detail).toMatchObject({
      payee: { account: '**** 1234' },
      voucher: 'B-1',
      approvedBy: first.personId,
    });

    const back = await post(staff, at('claw-backs'), { amount: '100', voucher: 'C-1', reason: '验收不合格' });
    expect(back.status).toBe(201);
    const decide = (who: Who, step: string, body: object) =>
      post(who, `/claw-backs/${back.body.id}/${step}`, body);
    expect((await decide(staff, 'confirm', { voucher: 'C-1' })).body.code).toBe('same_person');
    expect((await decide(first, 'confirm', { voucher: 'C-1' })).body.state).toBe('confirmed');
    expect((await decide(first, 'refuse', {})).body.code).toBe('state_conflict');
  });

  it('show everybody the budget, and let staff and an approver end a milestone', async () => {
    const { body } = await money.nobody('get', campaign('/budget')).expect(200);
    expect(body.parts).toMatchObject([
      { part: 'milestone:0', title: '第1步', budget: '12000', paidOut: '500', rest: '11500', state: 'open' },
      { part: 'milestone:1', budget: '8000', paidOut: '0', givenBack: '0' },
    ]);
    const wish = { kind: 'cancel', part: 'milestone:1', reason: '施工方退出' };
    const proposed = await post(staff, campaign('/milestone-decisions'), wish);
    expect([proposed.status, proposed.body.state]).toEqual([201, 'proposed']);
    const confirm = (who: Who) => post(who, `/milestone-decisions/${proposed.body.id}/confirm`);
    expect((await confirm(staff)).body.code).toBe('forbidden');
    expect((await confirm(first)).body).toEqual({ id: proposed.body.id, state: 'confirmed' });
    const { body: list } = await money.nobody('get', campaign('/milestone-decisions'));
    expect(list.items).toMatchObject([{ kind: 'cancel', reason: '施工方退出', amount: '8000' }]);
    const { body: report } = await money.nobody('get', campaign('/settlement'));
    expect(report.givenBackAfterwards).toBe('8000');
    const other = await post(staff, campaign('/milestone-decisions'), {
      ...wish,
      part: 'milestone:0',
      kind: 'finish',
    });
    expect((await post(clerk, `/milestone-decisions/${other.body.id}/refuse`)).body.state).toBe('refused');
  });

  it('are refused, withdrawn and returned with a reason', async () => {
    const propose = async () => (await post(staff, campaign('/payouts'), payout('10'))).body.id as string;
    const step = (who: Who, payoutId: string, name: string, body: object = {}) =>
      post(who, `/payouts/${payoutId}/${name}`, body);
    const refused = await propose();
    expect((await step(first, refused, 'refuse', { reason: '发票抬头不对' })).body.state).toBe('refused');
    const withdrawn = await propose();
    expect((await step(staff, withdrawn, 'withdraw', { reason: '不再需要' })).body.state).toBe('withdrawn');
    const returned = await propose();
    await step(first, returned, 'approve');
    await step(second, returned, 'approve');
    await step(staff, returned, 'send');
    const back = { voucher: 'R-1', reason: '户名不符' };
    expect((await step(clerk, returned, 'returned', back)).body.state).toBe('returned');
    const changed = entry({ kind: undefined });
    expect((await post(clerk, `/payees/${payeeId}/account`, changed)).body.state).toBe('proposed');
  });

  it.each<[string, number, string, () => Test]>([
    [
      'a payee without a key',
      400,
      'idempotency_key_required',
      () => money.as(clerk, 'post', campaign('/payees')).send(entry()),
    ],
    [
      'a payee by a neighbour',
      403,
      'payment_forbidden',
      () => post(money.person(null), campaign('/payees'), entry()),
    ],
    [
      'a payee with an old second factor',
      403,
      'second_factor_required',
      () => post(money.person('community_staff', { secondFactorAt: null }), campaign('/payees'), entry()),
    ],
    [
      'a payee of no campaign',
      404,
      'payout_campaign_not_found',
      () => post(clerk, `/campaigns/${id('cmp')}/payees`, entry()),
    ],
    [
      'a payee of another kind',
      422,
      'validation_failed',
      () => post(clerk, campaign('/payees'), entry({ kind: 'friend' })),
    ],
    [
      'the payees for a neighbour',
      403,
      'payment_forbidden',
      () => money.as(money.person(null), 'get', campaign('/payees')),
    ],
    [
      'a payout by a neighbour',
      403,
      'payment_forbidden',
      () => post(money.person(null), campaign('/payouts'), payout()),
    ],
    [
      'a payout of half its vouchers',
      422,
      'payout_invalid',
      () => post(staff, campaign('/payouts'), payout('600', { vouchers: [voucher('300')] })),
    ],
    [
      'a payout without vouchers',
      422,
      'validation_failed',
      () => post(staff, campaign('/payouts'), payout('600', { vouchers: [] })),
    ],
    [
      'a payout of a part made up',
      422,
      'validation_failed',
      () => post(staff, campaign('/payouts'), payout('600', { part: 'milestone:x' })),
    ],
    [
      'a payout that sets its own state',
      422,
      'validation_failed',
      () => post(staff, campaign('/payouts'), payout('600', { state: 'done' })),
    ],
    [
      'a payout with a number for a sum',
      422,
      'validation_failed',
      () => post(staff, campaign('/payouts'), payout('600', { amount: 600 })),
    ],
    [
      'a payout beyond the milestone',
      409,
      'payout_exceeds_budget',
      () => post(staff, campaign('/payouts'), payout('12001')),
    ],
    ['an approval by staff', 403, 'forbidden', () => post(staff, `/payouts/${id('pyo')}/approve`)],
    ['an approval of nothing', 404, 'payout_not_found', () => post(first, `/payouts/${id('pyo')}/approve`)],
    [
      'an approval with an old second factor',
      403,
      'second_factor_required',
      () => post(money.person('fund_approver', { secondFactorAt: null }), `/payouts/${id('pyo')}/approve`),
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
      () => post(clerk, `/payouts/${id('pyo')}/confirm`),
    ],
    [
      'a claw-back of nothing',
      404,
      'claw_back_not_found',
      () => post(first, `/claw-backs/${id('clw')}/confirm`, { voucher: 'X-1' }),
    ],
    [
      'a decision without a reason',
      422,
      'validation_failed',
      () => post(staff, campaign('/milestone-decisions'), { kind: 'cancel', part: 'milestone:0' }),
    ],
    [
      'a decision about no milestone',
      404,
      'milestone_not_found',
      () =>
        post(staff, campaign('/milestone-decisions'), {
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
        post(staff, campaign('/milestone-decisions'), {
          kind: 'surplus',
          part: 'surplus',
          reason: '按规则退还',
        }),
    ],
    [
      'a decision that is none',
      404,
      'milestone_decision_not_found',
      () => post(first, `/milestone-decisions/${id('mdc')}/confirm`),
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

  it('belong to one community: officers of another find nothing', async () => {
    const communityId = id('com') as Id<'com'>;
    const proposed = await post(staff, campaign('/payouts'), payout('10', { payeeId }));
    // The account was changed above, so nobody can propose for it before it is confirmed again.
    expect(proposed.body.code).toBe('payee_not_confirmed');
    const { body } = await money.nobody('get', campaign('/payouts'));
    const known = body.items[0].id as string;
    for (const role of ['fund_approver', 'community_staff'] as const) {
      const stranger = money.person(role, { roles: [{ role, communityId }] });
      const { body: answer } = await post(stranger, `/payouts/${known}/send`);
      expect(answer).toMatchObject({ status: 404, code: 'payout_not_found' });
    }
  });
});
