import { describe, expect, it } from '@jest/globals';
import {
  ConfirmDifference,
  DueBillDays,
  ExplainDifference,
  ForgetBills,
  LearnChargeOutcome,
  OpenBillDays,
  ReadReconciliation,
  ReadReconciliationState,
  type Explanation,
} from '@hehuo/payment';
import { unknownNumber } from '../../../apps/sandbox/src/gateway/bills.js';
import { act } from './act.js';
import { approver, billWorld } from './bill-world.js';
import { id, officer } from './world.js';

const world = billWorld();

const spoil = (fault: string, over: object = {}, match: object = {}) =>
  world.faults({ match: { operation: 'bill', ...match }, fault, ...over });

describe('money that no bill has', () => {
  it('may be on the next day’s bill; if not, it is a difference, which a later bill heals', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const charge = await world.paid(accountId);
    const ours = await world.billDay(merchantRef, -1, 0);
    expect(await world.reconcile(ours)).toBe('matched');
    expect(await world.differences(accountId)).toEqual([]);
    const next = await world.billDay(merchantRef, 0, 1);
    await spoil('bill-missing-line');
    expect(await world.reconcile(next)).toBe('explained');
    expect(await world.get(DueBillDays).execute(100)).toContain(ours);
    expect(await world.reconcile(ours)).toBe('matched');
    expect(await world.differences(accountId)).toMatchObject([
      { kind: 'missing_remote', objectId: charge.id, booked: 5_000n, billed: null, money: 0n, state: 'open' },
    ]);
    expect(await world.block(accountId)).toBe('open_difference');
    await world.faults();
    expect(await world.reconcile(next, true)).toBe('matched');
    const [missing, changed] = await world.differences(accountId);
    expect([missing?.state, changed?.kind, changed?.detail]).toEqual([
      ...['healed', 'changed', '1 lines came, 0 went'],
    ]);
    expect(await world.reconcile(ours)).toBe('explained');
    await world.explain(changed!, {});
    expect(await world.reconcile(next)).toBe('explained');
  });
});

describe('a bill that says paid while the gateway itself says it has no such order', () => {
  it('waits for a day, then its money is in suspense, and comes out when the gateway tells of it', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const charge = await world.placed(accountId, 12_345n);
    await world.database.change('UPDATE charge SET number = ? WHERE id = ?', [unknownNumber, charge.id]);
    await spoil('bill-unknown-line');
    const dayId = await world.billDay(merchantRef, -1, -1);
    expect(await world.reconcile(dayId)).toBe('matched');
    expect([await world.verdicts(dayId), await world.purse(accountId)]).toEqual([['status'], {}]);
    await world.faults();
    await world.reconcile(await world.billDay(merchantRef, 0));
    expect(await world.reconcile(dayId)).toBe('matched');
    expect(await world.differences(accountId)).toMatchObject([
      { kind: 'status', money: 12_345n, state: 'open' },
    ]);
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-12345', suspense: '12345' });
    await world.reconcile(dayId);
    const finding = {
      kind: 'paid',
      amount: 12_345n,
      paidAt: new Date(charge.createdAt),
      transactionNo: 'T1',
    } as const;
    await world.get(LearnChargeOutcome).execute({ chargeId: charge.id, finding, fence: null });
    expect(await world.reconcile(dayId)).toBe('explained');
    expect([await world.verdicts(dayId), await world.purse(accountId)]).toEqual([
      ...[['matched'], { gateway_clearing: '-12345' }],
    ]);
    // Our books have it today, a day that was closed: that is a difference until the line of the other day is matched.
    const differences = await world.differences(accountId);
    expect(differences.map(({ kind, state }) => [kind, state])).toEqual([
      ...[
        ['status', 'healed'],
        ['learned_late', 'healed'],
      ],
    ]);
  });
});

