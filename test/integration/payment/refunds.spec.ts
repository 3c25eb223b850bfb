import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '@hehuo/kernel';
import {
  ConfirmHandRefund,
  EnterHandRefund,
  ListRefunds,
  ReadBacklog,
  ReadCharge,
  RedriveRefund,
  RequestRefund,
  SendRefund,
  type Charge,
  type Refund,
} from '@hehuo/payment';
import { id, officer, World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await new World().start();
});
afterAll(() => world.stop());
afterEach(async () => {
  await world.faults();
  expect(await world.breaches()).toEqual([]);
});

const view = (charge: Charge) => world.get(ReadCharge).execute(charge.payerId, charge.id);
const returned = async (charge: Charge) => (await view(charge)).status === 'returned';

async function paidCharge(amount = 10_000n): Promise<Charge> {
  const charge = await world.charge(await world.pledge(amount));
  await world.pay(charge);
  await world.until('it is booked', async () => (await view(charge)).status === 'paid');
  return charge;
}

const request = (charge: Charge, amount = charge.amount, fact = `pledge:${charge.pledgeId}:failed`) =>
  world
    .get(UnitOfWork)
    .run((tx) =>
      world.get(RequestRefund).execute(tx, { chargeId: charge.id, amount, fact, reason: 'campaign-failed' }),
    );

async function refundOf(charge: Charge): Promise<Refund> {
  const all = await world.get(ListRefunds).execute({
    ...{ actor: officer('auditor'), after: null, limit: 100, campaignId: charge.campaignId },
    states: ['due', 'sent', 'processing', 'unknown', 'waiting_funds', 'done', 'needs_human'],
  });
  return all.find(({ chargeId }) => chargeId === charge.id)!;
}

const books = async (charge: Charge) =>
  (await world.sandbox('GET', `/orders/${charge.number}`)).body['refundedFen'];

