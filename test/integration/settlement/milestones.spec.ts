import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@hehuo/kernel';
import { ReadCharge, RequestRefund } from '@hehuo/payment';
import { ReadMilestones, RunRefunds, type Part } from '@hehuo/settlement';
import type { OpenCampaign } from '../../support/open-campaign.js';
import { PayoutHands, withMilestones } from '../../support/payout-hands.js';
import { moduleOn, SettlementWorld } from './world.js';

let world: SettlementWorld;
beforeAll(async () => {
  world = await SettlementWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

interface Spent {
  readonly open: OpenCampaign;
  readonly hands: PayoutHands;
  readonly payeeId: Id<'pye'>;
  readonly pledges: readonly Id<'plg'>[];
}

/** A campaign that succeeded with these sums, its milestones sharing them, and somebody to pay. */
async function succeeded(
  sums: readonly bigint[],
  bps: readonly number[],
  policy = 'refund_pro_rata',
): Promise<Spent> {
  const open = await world.campaign({
    ...{ asks: [{ kind: 'money', minimum: 1n }], paymentMode: 'pay_now', people: sums.length + 1 },
  });
  await withMilestones(world.sql, open, ...bps);
  await world.sql.change('UPDATE campaign SET surplus_policy = ? WHERE id = ?', [policy, open.campaignId]);
  const pledges: Id<'plg'>[] = [];
  for (const [at, quantity] of sums.entries()) {
    const pledge = await world.pledge(open, at + 1, 0, { quantity });
    await world.pay(pledge);
    pledges.push(pledge.id);
  }
  await world.close(open);
  await world.settle(open);
  const hands = new PayoutHands((token) => world.get(token), world.sql, open);
  return { open, hands, pledges, payeeId: await hands.payee() };
}

async function budgets({ open }: Spent): Promise<string[]> {
  const { parts } = await world.get(ReadMilestones).execute(open.campaignId);
  return parts.map(
    ({ part, state, budget, paidOut, givenBack, leftOver }) =>
      `${part} ${state}: ${budget} = ${paidOut} paid, ${givenBack} back, ${leftOver} over`,
  );
}

const payable = ({ open }: Spent) => world.balance('payable', open.campaignId);
const backOf = async ({ pledges }: Spent): Promise<bigint[]> => {
  const charges = await Promise.all(pledges.map((pledgeId) => world.get(ReadCharge).ofPledge(pledgeId)));
  return charges.map((list) => list.reduce((sum, { returned }) => sum + returned, 0n));
};
const code = (expected: string) => ({ code: expected });

describe('milestone budgets', () => {
  it('are the payable sum by shares, written once with the end of the settlement', async () => {
    const spent = await succeeded([500n, 334n], [3_333, 3_333, 3_334]);
    expect(await budgets(spent)).toEqual([
      'milestone:0 open: 278 = 0 paid, 0 back, 0 over',
      'milestone:1 open: 278 = 0 paid, 0 back, 0 over',
      'milestone:2 open: 278 = 0 paid, 0 back, 0 over',
    ]);
    await world.settle(spent.open);
    expect(await budgets(spent)).toHaveLength(3);
  });

  it('are one where the campaign named no milestones, and none before it is settled', async () => {
    const spent = await succeeded([170n], []);
    expect(await budgets(spent)).toEqual(['milestone:0 open: 170 = 0 paid, 0 back, 0 over']);
    const other = await world.campaign({ asks: [{ kind: 'goods' }] });
    await expect(world.get(ReadMilestones).execute(other.campaignId)).rejects.toMatchObject(
      code('milestone_not_found'),
    );
  });

  it('of twenty payouts of one milestone let out as many as it holds, and never the money of another', async () => {
    const spent = await succeeded([1_000n], [6_000, 4_000]);
    const { hands, payeeId } = spent;
    const payouts: Id<'pyo'>[] = [];
    for (let n = 0; n < 20; n += 1) payouts.push(await hands.propose(payeeId, 'milestone:0', 250n));
    const answers = await Promise.allSettled(payouts.map((payoutId) => hands.release(payoutId)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await payable(spent)).toBe(500n);
    expect((await budgets(spent))[0]).toBe('milestone:0 open: 600 = 500 paid, 0 back, 0 over');
    for (const [at, { status }] of answers.entries())
      if (status === 'fulfilled') await hands.finish(payouts[at]!);
  });
});

describe('a milestone that is cancelled', () => {
  it('gives back what it did not spend in proportion to what each paid, and the pledges stay paid', async () => {
    const spent = await succeeded([100_000n, 50_000n, 100n], [5_000, 5_000]);
    const { hands, payeeId } = spent;
    await hands.payOut(payeeId, 'milestone:0', 75_050n);
    await hands.payOut(payeeId, 'milestone:1', 74_550n);
    const decision = await hands.proposeDecision({ kind: 'cancel', part: 'milestone:1' });
    await expect(hands.proposeDecision({ kind: 'finish', part: 'milestone:1' })).rejects.toMatchObject(
      code('milestone_decision_waits'),
    );
    await expect(hands.confirmDecision(decision, hands.clerk)).rejects.toMatchObject(
      code('settlement_forbidden'),
    );
    await expect(hands.confirmDecision(decision, hands.officer('auditor'))).rejects.toMatchObject(
      code('milestone_decision_not_found'),
    );
    await hands.confirmDecision(decision);
    await expect(hands.propose(payeeId, 'milestone:1', 1n)).rejects.toMatchObject(
      code('payout_exceeds_budget'),
    );
    await hands.runRefunds();
    await world.sweepDry();
    expect(await backOf(spent)).toEqual([333n, 167n, 0n]);
    expect(await world.pledgeStates(spent.open)).toEqual({ paid: 3 });
    expect([
      await payable(spent),
      await world.balance('refund_in_transit', spent.open.custodyAccountId),
    ]).toEqual([0n, 0n]);
    expect((await world.view(spent.open)).givenBack).toBe(500n);
  });

  it('is nobody’s alone: who proposed it cannot confirm it', async () => {
    const spent = await succeeded([100n], [10_000]);
    const { hands } = spent;
    const roles = (['community_staff', 'fund_approver'] as const).map((role) => ({
      role,
      communityId: spent.open.communityId,
    }));
    const both = { ...hands.staff, roles };
    const decision = await hands.proposeDecision({ ...hands.act(both), kind: 'cancel', part: 'milestone:0' });
    await expect(hands.confirmDecision(decision, both)).rejects.toMatchObject(code('milestone_same_person'));
    const races = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        hands.confirmDecision(decision, n % 2 ? hands.first : hands.second),
      ),
    );
    expect(races.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await hands.runRefunds();
    await world.sweepDry();
    expect(await backOf(spent)).toEqual([100n]);
  });

  it('goes on after any interruption, in another process, and gives nothing back twice', async () => {
    const sums = Array.from({ length: 13 }, (_, n) => BigInt(1_000 + n));
    const total = sums.reduce((sum, one) => sum + one, 0n);
    const spent = await succeeded(sums, [10_000]);
    const { hands } = spent;
    await hands.decide({ kind: 'cancel', part: 'milestone:0' });
    const runs = world.get(RunRefunds);
    const [runId] = await runs.due(10);
    // The shares are written, one chunk is asked back, and the next one dies before its commit.
    expect([await runs.step(runId!), await runs.step(runId!, 4)]).toEqual([true, true]);
    const refunds = world.get(RequestRefund);
    const ask = refunds.executeMany.bind(refunds);
    refunds.executeMany = async (tx, wishes) => {
      await ask(tx, wishes);
      throw new Error('killed');
    };
    await expect(runs.step(runId!, 4)).rejects.toThrow('killed');
    refunds.executeMany = ask;
    await world.expectSound();
    const [halfway] = (await world.get(ReadMilestones).execute(spent.open.campaignId)).refundRuns;
    expect(halfway).toMatchObject({ state: 'executing', shares: 13, amount: total });
    expect(halfway!.requested > 0n && halfway!.requested < total).toBe(true);
    const others = await Promise.all([1, 2].map(() => moduleOn(world.db.url, world.sandboxUrl, 6)));
    try {
      const workers = [world.app, ...others].map((app) => app.get(RunRefunds, { strict: false }));
      await Promise.all([...workers, ...workers].map((worker) => worker.execute(runId!)));
    } finally {
      for (const app of others) await app.close();
    }
    expect(await runs.due(10)).toEqual([]);
    await world.sweepDry();
    expect(await backOf(spent)).toEqual(sums);
    expect([
      await payable(spent),
      await world.balance('gateway_clearing', spent.open.custodyAccountId),
    ]).toEqual([0n, 0n]);
  }, 120_000);

  it('gives back what a payee gave back later, in a round of its own', async () => {
    const spent = await succeeded([600n, 300n], [10_000]);
    const { hands, payeeId } = spent;
    const payoutId = await hands.payOut(payeeId, 'milestone:0', 450n);
    await hands.decide({ kind: 'cancel', part: 'milestone:0' });
    await hands.runRefunds();
    await hands.clawBack(payoutId, 90n);
    await expect(hands.proposeDecision({ kind: 'finish', part: 'milestone:0' })).rejects.toMatchObject(
      code('state_conflict'),
    );
    await hands.decide({ kind: 'cancel', part: 'milestone:0' });
    await hands.runRefunds();
    await world.sweepDry();
    expect(await budgets(spent)).toEqual(['milestone:0 cancelled: 900 = 360 paid, 540 back, 0 over']);
    expect(await backOf(spent)).toEqual([360n, 180n]);
  });
});

describe('a surplus', () => {
  const twoPaid = async (policy: string): Promise<Spent> => {
    const spent = await succeeded([700n, 300n], [5_000, 5_000], policy);
    await spent.hands.payOut(spent.payeeId, 'milestone:0', 500n);
    await spent.hands.payOut(spent.payeeId, 'milestone:1', 400n);
    return spent;
  };
  const surplus = { kind: 'surplus', part: 'surplus' as Part, evidence: '会议纪要第 3 号' } as const;

  it.each(['refund_pro_rata', 'price_falls'])('under %s goes back to those who paid', async (policy) => {
    const spent = await twoPaid(policy);
    const { evidence: _none, ...wish } = surplus;
    await expect(spent.hands.proposeDecision(wish)).rejects.toMatchObject(code('surplus_not_yet'));
    await spent.hands.decide({ kind: 'finish', part: 'milestone:1' });
    await spent.hands.decide(wish);
    await spent.hands.runRefunds();
    await world.sweepDry();
    expect(await budgets(spent)).toEqual([
      'milestone:0 open: 500 = 500 paid, 0 back, 0 over',
      'milestone:1 finished: 500 = 400 paid, 0 back, 100 over',
      'surplus open: 100 = 0 paid, 100 back, 0 over',
    ]);
    expect([await backOf(spent), await payable(spent)]).toEqual([[70n, 30n], 0n]);
  });

  it.each(['community_fund', 'similar_purpose', 'owners_decide'])(
    'under %s is paid to the payee of a recorded decision, by two approvers like anything',
    async (policy) => {
      const spent = await twoPaid(policy);
      const { hands } = spent;
      await hands.decide({ kind: 'finish', part: 'milestone:1' });
      await expect(hands.proposeDecision({ ...surplus, payeeId: 'pye_0' })).rejects.toMatchObject(
        code('milestone_decision_invalid'),
      );
      const fund = await hands.payee('社区基金会');
      await expect(hands.propose(fund, 'surplus', 100n)).rejects.toMatchObject(code('payout_exceeds_budget'));
      await hands.decide({ ...surplus, payeeId: fund });
      await expect(hands.propose(spent.payeeId, 'surplus', 100n)).rejects.toMatchObject(
        code('payout_invalid'),
      );
      await expect(hands.propose(fund, 'surplus', 101n)).rejects.toMatchObject(code('payout_exceeds_budget'));
      await hands.payOut(fund, 'surplus', 100n);
      expect([(await budgets(spent)).at(-1), await payable(spent)]).toEqual([
        'surplus open: 100 = 100 paid, 0 back, 0 over',
        0n,
      ]);
    },
  );
});
