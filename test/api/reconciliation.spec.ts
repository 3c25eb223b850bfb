import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import { CheckCharge, ReconcileDay } from '@hehuo/payment';
import type { Test } from 'supertest';
import { id, MoneyApi, now, type Who } from '../support/money-api.js';

const money = new MoneyApi();
const day = id('bld');
let account: Id<'cus'>;

beforeAll(() => money.start());
beforeAll(async () => {
  const charge = await money.charge(0);
  account = charge.custodyAccountId;
  await money.bed.call('POST', '/test/pay', { orderNo: charge.number });
  await money.api.app.get(CheckCharge, { strict: false }).execute(charge.id);
  await money.bed.faults({ match: { operation: 'bill' }, fault: 'bill-unknown-line', balanceFen: '99' });
  const date = now().toISOString().slice(0, 10);
  await money.api.testDatabase.database.change(
    `INSERT INTO bill_day (id, gateway, merchant_ref, bill_date, starts_at, ends_at, state, next_try_at)
     VALUES (?, ?, ?, ?, ?, ?, 'due', UTC_TIMESTAMP(3))`,
    [day, 'sandbox', 'committee-1', date, `${date} 00:00:00`, `${date} 23:59:59.999`],
  );
  await money.api.app.get(ReconcileDay, { strict: false }).execute(day);
});
afterAll(() => money.stop());

const auditor = (): Who => money.person('auditor');
const approver = (): Who => money.person('fund_approver');
const stranger = (role: 'auditor' | 'fund_approver'): Who =>
  money.person(role, { roles: [{ role, communityId: id('com') }] });
const first = async (state = 'open') => {
  const { body } = await money.as(auditor(), 'get', `/differences?state=${state}`);
  return body.items[0] as { id: string; version: number };
};
const explanation = (over: object = {}) => ({
  ...{ resolution: 'cash', reason: 'paid to the wrong shop', evidence: 'letter of the payer, in folder 3' },
  ...over,
});
const act = (who: Who, differenceId: string, what: string, key: string): Test => {
  const request = money.as(who, 'post', `/differences/${differenceId}/${what}`);
  return key === '' ? request : request.set('idempotency-key', key);
};
const explain = (who: Who, differenceId: string, over: object = {}, key: string = id('opr')): Test =>
  act(who, differenceId, 'explain', key).send(explanation(over));
const confirm = (who: Who, differenceId: string, version: unknown, key: string = id('opr')): Test =>
  act(who, differenceId, 'confirm', key).send({ version });

