import { describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import { ReadReconciliation } from '@hehuo/payment';
import { approver, billWorld } from './bill-world.js';

const world = billWorld();

describe('a bill that changes', () => {
  const fee = (perMille: number) =>
    world.faults({ match: { operation: 'bill' }, fault: 'bill-fee', count: perMille });
  const lines = async (dayId: Id<'bld'>) =>
    (await world.get(ReadReconciliation).linesOf(approver(), dayId, 0, 100)).map(
      (line) => `${line.verdict} ${line.feeBefore ?? '-'} ${line.fee}`,
    );

  it('in its fees alone is booked anew, up and down, and keeps nobody from being paid', async () => {
    const { accountId, merchantRef } = await world.merchant();
    await world.paid(accountId);
    const dayId = await world.billDay(merchantRef);
    const corrected = ['matched - 30'];
    await fee(6);
    expect(await world.reconcile(dayId)).toBe('explained');
    for (const [perMille, told] of [
      [8, 'fee_corrected 30 40'],
      [2, 'fee_corrected 40 10'],
      [6, 'fee_corrected 10 30'],
      [0, 'fee_corrected 30 0'],
    ] as const) {
      await (perMille === 0 ? world.faults() : fee(perMille));
      corrected.push(told);
      for (const anew of [true, false, true]) expect(await world.reconcile(dayId, anew)).toBe('explained');
      expect(await lines(dayId)).toEqual(corrected);
      const feeNow = BigInt(told.split(' ')[2]!);
      expect(await world.purse(accountId)).toEqual({
        gateway_clearing: String(feeNow - 5_000n),
        ...(feeNow === 0n ? {} : { gateway_fee: String(-feeNow) }),
      });
      const { sums } = await world.get(ReadReconciliation).day(approver(), dayId);
      expect(sums.bill).toMatchObject({
        payments: 5_000n,
        fees: 30n,
        feeCorrections: feeNow - 30n,
        lines: 1,
      });
      expect(await world.breaches()).toEqual([]);
    }
    expect(await world.differences(accountId)).toEqual([]);
    expect(await world.block(accountId)).toBeNull();
  });

  it('corrects a fee by the bill of a later day once, however many match it at once; an earlier day’s bill contradicts', async () => {
    const { accountId, merchantRef } = await world.merchant();
    await world.paid(accountId);
    const days = [await world.billDay(merchantRef, 0), await world.billDay(merchantRef, 1, 0)];
    await fee(6);
    expect(await world.reconcile(days[0]!)).toBe('explained');
    // The sandbox tells a movement on the bill of its own day alone; gateways do tell it again on another one.
    await world.tellAgain(days[0]!, days[1]!, 40n);
    await Promise.all(Array.from({ length: 4 }, () => world.reconcile(days[1]!)));
    expect(await lines(days[1]!)).toEqual(['fee_corrected 30 40']);
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-4960', gateway_fee: '-40' });
    const forge = (more: number) =>
      world.database.change(
        "UPDATE bill_line SET fee = fee + ? WHERE bill_day_id = ? AND verdict = 'fee_corrected'",
        [more, days[1]!],
      );
    await forge(1);
    const breaches = await world.breaches();
    expect(JSON.stringify(breaches)).toContain('payment.fees-as-last-told');
    await forge(-1);
    const before = await world.billDay(merchantRef, -1, 0);
    await world.tellAgain(days[0]!, before, 50n);
    expect(await world.reconcile(before)).toBe('matched');
    expect(await lines(before)).toEqual(['contradicted - 50']);
    expect(await world.block(accountId)).toBe('open_difference');
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-4960', gateway_fee: '-40' });
  });

  it.each([1, 2, 3, 4])('keeps the fee of the newest day when two days correct it at once (%i)', async () => {
    const { accountId, merchantRef } = await world.merchant();
    await world.paid(accountId);
    const told = await world.billDay(merchantRef, 0);
    await fee(6);
    expect(await world.reconcile(told)).toBe('explained');
    const [next, last] = [await world.billDay(merchantRef, 1, 0), await world.billDay(merchantRef, 2, 0)];
    await world.tellAgain(told, next, 40n);
    await world.tellAgain(told, last, 50n);
    await Promise.all([
      world.reconcile(next),
      world.reconcile(last),
      world.reconcile(next),
      world.reconcile(last),
    ]);
    const [isFirst, corrected] = [await lines(next), await lines(last)];
    expect([isFirst, corrected]).toEqual(
      isFirst[0] === 'contradicted - 40'
        ? [['contradicted - 40'], ['fee_corrected 30 50']]
        : [['fee_corrected 30 40'], ['fee_corrected 40 50']],
    );
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-4950', gateway_fee: '-50' });
  });

  it('in a sum as well as a fee is explained by two persons, and books no fee', async () => {
    const { accountId, merchantRef } = await world.merchant();
    await world.paid(accountId);
    const dayId = await world.billDay(merchantRef);
    await fee(6);
    expect(await world.reconcile(dayId)).toBe('explained');
    await world.faults(
      { match: { operation: 'bill' }, fault: 'bill-fee', count: 8 },
      { match: { operation: 'bill' }, fault: 'bill-wrong-sum' },
    );
    expect(await world.reconcile(dayId, true)).toBe('matched');
    expect((await world.differences(accountId)).map(({ kind }) => kind).sort()).toEqual([
      ...['changed', 'contradicted'],
    ]);
    expect(await world.purse(accountId)).toEqual({ gateway_clearing: '-4970', gateway_fee: '-30' });
    expect(await world.block(accountId)).toBe('open_difference');
  });
});
