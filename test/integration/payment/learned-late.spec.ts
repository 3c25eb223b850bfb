import { describe, expect, it } from '@jest/globals';
import {
  LearnChargeOutcome,
  LearnRefundOutcome,
  ListRefunds,
  ReadReconciliation,
  RequestRefund,
  type BillDayState,
  type Charge,
} from '@hehuo/payment';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { approver, billWorld } from './bill-world.js';
import { id, officer } from './world.js';

const world = billWorld();

const noon = (offset: number): Date => new Date(`${world.day(offset)}T12:00:00.000Z`);
const learn = ({ id: chargeId, amount }: Charge, paidAt: Date): Promise<void> =>
  world.get(LearnChargeOutcome).execute({
    ...{ chargeId, fence: null },
    finding: { kind: 'paid', amount, paidAt, transactionNo: `T-${chargeId}` },
  });
const stateOf = async (dayId: Id<'bld'>): Promise<BillDayState> =>
  (await world.get(ReadReconciliation).day(approver(), dayId)).day.state;

describe('a charge that is learned of after its day was closed', () => {
  it('opens the day again with a difference, and blocks payouts until two persons explained it', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const charge = await world.placed(accountId, 7_000n);
    const [dayId, next] = [await world.billDay(merchantRef, -2), await world.billDay(merchantRef, -1)];
    expect([await world.reconcile(next), await world.reconcile(dayId)]).toEqual(['explained', 'explained']);
    expect(await world.block(accountId)).toBeNull();
    await Promise.all([learn(charge, noon(-2)), learn(charge, noon(-2))]);
    expect([await stateOf(dayId), await stateOf(next)]).toEqual(['matched', 'explained']);
    const differences = await world.differences(accountId);
    expect(differences).toMatchObject([
      {
        ...{ kind: 'learned_late', billDayId: dayId, objectId: charge.id, state: 'open' },
        ...{ booked: 7_000n, billed: null, money: 0n },
      },
    ]);
    expect(await world.block(accountId)).toBe('open_difference');
    expect(await world.reconcile(dayId)).toBe('matched');
    expect(await world.differences(accountId)).toHaveLength(1);
    await world.explain(differences[0]!, {});
    expect(await world.reconcile(dayId)).toBe('explained');
    expect(await world.block(accountId)).toBeNull();
  });

  it('raises nothing where its day is not closed or not over', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const [first, second] = [await world.placed(accountId), await world.placed(accountId)];
    await world.billDay(merchantRef, -1);
    await learn(first, noon(-1));
    await learn(second, noon(0));
    expect(await world.differences(accountId)).toEqual([]);
  });

  it('leaves a day without a bill as it is, and blocks all the same', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const charge = await world.placed(accountId);
    const dayId = await world.billDay(merchantRef, -5);
    await world.database.change(
      `UPDATE bill_day SET state = 'without_bill', closed_at = UTC_TIMESTAMP(3), next_try_at = NULL,
         forgone_reason = 'not kept any more', forgone_by = ?, forgone_confirmed_by = ? WHERE id = ?`,
      [id('per'), id('per'), dayId],
    );
    await learn(charge, noon(-5));
    expect(await stateOf(dayId)).toBe('without_bill');
    const [difference] = await world.differences(accountId);
    expect([difference?.kind, await world.block(accountId)]).toEqual(['learned_late', 'open_difference']);
    await world.explain(difference!, {});
    expect(await world.block(accountId)).toBeNull();
  });
});

describe('a refund that is learned of after its day was closed', () => {
  it('is a difference of that day, too', async () => {
    const { accountId, merchantRef } = await world.merchant();
    const charge = await world.placed(accountId, 900n);
    await learn(charge, noon(0));
    await world.get(UnitOfWork).run((tx) =>
      world.get(RequestRefund).execute(tx, {
        ...{ chargeId: charge.id, amount: 900n, fact: `test:${charge.id}`, reason: 'campaign-failed' },
      }),
    );
    const refunds = await world.get(ListRefunds).execute({
      ...{ actor: officer('auditor'), after: null, limit: 100, states: ['due'] },
    });
    const refundId = refunds.find(({ chargeId }) => chargeId === charge.id)!.id;
    const dayId = await world.billDay(merchantRef, -2);
    await world.reconcile(await world.billDay(merchantRef, -1));
    expect(await world.reconcile(dayId)).toBe('explained');
    const finding = { kind: 'done', amount: 900n, doneAt: noon(-2), transactionNo: 'R1' } as const;
    await world.get(LearnRefundOutcome).execute({ refundId, finding, fence: null });
    expect(await world.differences(accountId)).toMatchObject([
      { kind: 'learned_late', booked: -900n, objectId: refundId, billDayId: dayId },
    ]);
    expect(await stateOf(dayId)).toBe('matched');
  });
});
