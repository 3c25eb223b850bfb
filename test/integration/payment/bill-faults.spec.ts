import { describe, expect, it } from '@jest/globals';
import { ReconcileDay, RequestRefund } from '@hehuo/payment';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { billWorld } from './bill-world.js';

const world = billWorld();

const spoil = (fault: string, over: object = {}, match: object = {}) => ({
  ...{ match: { operation: 'bill', ...match }, fault, ...over },
});
const transfers = async (dayId: Id<'bld'>): Promise<number> => {
  const row = await world.database.row<{ n: string }>(
    'SELECT COUNT(*) AS n FROM ledger_transfer WHERE ref = ?',
    [dayId],
  );
  return Number(row?.n);
};
const waitSeconds = async (dayId: Id<'bld'>): Promise<number> => {
  const row = await world.database.row<{ s: string }>(
    'SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), next_try_at) AS s FROM bill_day WHERE id = ?',
    [dayId],
  );
  return Number(row?.s);
};

describe('a good bill', () => {
  it('is matched with payments and refunds, its fees are booked, and the day closes', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const charges = [await world.paid(accountId, 5_000n), await world.paid(accountId, 700n)];
    const wish = { chargeId: charges[1]!.id, amount: 300n, fact: `t:${charges[1]!.id}`, reason: 'test' };
    await world.get(UnitOfWork).run((tx) => world.get(RequestRefund).execute(tx, wish));
    await world.until('the refund is done', async () => {
      const row = await world.database.row<{ state: string }>(
        'SELECT state FROM refund WHERE charge_id = ?',
        [charges[1]!.id],
      );
      return row?.state === 'done';
    });
    await world.faults(spoil('bill-fee'), spoil('bill-withdrawal', { balanceFen: '1000' }));
    const dayId = await world.billDay(merchantRef);
    expect(await world.reconcile(dayId)).toBe('explained');
    expect(await world.verdicts(dayId)).toEqual(['matched', 'matched', 'matched', 'withdrawal']);
    expect(await world.purse(accountId)).toEqual({
      ...{
        gateway_clearing: String(-(5_700n - 300n - 34n - 1_000n)),
        cash_clearing: '-1000',
        gateway_fee: '-34',
      },
    });
    expect(await world.block(accountId)).toBeNull();
  });

  it('of a day without business closes at once', async () => {
    const { merchantRef } = await world.merchant();
    const dayId = await world.billDay(merchantRef, -5);
    expect(await world.reconcile(dayId)).toBe('explained');
  });
});

describe('F45: a bill that comes late, with lines twice and one of an order that nobody made', () => {
  it('is imported once, its unknown money waits in suspense, and two persons close the day', async () => {
    const { accountId, merchantRef } = await world.merchant();
    await world.paid(accountId, 5_000n);
    const dayId = await world.billDay(merchantRef);
    await world.faults(
      spoil('bill-not-ready', { times: 2 }),
      spoil('bill-duplicated'),
      spoil('bill-unknown-line', { balanceFen: '99' }),
    );
    const pauses: number[] = [];
    for (const answer of ['due', 'due'] as const) {
      await world.database.change('UPDATE bill_day SET next_try_at = UTC_TIMESTAMP(3) WHERE id = ?', [dayId]);
      expect(await world.get(ReconcileDay).execute(dayId)).toBe(answer);
      pauses.push(await waitSeconds(dayId));
    }
    expect(pauses[1]).toBeGreaterThan(pauses[0]!);
    expect(await world.get(ReconcileDay).execute(dayId)).toBeNull();
    await Promise.all(Array.from({ length: 6 }, () => world.reconcile(dayId)));
    expect(await world.reconcile(dayId)).toBe('matched');
    expect(await world.verdicts(dayId)).toEqual(['matched', 'duplicate', 'missing_local']);
    const booked = await transfers(dayId);
    expect(booked).toBe(1);
    await world.reconcile(dayId, true);
    expect([await transfers(dayId), (await world.verdicts(dayId)).length]).toEqual([booked, 3]);
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-5099', suspense: '99' });
    const [unknown, ...others] = await world.differences(accountId);
    expect(others).toEqual([]);
    expect(unknown).toMatchObject({
      ...{ kind: 'missing_local', state: 'open', money: 99n, billed: 99n, booked: null },
      detail: 'a number of ours that we do not know',
    });
    expect(await world.block(accountId)).toBe('open_difference');
    await world.explain(unknown!, { resolution: 'excess', campaignId: world.campaignId });
    expect(await world.reconcile(dayId)).toBe('explained');
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-5099' });
    expect(await world.block(accountId)).toBeNull();
  });
});

describe('a payment whose callback is lost for ever', () => {
  it('and that is paid eight hours after its order was closed is found by the bill, booked to excess and goes back', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const charge = await world.placed(accountId, 6_600n);
    await world.faults(
      { match: { operation: 'callback' }, fault: 'drop-callback' },
      { match: { operation: 'pay' }, fault: 'late-success' },
    );
    await world.expire(charge);
    await world.until('the order is closed', async () => (await world.stateOf(charge)) === 'closed');
    for (let hour = 0; hour < 8 * 6; hour += 1) {
      await world.pass(600);
      await world.sweep();
    }
    const asked = await world.database.row<{ next: Date | null }>(
      'SELECT next_check_at AS next FROM charge WHERE id = ?',
      [charge.id],
    );
    expect(asked?.next).toBeNull();
    expect((await world.pay(charge)).status).toBe(200);
    await world.pass(86_400);
    await world.sweep();
    expect(await world.stateOf(charge)).toBe('closed');

    const dayId = await world.billDay(merchantRef);
    await world.closePledgeOf(charge);
    expect(await world.reconcile(dayId)).toBe('explained');
    expect(await world.verdicts(dayId)).toEqual(['matched']);
    const row = await world.database.row<{ booked: string }>(
      'SELECT booked_as AS booked FROM charge WHERE id = ?',
      [charge.id],
    );
    expect(row?.booked).toBe('excess');
    await world.faults();
    await world.until('the money is back', async () => {
      const refund = await world.database.row<{ state: string }>(
        'SELECT state FROM refund WHERE charge_id = ?',
        [charge.id],
      );
      return refund?.state === 'done';
    });
    expect(await world.purse(accountId)).toEqual({});
  });
});