describe('a refund', () => {
  it('leaves escrow in the transaction that asks for it, and reaches the payer once', async () => {
    const charge = await paidCharge(5_000n);
    const escrow = await world.balance('escrow', world.campaignId);
    await request(charge);
    await request(charge);
    expect((await world.balance('escrow', world.campaignId)) - escrow).toBe(-5_000n);
    expect(await world.balance('refund_in_transit', world.custodyAccountId)).toBe(5_000n);
    expect((await view(charge)).status).toBe('returning');
    await world.until('it is back', () => returned(charge));
    expect(await world.balance('refund_in_transit', world.custodyAccountId)).toBe(0n);
    expect(await books(charge)).toBe('5000');
  });

  it('may be partial, never more than the charge, and one fact is one refund', async () => {
    const charge = await paidCharge(5_000n);
    await request(charge, 2_000n, 'part-one');
    await expect(request(charge, 3_001n, 'part-two')).rejects.toMatchObject({
      code: 'refund_exceeds_charge',
    });
    await expect(request(charge, 1_999n, 'part-one')).rejects.toMatchObject({ code: 'refund_fact_reused' });
    const rest = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) => request(charge, 1_000n, `part-${n}-of-six`)),
    );
    expect(rest.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await world.until('it is back', () => returned(charge));
    expect(await books(charge)).toBe('5000');
  });

  it.each([
    'apply-then-timeout',
    'error-500-after-apply',
    'garbage-after-apply',
    'bad-response-signature-after-apply',
    'rate-limited',
    'callback-before-response',
    'timeout-then-apply-later',
  ])('%s: asked about before it is sent again, paid back once', async (fault) => {
    const charge = await paidCharge();
    await world.faults({ match: { operation: 'refund' }, fault, times: 1, delayMs: 1_100, laterMs: 200 });
    await request(charge);
    await world.sweep();
    await world.pass(30);
    await world.until('it is back', async () => {
      await world.pass(30);
      return returned(charge);
    });
    expect(await books(charge)).toBe('10000');
  });

  it('that the gateway does not show for a while is not sent under another number', async () => {
    const charge = await paidCharge();
    await world.faults(
      { match: { operation: 'query-refund' }, fault: 'not-found-for', delayMs: 60_000 },
      { match: { operation: 'callback' }, fault: 'drop-callback' },
    );
    await request(charge);
    for (let round = 0; round < 4; round += 1) {
      await world.sweep();
      await world.pass(120);
    }
    expect((await refundOf(charge)).state).toBe('processing');
    await world.faults();
    await world.pass(4_000);
    await world.until('it is back', () => returned(charge));
    expect(await books(charge)).toBe('10000');
  });

  it('waits for a merchant account without money, and shows since when', async () => {
    const charge = await paidCharge();
    await world.faults({
      match: { operation: 'refund', orderNo: charge.number },
      fault: 'not-enough-balance',
    });
    await request(charge);
    await world.sweep();
    const waiting = await refundOf(charge);
    expect([waiting.state, waiting.waitingSince instanceof Date]).toEqual(['waiting_funds', true]);
    const { refunds } = await world.get(ReadBacklog).execute();
    expect(refunds).toContainEqual(
      expect.objectContaining({ state: 'waiting_funds', n: 1, amount: 10_000n }),
    );
    await world.pass(60);
    await world.sweep();
    expect((await refundOf(charge)).waitingSince?.getTime()).toBeLessThan(waiting.waitingSince!.getTime());
    await world.faults();
    await world.pass(30_000);
    await world.until('it is back', () => returned(charge));
  });

  it('that failed for good waits for a human, and a new try has a new number', async () => {
    const charge = await paidCharge();
    await world.faults({ match: { operation: 'refund' }, fault: 'refund-failed', times: 1 });
    await request(charge);
    await world.until('a human has it', async () => {
      await world.pass(20);
      return (await refundOf(charge)).state === 'needs_human';
    });
    const stuck = await refundOf(charge);
    expect(stuck).toMatchObject({ stuck: 'gateway_failed', attempt: 1 });
    const approver = officer('fund_approver');
    await expect(
      world
        .get(RedriveRefund)
        .execute({ actor: officer('auditor'), refundId: stuck.id, reason: 'account reopened' }),
    ).rejects.toMatchObject({ code: 'payment_forbidden' });
    const again = await world
      .get(RedriveRefund)
      .execute({ actor: approver, refundId: stuck.id, reason: 'account reopened' });
    expect(again).toMatchObject({ state: 'due', attempt: 2, number: `${stuck.number}-2` });
    await world.until('it is back', () => returned(charge));
    expect(await books(charge)).toBe('10000');
  });

  it('of a refused request may be paid by hand, by one person and confirmed by another', async () => {
    const charge = await paidCharge();
    await world.faults({ match: { operation: 'refund' }, fault: 'reject', times: 1 });
    await request(charge);
    await world.sweep();
    const { id: refundId } = await refundOf(charge);
    expect(await refundOf(charge)).toMatchObject({
      state: 'needs_human',
      stuck: 'refused',
      stuckDetail: 'rejected',
    });
    const approver = officer('fund_approver');
    const entry = { refundId, voucher: 'BANK-7', evidence: 'bank slip in the folder of November' };
    await world.get(EnterHandRefund).execute({ actor: approver, ...entry });
    const confirm = (actor = officer('fund_approver'), voucher = 'BANK-7') =>
      world.get(ConfirmHandRefund).execute({ actor, refundId, voucher });
    await expect(confirm(approver)).rejects.toMatchObject({ code: 'same_person' });
    await expect(confirm(undefined, 'BANK-8')).rejects.toMatchObject({ code: 'refund_not_by_hand' });
    await expect(confirm(officer('community_staff'))).rejects.toMatchObject({ code: 'payment_forbidden' });
    const second = officer('fund_approver');
    await confirm(second);
    await confirm(second);
    await expect(confirm()).rejects.toMatchObject({ code: 'refund_not_by_hand' });
    expect((await view(charge)).status).toBe('returned');
    expect(await world.balance('cash_clearing', world.custodyAccountId)).toBe(10_000n);
    expect(await books(charge)).toBe('0');
  });

  it('refused after a lost sending is never paid by hand: it may still arrive', async () => {
    const charge = await paidCharge();
    await world.faults(
      {
        match: { operation: 'refund' },
        fault: 'timeout-then-apply-later',
        times: 1,
        delayMs: 1_100,
        laterMs: 1_500,
      },
      { match: { operation: 'refund' }, fault: 'reject', times: 1 },
    );
    await request(charge);
    await world.sweep();
    await world.pass(40);
    await world.sweep();
    const refund = await refundOf(charge);
    expect(refund).toMatchObject({ state: 'needs_human', stuck: 'refused_after_doubt' });
    await expect(
      world
        .get(EnterHandRefund)
        .execute({ actor: officer('fund_approver'), refundId: refund.id, voucher: 'B', evidence: 'slip' }),
    ).rejects.toMatchObject({ code: 'refund_not_by_hand' });
    // It does arrive, and its callback takes it out of the human's queue.
    await world.until('it is back', () => returned(charge));
    expect(await books(charge)).toBe('10000');
  });

  it('sent by many at once goes out once', async () => {
    const charge = await paidCharge();
    await request(charge);
    const { id: refundId } = await refundOf(charge);
    await Promise.all(Array.from({ length: 12 }, () => world.get(SendRefund).execute(refundId)));
    await world.until('it is back', () => returned(charge));
    expect(await books(charge)).toBe('10000');
  });

  it('in a mass keeps to the pace of its merchant and ends', async () => {
    const charges: Charge[] = [];
    for (let n = 0; n < 12; n += 1) charges.push(await paidCharge(BigInt(100 + n)));
    const wishes = charges.map((charge) => ({
      ...{ chargeId: charge.id, amount: charge.amount, reason: 'campaign-failed' },
      fact: `pledge:${charge.pledgeId}:mass`,
    }));
    await world.get(UnitOfWork).run((tx) => world.get(RequestRefund).executeMany(tx, wishes));
    await world.get(UnitOfWork).run((tx) => world.get(RequestRefund).executeMany(tx, wishes));
    await world.until('all are back', async () => (await Promise.all(charges.map(returned))).every(Boolean));
  });

  it('of a stranger is nobody’s business', async () => {
    const list = (role: string) =>
      world
        .get(ListRefunds)
        .execute({ actor: officer(role, id('com')), states: ['done'], after: null, limit: 10 });
    await expect(list('community_staff')).rejects.toMatchObject({ code: 'payment_forbidden' });
    expect(await list('auditor')).toEqual([]);
  });
});

describe('in the end', () => {
  it('the gateway’s books and ours say the same', async () => {
    const { theirs, ours, inTransit } = await world.audit();
    expect([ours, inTransit]).toEqual([theirs, '0']);
  });
});
