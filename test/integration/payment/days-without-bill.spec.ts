import { describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import { CloseWithoutBill, DueBillDays, type Officer } from '@hehuo/payment';
import { approver, billWorld } from './bill-world.js';
import { id, officer } from './world.js';

const world = billWorld();

describe('days', () => {
  it('whose bill is not to be had any more are closed by two persons, and take a bill that comes after all', async () => {
    const { accountId, merchantRef } = await world.merchant();
    await world.placed(accountId);
    const [one, two] = [approver(), approver()];
    const act = (actor: Officer, dayId: Id<'bld'>) => ({
      ...{ actor, dayId, key: id('opr'), fingerprint: Buffer.alloc(32) },
    });
    const closing = world.get(CloseWithoutBill);
    const young = await world.billDay(merchantRef, -2);
    const why = { reason: 'the gateway keeps bills for three months' };
    await expect(closing.propose({ ...act(one, young), ...why })).rejects.toMatchObject({
      code: 'bill_day_not_overdue',
    });
    const before = await world.billDay(merchantRef, -6);
    expect(await world.reconcile(before)).toBe('explained');
    const dayId = await world.billDay(merchantRef, -5);
    await world.faults({ match: { operation: 'bill' }, fault: 'bill-not-ready' });
    expect(await world.reconcile(dayId)).toBe('due');
    expect(await world.block(accountId)).toBe('bill_overdue');
    await expect(closing.confirm({ ...act(two, dayId), version: 0 })).rejects.toMatchObject({
      code: 'bill_day_not_proposed',
    });
    await expect(
      closing.propose({ ...act(officer('fund_approver', id('com')), dayId), ...why }),
    ).rejects.toMatchObject({ code: 'bill_day_not_found' });
    await expect(closing.propose({ ...act(officer('auditor'), dayId), ...why })).rejects.toMatchObject({
      code: 'bill_day_not_found',
    });
    const first = await closing.propose({ ...act(one, dayId), ...why });
    const { version } = await closing.propose({ ...act(one, dayId), reason: 'lost with the archive' });
    await expect(closing.confirm({ ...act(two, dayId), version: first.version })).rejects.toMatchObject({
      code: 'bill_day_changed',
    });
    await expect(closing.confirm({ ...act(one, dayId), version })).rejects.toMatchObject({
      code: 'same_person',
    });
    expect(await world.block(accountId)).toBe('bill_overdue');
    const confirming = { ...act(two, dayId), version };
    const answer = await closing.confirm(confirming);
    expect([answer.state, await closing.confirm(confirming)]).toEqual(['without_bill', answer]);
    expect(await world.block(accountId)).toBeNull();
    expect(await world.get(DueBillDays).execute(100)).not.toContain(dayId);
    expect(await world.reconcile(dayId, true)).toBe('without_bill');
    expect(await world.get(DueBillDays).execute(100)).not.toContain(dayId);
    const log = await world.database.rows<{ event: string; reason: string | null }>(
      'SELECT event, reason FROM state_log WHERE object_id = ? ORDER BY id',
      [dayId],
    );
    expect(log).toEqual([
      { event: 'propose', reason: why.reason },
      { event: 'propose', reason: 'lost with the archive' },
      { event: 'forgo', reason: 'lost with the archive' },
    ]);
    expect(await world.breaches()).toEqual([]);
    await world.faults();
    expect(await world.reconcile(dayId, true)).toBe('explained');
  });

  it('of a merchant in two communities are closed without a bill by approvers of both', async () => {
    const { merchantRef } = await world.merchant();
    const [here, there] = [world.communityId, id('com')];
    await world.custody(merchantRef, there);
    const dayId = await world.billDay(merchantRef, -5);
    const propose = (actor: Officer) =>
      world.get(CloseWithoutBill).propose({
        ...{ actor, dayId, key: id('opr'), fingerprint: Buffer.alloc(32), reason: 'not kept any more' },
      });
    await expect(propose(officer('fund_approver', here))).rejects.toMatchObject({
      code: 'payment_forbidden',
    });
    expect(await propose(officer('fund_approver'))).toMatchObject({ state: 'due', version: 1 });
  });
});