describe('reading', () => {
  it('shows bill and books of each day side by side', async () => {
    const { body, status } = await money.as(
      auditor(),
      'get',
      `/custody-accounts/${account}/reconciliation?limit=1`,
    );
    expect([status, body.next]).toEqual([200, null]);
    expect(body.items).toEqual([
      expect.objectContaining({
        ...{ id: day, gateway: 'sandbox', merchantRef: 'committee-1', state: 'matched', openDifferences: 1 },
        bill: { payments: '10099', refunds: '0', fees: '0', feeCorrections: '0', lines: 2 },
        books: { payments: '10000', refunds: '0' },
      }),
    ]);
  });

  it('pages through the lines of a day with what was found about each', async () => {
    const path = `/bill-days/${day}?limit=1`;
    const one = await money.as(auditor(), 'get', path);
    expect(one.body).toMatchObject({ id: day, items: [{ lineNo: 1, verdict: 'matched', amount: '10000' }] });
    const two = await money.as(auditor(), 'get', `${path}&cursor=${one.body.next}`);
    expect(two.body).toMatchObject({
      next: null,
      items: [{ lineNo: 2, verdict: 'missing_local', amount: '99' }],
    });
    const wrong = await money.as(auditor(), 'get', `${path}&cursor=abc`);
    expect([wrong.status, wrong.body.code]).toEqual([422, 'cursor_invalid']);
  });

  it('lists differences by state', async () => {
    expect(await first()).toMatchObject({
      ...{
        kind: 'missing_local',
        state: 'open',
        billed: '99',
        booked: null,
        inSuspense: '99',
        explanation: null,
      },
      custodyAccountId: expect.stringMatching(/^cus_/),
    });
    expect(await first('explained')).toBeUndefined();
  });

  it.each<[string, number, string, () => Test]>([
    [
      'days by nobody',
      401,
      'sign_in_required',
      () => money.nobody('get', `/custody-accounts/${account}/reconciliation`),
    ],
    [
      'days by staff',
      403,
      'forbidden',
      () => money.as(money.person('community_staff'), 'get', `/custody-accounts/${account}/reconciliation`),
    ],
    [
      'days of elsewhere',
      404,
      'custody_account_not_found',
      () => money.as(stranger('auditor'), 'get', `/custody-accounts/${account}/reconciliation`),
    ],
    [
      'days of no account',
      404,
      'custody_account_not_found',
      () => money.as(auditor(), 'get', `/custody-accounts/${id('cus')}/reconciliation`),
    ],
    [
      'a day of elsewhere',
      404,
      'bill_day_not_found',
      () => money.as(stranger('auditor'), 'get', `/bill-days/${day}`),
    ],
    [
      'a day that is none',
      404,
      'bill_day_not_found',
      () => money.as(auditor(), 'get', `/bill-days/${id('bld')}`),
    ],
    [
      'differences in no state',
      422,
      'validation_failed',
      () => money.as(auditor(), 'get', '/differences?state=lost'),
    ],
  ])('%s: %i', async (_, status, code, ask) => {
    const { body, ...answer } = await ask();
    expect([answer.status, body.code]).toEqual([status, code]);
  });

  it('shows nothing of elsewhere', async () => {
    const { body } = await money.as(stranger('auditor'), 'get', '/differences');
    expect(body).toEqual({ items: [], next: null });
  });
});

describe('closing a day without its bill', () => {
  const lost = id('bld');
  const propose = (who: Who, over: object = {}, dayId = lost): Test =>
    money
      .as(who, 'post', `/bill-days/${dayId}/without-bill`)
      .set('idempotency-key', id('opr'))
      .send({ reason: 'the gateway keeps bills for three months', ...over });
  const agree = (who: Who, version: unknown, dayId = lost): Test =>
    money
      .as(who, 'post', `/bill-days/${dayId}/without-bill/confirm`)
      .set('idempotency-key', id('opr'))
      .send({ version });

  beforeAll(async () => {
    await money.api.testDatabase.database.change(
      `INSERT INTO bill_day (id, gateway, merchant_ref, bill_date, starts_at, ends_at, state)
       VALUES (?, 'sandbox', 'committee-1', '2026-01-05', '2026-01-05', '2026-01-06', 'due')`,
      [lost],
    );
  });

  it.each<[string, number, string, () => Test]>([
    ['by an auditor', 403, 'forbidden', () => propose(auditor())],
    [
      'without a fresh second factor',
      403,
      'second_factor_required',
      () => propose(money.person('fund_approver', { secondFactorAt: null })),
    ],
    [
      'without a key',
      400,
      'idempotency_key_required',
      () => money.as(approver(), 'post', `/bill-days/${lost}/without-bill`).send({ reason: 'gone' }),
    ],
    ['without a reason', 422, 'validation_failed', () => propose(approver(), { reason: '' })],
    ['from elsewhere', 404, 'bill_day_not_found', () => propose(stranger('fund_approver'))],
    ['of no day', 404, 'bill_day_not_found', () => propose(approver(), {}, id('bld'))],
    ['of a day with a bill', 409, 'bill_day_not_overdue', () => propose(approver(), {}, day)],
    ['confirmed before it was proposed', 409, 'bill_day_not_proposed', () => agree(approver(), 0)],
    ['confirmed without a version', 422, 'validation_failed', () => agree(approver(), '1')],
  ])('%s: %i', async (_, status, code, ask) => {
    const { body, ...answer } = await ask();
    expect([answer.status, body.code]).toEqual([status, code]);
  });

  it('takes two approvers, and is shown as such', async () => {
    const [one, two] = [approver(), approver()];
    const proposed = await propose(one);
    expect([proposed.status, proposed.body]).toEqual([200, { id: lost, state: 'due', version: 1 }]);
    expect((await agree(one, 1)).body.code).toBe('same_person');
    expect((await agree(two, 0)).body.code).toBe('bill_day_changed');
    expect((await agree(two, 1)).body).toEqual({ id: lost, state: 'without_bill', version: 2 });
    const { body } = await money.as(auditor(), 'get', `/bill-days/${lost}`);
    expect(body).toMatchObject({
      state: 'without_bill',
      withoutBill: {
        ...{ reason: 'the gateway keeps bills for three months' },
        ...{ proposedBy: one.personId, confirmedBy: two.personId },
      },
    });
  });
});

