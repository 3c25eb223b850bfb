import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import {
  ApprovePayout,
  ConfirmPayee,
  DecideClawBack,
  DropPayout,
  EnterClawBack,
  EnterPayee,
  PayOut,
  PayoutBlocks,
  ReadPayouts,
  type Officer,
} from '@hehuo/payment';
import { ACCOUNT, PayoutWorld } from './payout-world.js';
import { id, officer } from './world.js';

const world = new PayoutWorld();
let campaignId: Id<'cmp'>;
beforeAll(() => world.start());
afterAll(() => world.stop());
afterEach(async () => {
  expect(await world.breaches()).toEqual([]);
});

/** Twenty at once on a small machine take their time. */
const crowdMs = 120_000;
const code = (expected: string) => ({ code: expected });
const inTransit = () => world.balance('payout_in_transit', world.custodyAccountId);
const payable = () => world.balance('payable', campaignId);

describe('the hold', () => {
  it('keeps every payout from an account that was entered or changed in the last 72 hours', async () => {
    campaignId = await world.fund(1_000n);
    const { id: payeeId } = await world.get(EnterPayee).execute(world.entry(campaignId));
    await world.get(ConfirmPayee).execute({ ...world.act(world.staff), payeeId, account: ACCOUNT });
    const payoutId = await world.propose(campaignId, payeeId, 100n);
    await world.approve(world.first, payoutId);
    await world.approve(world.second, payoutId);
    await expect(world.send(world.staff, payoutId)).rejects.toMatchObject(code('payee_on_hold'));
    const pass = (hours: number) =>
      Promise.all([
        world.database.change(
          `UPDATE payee SET changed_at = changed_at - INTERVAL ${hours} HOUR WHERE id = ?`,
          [payeeId],
        ),
        world.database.change(
          `UPDATE payout SET account_changed_at = account_changed_at - INTERVAL ${hours} HOUR WHERE id = ?`,
          [payoutId],
        ),
      ]);
    await pass(71);
    await expect(world.send(world.staff, payoutId)).rejects.toMatchObject(code('payee_on_hold'));
    await pass(1);
    expect(await world.send(world.staff, payoutId)).toMatchObject({ state: 'sent' });
    await world.confirm(world.clerk, payoutId);
  });

  it('a changed account stops what was proposed for the former one, before and after its release', async () => {
    campaignId = await world.fund(1_000n);
    const payeeId = await world.payee(campaignId);
    const released = await world.propose(campaignId, payeeId, 300n);
    const proposed = await world.propose(campaignId, payeeId, 100n);
    await world.approve(world.first, released);
    await world.approve(world.second, released);
    const account = '9558 8000 1111 2222';
    const change = {
      ...world.act(world.organiser),
      payeeId,
      name: '成都木工坊有限公司',
      bankName: '工商银行',
      account,
    };
    expect(await world.get(EnterPayee).change(change)).toMatchObject({ state: 'proposed' });
    await expect(world.send(world.staff, released)).rejects.toMatchObject(code('payee_changed'));
    await world.get(ConfirmPayee).execute({ ...world.act(world.staff), payeeId, account });
    await expect(world.send(world.staff, released)).rejects.toMatchObject(code('payee_changed'));
    await expect(world.approve(world.first, proposed)).rejects.toMatchObject(code('payee_changed'));
    const drop = (actor: Officer, payoutId: Id<'pyo'>) =>
      world.get(DropPayout).withdraw({ ...world.act(actor), payoutId, reason: '账户变更' });
    await expect(drop(world.staff, released)).rejects.toMatchObject(code('payment_forbidden'));
    expect(await drop(world.first, released)).toMatchObject({ state: 'withdrawn' });
    expect(await drop(world.staff, proposed)).toMatchObject({ state: 'withdrawn' });
    expect([await payable(), await inTransit(), await world.left(campaignId)]).toEqual([1_000n, 0n, 1_000n]);
  });
});

describe('at the same time', () => {
  it(
    'of twenty who release the same sum, as many get through as the money holds',
    async () => {
      campaignId = await world.fund(1_000n);
      const payeeId = await world.payee(campaignId);
      const payouts: Id<'pyo'>[] = [];
      for (let n = 0; n < 20; n += 1) {
        payouts.push(await world.propose(campaignId, payeeId, 300n));
        await world.approve(world.first, payouts[n]!);
      }
      const answers = await Promise.allSettled(
        payouts.map((payoutId) => world.approve(world.second, payoutId)),
      );
      const refused = answers.filter((answer) => answer.status === 'rejected');
      expect(answers.length - refused.length).toBe(3);
      for (const { reason } of refused) expect(reason).toMatchObject(code('payout_exceeds_budget'));
      expect([await payable(), await inTransit()]).toEqual([100n, 900n]);
      const open = payouts.filter((_, at) => answers[at]!.status === 'fulfilled');
      for (const payoutId of open) {
        await world.send(world.staff, payoutId);
        await world.confirm(world.clerk, payoutId);
      }
    },
    crowdMs,
  );

  it(
    'one release, one sending and one confirmation of twenty each count',
    async () => {
      campaignId = await world.fund(500n);
      const payoutId = await world.propose(campaignId, await world.payee(campaignId), 500n);
      await world.approve(world.first, payoutId);
      const twenty = async (act: () => Promise<unknown>) =>
        (await Promise.allSettled(Array.from({ length: 20 }, act))).filter(
          ({ status }) => status === 'fulfilled',
        ).length;
      expect(await twenty(() => world.approve(world.second, payoutId))).toBe(1);
      expect(await twenty(() => world.send(world.staff, payoutId))).toBe(1);
      expect(await twenty(() => world.confirm(world.clerk, payoutId))).toBe(1);
      expect([await payable(), await inTransit()]).toEqual([0n, 0n]);
    },
    crowdMs,
  );

  it('one act sent twenty times under one key is done once and answered alike', async () => {
    campaignId = await world.fund(500n);
    const payoutId = await world.propose(campaignId, await world.payee(campaignId), 500n);
    const act = { ...world.act(world.first), payoutId };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.get(ApprovePayout).execute(act)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ id: payoutId, state: 'approved_once' })]),
    );
  });
});