describe('a bill that changes', () => {
  it('keeps both editions, books nothing twice and opens its day again', async () => {
    const { accountId, merchantRef } = await world.merchant();
    await world.paid(accountId);
    const dayId = await world.billDay(merchantRef);
    await spoil('bill-changed');
    expect(await world.reconcile(dayId)).toBe('explained');
    expect(await world.reconcile(dayId, true)).toBe('matched');
    expect(await world.reconcile(dayId, true)).toBe('matched');
    const files = await world.database.rows('SELECT edition, sealed FROM bill_file WHERE bill_day_id = ?', [
      dayId,
    ]);
    expect(files).toHaveLength(2);
    expect(JSON.stringify(files)).not.toContain('payment');
    expect(await world.verdicts(dayId)).toEqual(['matched', 'contradicted']);
    const differences = await world.differences(accountId);
    expect(differences.map(({ kind, money }) => [kind, money]).sort()).toEqual([
      ...[
        ['changed', 0n],
        ['contradicted', 0n],
      ],
    ]);
    for (const difference of differences) await world.explain(difference, {});
    expect(await world.reconcile(dayId)).toBe('explained');
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-5000' });
    await world.database.change(
      'UPDATE bill_file SET created_at = created_at - INTERVAL 91 DAY WHERE bill_day_id = ?',
      [dayId],
    );
    expect(await world.get(ForgetBills).execute(100)).toBe(2);
  });
});

describe('a wrong sum', () => {
  const explanation: Explanation = {
    ...{ resolution: 'gateway', campaignId: null, openItem: null },
    ...{ reason: 'the bill was wrong', evidence: 'corrected bill, page 2' },
  };
  it('is explained by one, confirmed by another, who read the same words', async () => {
    const { accountId, merchantRef } = await world.merchant();
    await world.paid(accountId);
    await spoil('bill-wrong-sum');
    const dayId = await world.billDay(merchantRef);
    expect(await world.reconcile(dayId)).toBe('matched');
    const [difference] = await world.differences(accountId);
    expect(difference).toMatchObject({ kind: 'amount', billed: 5_001n, booked: 5_000n, money: 1n });
    const differenceId = difference!.id;
    const [one, two] = [approver(), approver()];
    const explain = (actor = one, over: Partial<Explanation> = {}) =>
      world.get(ExplainDifference).execute({
        ...{ ...act(actor), differenceId, explanation: { ...explanation, ...over } },
      });
    const confirm = (actor: typeof one, version: number) =>
      world.confirmDifference(differenceId, version, actor);
    await expect(confirm(two, 0)).rejects.toMatchObject({ code: 'difference_not_open' });
    await expect(explain(officer('auditor'))).rejects.toMatchObject({ code: 'difference_not_found' });
    await expect(explain(officer('fund_approver', id('com')))).rejects.toMatchObject({
      code: 'difference_not_found',
    });
    await expect(explain(one, { resolution: 'noted' })).rejects.toMatchObject({ code: 'difference_invalid' });
    const { version } = await explain();
    await expect(confirm(one, version)).rejects.toMatchObject({ code: 'same_person' });
    await explain(one, { reason: 'other words' });
    await expect(confirm(two, version)).rejects.toMatchObject({ code: 'difference_changed' });
    const last = { ...act(two), differenceId, version: version + 1 };
    const answer = await world.get(ConfirmDifference).execute(last);
    expect(answer).toEqual({ id: differenceId, state: 'explained', version: version + 2 });
    // Sent again it is the same act; the key with other content is a mistake, and another key another act.
    expect(await world.get(ConfirmDifference).execute(last)).toEqual(answer);
    await expect(
      world.get(ConfirmDifference).execute({ ...last, fingerprint: Buffer.alloc(32, 9) }),
    ).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    await expect(confirm(approver(), version + 1)).rejects.toMatchObject({ code: 'difference_not_open' });
    await expect(explain()).rejects.toMatchObject({ code: 'difference_not_open' });
    expect(await world.reconcile(dayId)).toBe('explained');
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-5000' });
    const log = await world.database.rows<{ event: string }>(
      'SELECT event FROM state_log WHERE object_id = ? ORDER BY id',
      [differenceId],
    );
    expect(log.map(({ event }) => event)).toEqual(['raise', 'propose', 'propose', 'confirm']);
  });

  it('may be carried under a name: money that came blocks nothing, money that is missing does', async () => {
    const { accountId, merchantRef } = await world.merchant();
    await world.paid(accountId);
    await spoil('bill-wrong-sum');
    const dayId = await world.billDay(merchantRef);
    await world.reconcile(dayId);
    const [difference] = await world.differences(accountId);
    await world.explain(difference!, { resolution: 'carried', openItem: 'one fen too many' });
    expect(await world.reconcile(dayId)).toBe('explained');
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-5001', suspense: '1' });
    expect(await world.block(accountId)).toBeNull();
    await world.database.change('UPDATE bill_difference SET money = -money WHERE id = ?', [difference!.id]);
    expect(await world.block(accountId)).toBe('suspense_not_zero');
    expect((await world.breaches()).map(({ invariant }) => invariant)).toEqual([
      ...['payment.suspense-explained', 'payment.bill-transfers'],
    ]);
    await world.database.change('UPDATE bill_difference SET money = -money WHERE id = ?', [difference!.id]);
    const [carried] = await world.differences(accountId);
    await world.explain(carried!, { resolution: 'fee' });
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-5001', gateway_fee: '1' });
  });
});