describe('explaining', () => {
  it.each<[string, number, string, (differenceId: string) => Test]>([
    ['by an auditor', 403, 'forbidden', (one) => explain(auditor(), one)],
    [
      'without a fresh second factor',
      403,
      'second_factor_required',
      (one) => explain(money.person('fund_approver', { secondFactorAt: null }), one),
    ],
    ['from elsewhere', 404, 'difference_not_found', (one) => explain(stranger('fund_approver'), one)],
    ['of nothing', 404, 'difference_not_found', () => explain(approver(), id('dif'))],
    ['without evidence', 422, 'validation_failed', (one) => explain(approver(), one, { evidence: '' })],
    [
      'by an unknown way',
      422,
      'validation_failed',
      (one) => explain(approver(), one, { resolution: 'forget' }),
    ],
    [
      'that does not fit the money',
      422,
      'difference_invalid',
      (one) => explain(approver(), one, { resolution: 'noted' }),
    ],
    [
      'to payers of no campaign',
      422,
      'difference_invalid',
      (one) => explain(approver(), one, { resolution: 'excess' }),
    ],
    ['confirmed before it was made', 409, 'difference_not_open', (one) => confirm(approver(), one, 0)],
    ['confirmed without a version', 422, 'validation_failed', (one) => confirm(approver(), one, '1')],
    ['without a key', 400, 'idempotency_key_required', (one) => explain(approver(), one, {}, '')],
    ['confirmed without a key', 400, 'idempotency_key_required', (one) => confirm(approver(), one, 0, '')],
    [
      'confirmed from elsewhere',
      404,
      'difference_not_found',
      (one) => confirm(stranger('fund_approver'), one, 0),
    ],
  ])('%s: %i', async (_, status, code, ask) => {
    const { body, ...answer } = await ask((await first()).id);
    expect([answer.status, body.code]).toEqual([status, code]);
  });

  it('takes two approvers who read the same words, and the day closes', async () => {
    const { id: difference } = await first();
    const [one, two] = [approver(), approver()];
    const explained = await explain(one, difference);
    expect([explained.status, explained.body.state]).toEqual([200, 'proposed']);
    expect(await first('proposed')).toMatchObject({ id: difference, explainedBy: one.personId });
    const { version } = explained.body;
    expect((await confirm(one, difference, version)).body.code).toBe('same_person');
    expect((await confirm(two, difference, version + 1)).body.code).toBe('difference_changed');
    const key = id('opr');
    expect((await confirm(two, difference, version, key)).status).toBe(204);
    expect((await confirm(two, difference, version, key)).status).toBe(204);
    expect((await confirm(two, difference, version + 1, key)).body.code).toBe('idempotency_key_reused');
    expect(await first('explained')).toMatchObject({ id: difference, confirmedBy: two.personId });
    await money.api.app.get(ReconcileDay, { strict: false }).execute(day);
    const { body } = await money.as(auditor(), 'get', `/bill-days/${day}`);
    expect(body).toMatchObject({ state: 'explained', openDifferences: 0 });
  });
});
