import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import { id, type Who } from '../support/money-api.js';
import { ACCOUNT, entry, PayoutApi } from '../support/payout-api.js';

const money = new PayoutApi();
let staff: Who;
let clerk: Who;
let first: Who;
let second: Who;

beforeAll(async () => {
  await money.start();
  [staff, clerk] = [money.person('community_staff'), money.person('community_staff')];
  [first, second] = [money.person('fund_approver'), money.person('fund_approver')];
}, 60_000);
afterAll(() => money.stop());

describe('payouts over HTTP', () => {
  it('pay a milestone from the account to the bank’s voucher, each step by other hands', async () => {
    const entered = await money.post(clerk, money.path('/payees'), entry());
    expect([entered.status, entered.body.state]).toEqual([201, 'proposed']);
    money.payeeId = entered.body.id;
    const { payeeId } = money;
    const wrong = await money.post(staff, `/payees/${payeeId}/confirm`, { account: '6222021001019999' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'payee_account_mismatch']);
    expect((await money.post(clerk, `/payees/${payeeId}/confirm`, { account: ACCOUNT })).body.code).toBe(
      'same_person',
    );
    expect((await money.post(staff, `/payees/${payeeId}/confirm`, { account: ACCOUNT })).body.state).toBe(
      'confirmed',
    );
    const { body: payees } = await money.as(staff, 'get', money.path('/payees'));
    expect(payees.items).toMatchObject([{ id: payeeId, account: '**** 1234', state: 'confirmed' }]);
    expect(JSON.stringify(payees)).not.toContain(ACCOUNT);

    const [key, wish] = [`key-${id('opr')}`, money.wish()];
    const proposed = await money.post(staff, money.path('/payouts'), wish, key);
    expect([proposed.status, proposed.body.state]).toEqual([201, 'proposed']);
    expect((await money.post(staff, money.path('/payouts'), wish, key)).body).toEqual(proposed.body);
    const reused = await money.post(staff, money.path('/payouts'), { ...wish, purpose: '别的用途' }, key);
    expect([reused.status, reused.body.code]).toEqual([422, 'idempotency_key_reused']);
    const at = (step: string) => `/payouts/${proposed.body.id}/${step}`;
    expect((await money.post(first, at('approve'))).body.state).toBe('approved_once');
    expect((await money.post(first, at('approve'))).body).toMatchObject({ status: 403, code: 'same_person' });
    expect((await money.post(second, at('approve'))).body.state).toBe('released');
    expect((await money.post(staff, at('send'))).body).toMatchObject({ status: 409, code: 'payee_on_hold' });
    const sql = money.api.testDatabase.database;
    await sql.change('UPDATE payee SET changed_at = changed_at - INTERVAL 73 HOUR');
    await sql.change('UPDATE payout SET account_changed_at = account_changed_at - INTERVAL 73 HOUR');
    expect((await money.post(staff, at('send'))).body.state).toBe('sent');
    expect((await money.post(staff, at('confirm'), { voucher: 'B-1' })).body.code).toBe('same_person');
    expect((await money.post(clerk, at('confirm'), { voucher: 'B-1' })).body.state).toBe('done');

    const { body: shown } = await money.nobody('get', money.path('/payouts')).expect(200);
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

    const back = await money.post(staff, at('claw-backs'), {
      amount: '100',
      voucher: 'C-1',
      reason: '验收不合格',
    });
    expect(back.status).toBe(201);
    const decide = (who: Who, step: string, body: object) =>
      money.post(who, `/claw-backs/${back.body.id}/${step}`, body);
    expect((await decide(staff, 'confirm', { voucher: 'C-1' })).body.code).toBe('same_person');
    expect((await decide(first, 'confirm', { voucher: 'C-1' })).body.state).toBe('confirmed');
    expect((await decide(first, 'refuse', {})).body.code).toBe('state_conflict');
  });

  it('show everybody the budget, and let staff and an approver end a milestone', async () => {
    const { body } = await money.nobody('get', money.path('/budget')).expect(200);
    expect(body.parts).toMatchObject([
      { part: 'milestone:0', title: '第1步', budget: '12000', paidOut: '500', rest: '11500', state: 'open' },
      { part: 'milestone:1', budget: '8000', paidOut: '0', givenBack: '0' },
    ]);
    const wish = { kind: 'cancel', part: 'milestone:1', reason: '施工方退出' };
    const proposed = await money.post(staff, money.path('/milestone-decisions'), wish);
    expect([proposed.status, proposed.body.state]).toEqual([201, 'proposed']);
    const confirm = (who: Who) => money.post(who, `/milestone-decisions/${proposed.body.id}/confirm`);
    expect((await confirm(staff)).body.code).toBe('forbidden');
    expect((await confirm(first)).body).toEqual({ id: proposed.body.id, state: 'confirmed' });
    const { body: list } = await money.nobody('get', money.path('/milestone-decisions'));
    expect(list.items).toMatchObject([{ kind: 'cancel', reason: '施工方退出', amount: '8000' }]);
    const { body: report } = await money.nobody('get', money.path('/settlement'));
    expect(report.givenBackAfterwards).toBe('8000');
    const other = await money.post(staff, money.path('/milestone-decisions'), {
      ...wish,
      part: 'milestone:0',
      kind: 'finish',
    });
    expect((await money.post(clerk, `/milestone-decisions/${other.body.id}/refuse`)).body.state).toBe(
      'refused',
    );
  });

  it('are refused, withdrawn and returned with a reason', async () => {
    const propose = async () =>
      (await money.post(staff, money.path('/payouts'), money.wish('10'))).body.id as string;
    const step = (who: Who, payoutId: string, name: string, body: object = {}) =>
      money.post(who, `/payouts/${payoutId}/${name}`, body);
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
    expect((await money.post(clerk, `/payees/${money.payeeId}/account`, changed)).body.state).toBe(
      'proposed',
    );
  });

  it('belong to one community: officers of another find nothing', async () => {
    const communityId = id('com') as Id<'com'>;
    const proposed = await money.post(staff, money.path('/payouts'), money.wish('10'));
    // The account was changed above, so nobody can propose for it before it is confirmed again.
    expect(proposed.body.code).toBe('payee_not_confirmed');
    const { body } = await money.nobody('get', money.path('/payouts'));
    const known = body.items[0].id as string;
    for (const role of ['fund_approver', 'community_staff'] as const) {
      const stranger = money.person(role, { roles: [{ role, communityId }] });
      const { body: answer } = await money.post(stranger, `/payouts/${known}/send`);
      expect(answer).toMatchObject({ status: 404, code: 'payout_not_found' });
    }
  });
});
