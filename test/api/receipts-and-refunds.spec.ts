import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckCharge } from '@hehuo/payment';
import type { Test } from 'supertest';
import { id, MoneyApi, now, type Who } from '../support/money-api.js';

const money = new MoneyApi();
beforeAll(() => money.start());
afterAll(() => money.stop());

describe('money by hand', () => {
  const receipt = (over: object = {}) => ({
    ...{ pledgeId: money.pledges[0], method: 'bank_transfer', receiptNumber: 'No. 1', amount: '10000' },
    ...{ receivedAt: new Date(now().getTime() - 60_000).toISOString(), evidence: 'slip in the cash box' },
    ...over,
  });
  const enter = (who: Who, over: object = {}, key = `receipt-${id('opr')}`) =>
    money.as(who, 'post', '/receipts').set('idempotency-key', key).send(receipt(over));

  it('is entered by one, listed, and confirmed by another', async () => {
    await money.activeAccount();
    const staff = money.person('community_staff');
    const fileIds = [await money.photo(staff)];
    const body = receipt({ receiptNumber: 'No. 77', method: 'cash', fileIds });
    const key = `key-${id('opr')}`;
    const send = (content: object) =>
      money.as(staff, 'post', '/receipts').set('idempotency-key', key).send(content);
    const first = await send(body);
    expect([first.status, first.body.state]).toEqual([201, 'entered']);
    expect((await send(body)).body).toEqual(first.body);
    const other = await send({ ...body, amount: '1' });
    expect([other.status, other.body.code]).toEqual([422, 'receipt_operation_reused']);
    const path = `/communities/${money.campaign.communityId}/receipts`;
    const list = await money.as(money.person('auditor'), 'get', path);
    expect(list.body.items).toContainEqual(
      expect.objectContaining({
        id: first.body.id,
        amount: '10000',
        expected: '10000',
        enteredBy: staff.personId,
        files: [expect.objectContaining({ id: fileIds[0], type: 'image/jpeg', width: 8 })],
      }),
    );
    const payer = money.person(null, { personId: money.campaign.people[0]! });
    for (const [who, status] of [
      [payer, 200],
      [money.person('auditor'), 200],
      [money.person(null), 404],
      [money.person(null, { roles: [{ role: 'community_staff', communityId: id('com') }] }), 404],
      // Who entered it and holds the office no longer.
      [money.person(null, { personId: staff.personId }), 404],
    ] as const)
      expect((await money.as(who, 'get', `/files/${fileIds[0]}`)).status).toBe(status);
    const confirm = (who: Who) => money.as(who, 'post', `/receipts/${first.body.id}/confirm`);
    expect((await confirm(staff)).body.code).toBe('same_person');
    const second = money.person('fund_approver');
    expect((await confirm(second)).status).toBe(204);
    expect((await confirm(second)).status).toBe(204);
    expect((await confirm(money.person('fund_approver'))).body.code).toBe('state_conflict');
  });

  it.each<[string, number, string, () => Test]>([
    [
      'without a key',
      400,
      'idempotency_key_required',
      () => money.as(money.person('community_staff'), 'post', '/receipts').send({}),
    ],
    ['by an approver', 403, 'forbidden', () => enter(money.person('fund_approver'))],
    [
      'of no pledge',
      422,
      'receipt_invalid',
      () => enter(money.person('community_staff'), { pledgeId: id('plg') }),
    ],
    [
      'in cash without a photo',
      422,
      'receipt_photo_required',
      () => enter(money.person('community_staff'), { method: 'cash' }),
    ],
    [
      'with a photo of nobody',
      422,
      'file_not_usable',
      () => enter(money.person('community_staff'), { fileIds: [id('fil')] }),
    ],
    [
      'with a file under an id of another kind',
      422,
      'validation_failed',
      () => enter(money.person('community_staff'), { fileIds: [id('rct')] }),
    ],
    ['of nothing', 422, 'validation_failed', () => enter(money.person('community_staff'), { amount: '0' })],
    [
      'with a sum as a number',
      422,
      'validation_failed',
      () => enter(money.person('community_staff'), { amount: 10_000 }),
    ],
    [
      'of tomorrow',
      422,
      'receipt_invalid',
      () =>
        enter(money.person('community_staff'), {
          receivedAt: new Date(now().getTime() + 86_400_000).toISOString(),
        }),
    ],
    [
      'on a day without a zone',
      422,
      'validation_failed',
      () => enter(money.person('community_staff'), { receivedAt: '2026-11-23T10:00:00' }),
    ],
    [
      'confirmed already',
      422,
      'validation_failed',
      () => enter(money.person('community_staff'), { confirmedBy: id('per') }),
    ],
    [
      'without evidence',
      422,
      'validation_failed',
      () => enter(money.person('community_staff'), { evidence: '  ' }),
    ],
    [
      'confirmed where there is none',
      404,
      'receipt_not_found',
      () => money.as(money.person('fund_approver'), 'post', `/receipts/${id('rct')}/confirm`),
    ],
    [
      'under an id of another kind',
      404,
      'not_found',
      () => money.as(money.person('fund_approver'), 'post', `/receipts/${id('cus')}/confirm`),
    ],
  ])('%s is %i %s', async (_name, status, code, send) => {
    const { status: got, body } = await send();
    expect([got, body.code]).toEqual([status, code]);
  });

  it('is refused with a reason', async () => {
    const entered = await enter(money.person('community_staff'), { receiptNumber: 'No. 99' });
    const refused = await money
      .as(money.person('community_staff'), 'post', `/receipts/${entered.body.id}/refuse`)
      .send({
        reason: 'wrong pledge',
      });
    expect(refused.status).toBe(204);
  });
});

