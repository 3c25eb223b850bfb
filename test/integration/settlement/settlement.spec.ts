import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CancelCampaign } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { CheckCharge } from '@hehuo/payment';
import { DueRuns, TakePledgeBack } from '@hehuo/settlement';
import { actorOf } from '../../support/world.js';
import { SettlementWorld } from './world.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const SIX = [
  { kind: 'skilled_work', minimum: 120n, slots: [3] },
  { kind: 'labour', minimum: 120n, slots: [3] },
  { kind: 'goods', minimum: 2n },
  { kind: 'money', minimum: 1_000n },
  { kind: 'planning', minimum: 1n },
  { kind: 'attention', minimum: 1n },
] as const;

describe('settlement', () => {
  it('brings all six kinds of a success to their ends, and the money from escrow to payable', async () => {
    const open = await world.campaign({ asks: SIX, paymentMode: 'pay_now' });
    const taken = [];
    for (const [ask] of SIX.entries())
      taken.push(await world.pledge(open, 1, ask, { quantity: ask === 3 ? 1_000n : 2n }));
    await world.pay(taken[3]!);
    expect(await world.balance('escrow', open.campaignId)).toBe(1_000n);
    expect(await world.close(open)).toBe('succeeded');
    await world.settle(open);
    expect(await world.pledgeStates(open)).toEqual({
      ...{ adopted: 1, confirmed: 2, counted: 1, handover_due: 1, paid: 1 },
    });
    expect(await world.balance('escrow', open.campaignId)).toBe(0n);
    expect(await world.balance('payable', open.campaignId)).toBe(1_000n);
    const { run, progress, asks } = await world.view(open);
    expect(run).toMatchObject({ state: 'done', items: 6, haltedReason: null });
    expect(progress).toEqual({ items: 6, done: 6, due: 0, waiting: 0, needsHuman: 0 });
    expect(asks.find(({ kind }) => kind === 'money')).toMatchObject({
      ...{ pledged: { pledges: 1, quantity: 1_000n }, collected: { pledges: 1, quantity: 1_000n } },
      ...{ dropped: { pledges: 0 }, refunded: { pledges: 0 }, open: { pledges: 0 } },
    });
  });

  it('gives every fen back after a failure and is done only when the gateway has paid', async () => {
    const open = await world.campaign({
      ...{
        asks: [
          { kind: 'money', minimum: 9_000n },
          { kind: 'labour', minimum: 0n, slots: [5] },
        ],
      },
      ...{ paymentMode: 'pay_now', people: 6 },
    });
    for (const who of [1, 2, 3])
      await world.pay(await world.pledge(open, who, 0, { quantity: 1_000n * BigInt(who) }));
    await world.pledge(open, 4, 1);
    expect(await world.close(open)).toBe('failed');
    await world.settle(open);
    expect(await world.pledgeStates(open)).toEqual({ refund_due: 3, released: 1 });
    expect(await world.view(open)).toMatchObject({
      ...{ run: { state: 'executing' }, progress: { items: 4, done: 1, waiting: 3 } },
    });
    expect(await world.balance('escrow', open.campaignId)).toBe(0n);
    expect(await world.balance('refund_in_transit', open.custodyAccountId)).toBe(6_000n);
    await world.sweepDry();
    expect(await world.pledgeStates(open)).toEqual({ refunded: 3, released: 1 });
    expect(await world.view(open)).toMatchObject({ run: { state: 'done' }, progress: { done: 4 } });
    expect(await world.balance('refund_in_transit', open.custodyAccountId)).toBe(0n);
    expect(await world.balance('gateway_clearing', open.custodyAccountId)).toBe(0n);
  });

  it('collects after success, drops who does not pay, and settles by what arrived', async () => {
    const open = await world.campaign({
      ...{ asks: [{ kind: 'money', minimum: 3_000n }], paymentMode: 'pay_on_success', people: 6 },
    });
    const pledges = [];
    for (const who of [1, 2, 3, 4]) pledges.push(await world.pledge(open, who, 0, { quantity: 1_000n }));
    await expect(world.order(pledges[0]!)).rejects.toMatchObject({
      code: 'pledge_not_payable',
      details: { why: 'not_asked_yet' },
    });
    expect(await world.close(open)).toBe('collecting');
    for (const pledge of pledges.slice(0, 3)) await world.pay(pledge);
    expect(await world.endCollection(open)).toBe('succeeded');
    await world.sweepDry();
    expect(await world.pledgeStates(open)).toEqual({ dropped: 1, paid: 3 });
    expect((await world.view(open)).asks).toMatchObject([
      {
        pledged: { pledges: 4, quantity: 4_000n },
        collected: { pledges: 3, quantity: 3_000n },
        dropped: { pledges: 1, quantity: 1_000n },
        refunded: { pledges: 0, quantity: 0n },
      },
    ]);
    expect(await world.balance('payable', open.campaignId)).toBe(3_000n);
  });

  it('refunds what came in when too little was collected', async () => {
    const open = await world.campaign({
      ...{ asks: [{ kind: 'money', minimum: 2_000n }], paymentMode: 'pay_on_success' },
    });
    const paying = await world.pledge(open, 1, 0, { quantity: 1_500n });
    await world.pledge(open, 2, 0, { quantity: 500n });
    await world.close(open);
    await world.pay(paying);
    expect(await world.endCollection(open)).toBe('failed');
    await world.sweepDry();
    expect(await world.pledgeStates(open)).toEqual({ dropped: 1, refunded: 1 });
    expect(await world.balance('payable', open.campaignId)).toBe(0n);
  });

  it('lets an optional ask that missed its minimum fail alone', async () => {
    const open = await world.campaign({
      asks: [
        { kind: 'labour', minimum: 120n, slots: [3] },
        { kind: 'money', minimum: 5_000n, required: false },
        { kind: 'goods', minimum: 4n, required: false },
      ],
      paymentMode: 'pay_now',
    });
    await world.pledge(open, 1, 0);
    await world.pay(await world.pledge(open, 1, 1, { quantity: 700n }));
    await world.pledge(open, 2, 2, { quantity: 3n });
    expect(await world.close(open)).toBe('succeeded');
    await world.sweepDry();
    expect(await world.pledgeStates(open)).toEqual({ confirmed: 1, refunded: 1, released: 1 });
  });

  it('settles a cancelled campaign, refunds included, and nobody can pay for it afterwards', async () => {
    const open = await world.campaign({ asks: [{ kind: 'money', minimum: 9_000n }], paymentMode: 'pay_now' });
    await world.pay(await world.pledge(open, 1, 0, { quantity: 900n }));
    const late = await world.order(await world.pledge(open, 2, 0, { quantity: 100n }));
    const staff = actorOf('per_staff' as Id<'per'>, {
      roles: [{ role: 'community_staff', communityId: open.communityId }],
    });
    await world
      .get(CancelCampaign)
      .execute({ actor: staff, campaignId: open.campaignId, reason: '物业已经修好了' });
    await world.sandbox('POST', '/test/pay', { orderNo: late.number });
    await world.sweepDry();
    await world.get(CheckCharge).execute(late.id);
    await world.sweepDry();
    expect(await world.pledgeStates(open)).toEqual({ refunded: 1, released: 1 });
    expect(await world.balance('excess', open.campaignId)).toBe(0n);
    expect(await world.balance('gateway_clearing', open.custodyAccountId)).toBe(0n);
  });

  it('pays back a pledge that is withdrawn while its money is held, once, and waits for it at the end', async () => {
    const open = await world.campaign({ asks: [{ kind: 'money', minimum: 500n }], paymentMode: 'pay_now' });
    const pledge = await world.pledge(open, 1, 0, { quantity: 800n });
    await world.pay(pledge);
    await world.pay(await world.pledge(open, 2, 0, { quantity: 500n }));
    const back = { actor: actorOf(pledge.personId), pledgeId: pledge.id };
    await world.get(TakePledgeBack).execute(back);
    expect(await world.get(TakePledgeBack).execute(back)).toMatchObject({ state: 'refund_due' });
    expect(await world.close(open)).toBe('succeeded');
    await world.settle(open);
    expect(await world.view(open)).toMatchObject({
      run: { state: 'executing' },
      progress: { waiting: 1, done: 1 },
    });
    await world.sweepDry();
    expect(await world.pledgeStates(open)).toEqual({ paid: 1, refunded: 1 });
    expect(await world.view(open)).toMatchObject({ run: { state: 'done' } });
  });

  it('does not take a second payment while the first arrives', async () => {
    const open = await world.campaign({ asks: [{ kind: 'money', minimum: 500n }], paymentMode: 'pay_now' });
    const pledge = await world.pledge(open, 1, 0, { quantity: 500n });
    const first = await world.order(pledge);
    await world.sandbox('POST', '/test/pay', { orderNo: first.number });
    // The payer opens another try in a second window before the platform heard of the first payment.
    expect(await world.order(pledge)).toMatchObject({ state: 'closed', refusal: 'already_paid' });
    await expect(world.order(pledge)).rejects.toMatchObject({ code: 'pledge_not_payable' });
    await world.close(open);
    await world.sweepDry();
    expect(await world.pledgeStates(open)).toEqual({ paid: 1 });
    expect(await world.balance('payable', open.campaignId)).toBe(500n);
  });

  it('does nothing before the decision and nothing more after the end', async () => {
    const open = await world.campaign({ asks: [{ kind: 'goods', minimum: 1n }] });
    await world.pledge(open, 1, 0);
    await world.settle(open);
    await expect(world.view(open)).rejects.toMatchObject({ code: 'settlement_not_found' });
    await world.close(open);
    expect(await world.get(DueRuns).execute(10)).toEqual([open.campaignId]);
    await Promise.all([world.settle(open), world.settle(open), world.settle(open)]);
    expect(await world.get(DueRuns).execute(10)).toEqual([]);
    const before = await world.view(open);
    await world.settle(open);
    expect(await world.view(open)).toEqual(before);
  });

  it('ends a campaign without a single pledge', async () => {
    const open = await world.campaign({ asks: [{ kind: 'goods', minimum: 1n }] });
    expect(await world.close(open)).toBe('failed');
    await world.settle(open);
    expect(await world.view(open)).toMatchObject({ run: { state: 'done', items: 0 }, asks: [] });
  });
});