describe('money that comes back', () => {
  it('from the bank is payable again, and the payee may be paid anew', async () => {
    campaignId = await world.fund(500n);
    const payeeId = await world.payee(campaignId);
    const payoutId = await world.propose(campaignId, payeeId, 500n);
    await world.approve(world.first, payoutId);
    await world.approve(world.second, payoutId);
    await world.send(world.staff, payoutId);
    const back = (actor: Officer) =>
      world.get(PayOut).takeBack({ ...world.act(actor), payoutId, voucher: 'R-1', reason: '户名不符' });
    await expect(back(world.staff)).rejects.toMatchObject(code('same_person'));
    expect(await back(world.clerk)).toMatchObject({ state: 'returned' });
    expect([await payable(), await inTransit(), await world.left(campaignId)]).toEqual([500n, 0n, 500n]);
    await world.payOut(campaignId, payeeId, 500n);
    expect(await payable()).toBe(0n);
  });

  it(
    'from the payee counts when a second person saw the voucher, and never beyond what was paid',
    async () => {
      campaignId = await world.fund(500n);
      const payoutId = await world.payOut(campaignId, await world.payee(campaignId), 500n);
      const enter = (amount: bigint, voucher: string, actor = world.staff) =>
        world
          .get(EnterClawBack)
          .execute({ ...world.act(actor), payoutId, amount, voucher, reason: '验收不合格' });
      const decide = (actor: Officer, clawBackId: Id<'clw'>, voucher: string) =>
        world.get(DecideClawBack).confirm({ ...world.act(actor), clawBackId, voucher });
      const { id: first } = await enter(300n, 'C-1');
      await expect(enter(100n, 'C-1')).rejects.toMatchObject(code('claw_back_voucher_used'));
      await expect(enter(201n, 'C-2')).rejects.toMatchObject(code('claw_back_exceeds_payout'));
      await expect(enter(1n, 'C-3', officer('fund_approver', id('com')))).rejects.toMatchObject(
        code('payout_not_found'),
      );
      await expect(decide(world.staff, first, 'C-1')).rejects.toMatchObject(code('same_person'));
      await expect(decide(world.first, first, 'C-9')).rejects.toMatchObject(code('payout_invalid'));
      expect(await payable()).toBe(0n);
      expect(await decide(world.first, first, 'C-1')).toEqual({ id: first, state: 'confirmed' });
      expect([await payable(), await world.left(campaignId)]).toEqual([300n, 300n]);
      const { id: wrong } = await enter(200n, 'C-4');
      const refusal = { ...world.act(world.clerk), clawBackId: wrong, voucher: null };
      expect(await world.get(DecideClawBack).refuse(refusal)).toMatchObject({ state: 'refused' });
      const races = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => enter(150n, `D-${n}`)));
      expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const [shown] = await world.get(ReadPayouts).ofCampaign(campaignId, null, 10);
      expect(shown?.clawedBack).toBe(300n);
    },
    crowdMs,
  );
});

describe('a blocked custody account', () => {
  it('lets nothing be released or sent, and says why', async () => {
    campaignId = await world.fund(500n);
    const payeeId = await world.payee(campaignId);
    const released = await world.propose(campaignId, payeeId, 200n);
    await world.approve(world.first, released);
    await world.approve(world.second, released);
    const waiting = await world.propose(campaignId, payeeId, 100n);
    await world.approve(world.first, waiting);
    const blocks = world.get(PayoutBlocks);
    const { find } = blocks;
    blocks.find = () => Promise.resolve('the day of 24 November is not closed');
    try {
      const blocked = { code: 'payout_blocked', details: { reason: 'the day of 24 November is not closed' } };
      await expect(world.approve(world.second, waiting)).rejects.toMatchObject(blocked);
      await expect(world.send(world.staff, released)).rejects.toMatchObject(blocked);
    } finally {
      blocks.find = find;
    }
    await world.send(world.staff, released);
    await world.confirm(world.clerk, released);
    expect(await world.get(ReadPayouts).waiting()).toBeGreaterThan(0);
  });
});