describe('days', () => {
  it('are opened since the first charge, once, and those without business close by themselves', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const charge = await world.placed(accountId);
    await world.database.change('UPDATE charge SET created_at = created_at - INTERVAL 3 DAY WHERE id = ?', [
      charge.id,
    ]);
    const opened = await Promise.all([world.get(OpenBillDays).execute(), world.get(OpenBillDays).execute()]);
    expect(Math.max(...opened)).toBeGreaterThanOrEqual(3);
    expect(await world.get(OpenBillDays).execute()).toBe(0);
    const days = await world.get(ReadReconciliation).ofAccount(approver(), accountId, null, 100);
    expect(days.map(({ day }) => day.day)).toEqual([-1, -2, -3].map((offset) => world.day(offset)));
    expect(await world.get(DueBillDays).execute(100)).toEqual(
      expect.arrayContaining(days.map(({ day }) => day.id)),
    );
    for (const { day } of days) expect(await world.reconcile(day.id)).toBe('explained');
    expect(merchantRef).toBe(days[0]?.day.merchantRef);
  });

  it('that stay open too long block payouts, opened or not', async () => {
    const { accountId, merchantRef } = await world.merchant();
    expect(await world.block(accountId)).toBeNull();
    const charge = await world.placed(accountId);
    const before = (await world.get(ReadReconciliationState).execute()).billDaysOverdue;
    const dayId = await world.billDay(merchantRef, -5);
    expect(await world.block(accountId)).toBe('bill_overdue');
    expect((await world.get(ReadReconciliationState).execute()).billDaysOverdue).toBe(before + 1);
    await world.reconcile(dayId);
    expect(await world.block(accountId)).toBeNull();
    await world.database.change('UPDATE charge SET created_at = created_at - INTERVAL 9 DAY WHERE id = ?', [
      charge.id,
    ]);
    expect(await world.block(accountId)).toBe('bill_overdue');
  });

  it('of a merchant that two accounts share: each line belongs to the account of its charge', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const second = await world.custody(merchantRef);
    await world.paid(accountId, 100n);
    await world.paid(second, 200n);
    await spoil('bill-unknown-line', { balanceFen: '7' });
    const dayId = await world.billDay(merchantRef);
    await world.reconcile(dayId);
    expect(await world.purse(second)).toEqual({ gateway_clearing: '-200' });
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-107', suspense: '7' });
    expect([await world.block(accountId), await world.block(second)]).toEqual(['open_difference', null]);
    const elsewhere = officer('auditor', id('com'));
    await expect(world.get(ReadReconciliation).day(elsewhere, dayId)).rejects.toMatchObject({
      code: 'bill_day_not_found',
    });
    await expect(
      world.get(ReadReconciliation).ofAccount(elsewhere, accountId, null, 1),
    ).rejects.toMatchObject({
      code: 'custody_account_not_found',
    });
    const { sums } = await world.get(ReadReconciliation).day(officer('auditor', world.communityId), dayId);
    expect(sums).toMatchObject({
      bill: { payments: 307n, lines: 3 },
      books: { payments: 300n },
      openDifferences: 1,
    });
  });
});