describe('refunds that need a human', () => {
  it('are listed for approvers and auditors, redriven by approvers, paid by hand by two', async () => {
    const approver = money.person('fund_approver');
    const stuck = await stuckRefund();
    expect(stuck).toMatchObject({
      state: 'needs_human',
      stuck: 'refused',
      mayPayByHand: true,
      amount: '10000',
    });
    const hand = (who: Who, step: string, body: object) =>
      money.as(who, 'post', `/refunds/${stuck.id}/${step}`).send(body);
    expect((await hand(money.person('auditor'), 'redrive', { reason: 'again' })).body.code).toBe('forbidden');
    expect((await hand(approver, 'redrive', {})).body.code).toBe('validation_failed');
    expect(
      (await hand(money.person('community_staff'), 'by-hand', { voucher: 'B-1', evidence: 'bank line 4' }))
        .status,
    ).toBe(204);
    expect((await hand(approver, 'by-hand/confirm', { voucher: 'B-2' })).body.code).toBe(
      'refund_not_by_hand',
    );
    expect((await hand(approver, 'by-hand/confirm', { voucher: 'B-1' })).status).toBe(204);
    expect((await hand(approver, 'redrive', { reason: 'again please' })).body.code).toBe('state_conflict');
    expect(
      (await money.as(money.person('fund_approver'), 'get', '/refunds?state=done')).body.items,
    ).toHaveLength(1);
    expect((await money.as(money.person('community_staff'), 'get', '/refunds')).body.code).toBe('forbidden');
  });
});

/** A refund that the gateway refused, as a worker would have brought it there. */
async function stuckRefund(): Promise<{ id: string } & Record<string, unknown>> {
  const sql = money.api.testDatabase.database;
  const charge = await money.charge(1);
  await money.bed.call('POST', '/test/pay', { orderNo: charge.number });
  await money.api.app.get(CheckCharge, { strict: false }).onDemand(charge.id);
  await money.giveBack(charge);
  const auditor = money.person('auditor');
  const { body } = await money.as(auditor, 'get', '/refunds?state=due');
  const due = body.items[0] as { id: string };
  await sql.change(
    "UPDATE refund SET state = 'needs_human', stuck = 'refused', next_try_at = NULL WHERE id = ?",
    [due.id],
  );
  const stuck = await money.as(auditor, 'get', `/refunds?campaignId=${money.campaign.campaignId}`);
  return stuck.body.items[0];
}
