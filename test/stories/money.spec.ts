import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WithdrawPledge, type Pledge } from '@hehuo/campaign';
import { ReadCharge } from '@hehuo/payment';
import { TakePledgeBack } from '@hehuo/settlement';
import type { OpenCampaign } from '../support/open-campaign.js';
import { line } from '../support/pledging.js';
import { actorOf } from '../support/world.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const everybody = async (campaign: OpenCampaign, quantity: bigint): Promise<Pledge[]> => {
  const pledges = [];
  for (const person of campaign.people)
    pledges.push(await world.pledge({ person, ...line(campaign), quantity }));
  return pledges;
};
const later = (minimum: bigint, people = 3) =>
  world.campaign({ asks: [{ kind: 'money', minimum }], paymentMode: 'pay_on_success', people });
const atOnce = (minimum: bigint, people = 2) =>
  world.campaign({ asks: [{ kind: 'money', minimum }], paymentMode: 'pay_now', people });
describe('pay on success', () => {
  it('exactly reaches its goal, collects and becomes payable', async () => {
    const campaign = await later(30_000n);
    const pledges = await everybody(campaign, 10_000n);
    await world.passDeadline(campaign);
    expect(await world.states(campaign)).toEqual([
      'awaiting_payment',
      'awaiting_payment',
      'awaiting_payment',
    ]);
    for (const pledge of pledges) await world.pay(pledge);
    await world.settled(campaign);
    expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
      'succeeded done',
      'paid',
      'paid',
      'paid',
    ]);
    expect(await world.books(campaign)).toEqual([
      'gateway_clearing {custodian} fen: in 0 out 30000 pending 0 left -30000',
      'escrow {campaign} fen: in 30000 out 30000 pending 0 left 0',
      'payable {campaign} fen: in 30000 out 0 pending 0 left 30000',
      'promised_to {ask 0 money} fen_promised: in 30000 out 0 pending 0 left 30000',
    ]);
  });

  it('misses its goal by one fen and asks nobody for money', async () => {
    const campaign = await later(30_001n);
    await everybody(campaign, 10_000n);
    await world.passDeadline(campaign);
    await world.settled(campaign);
    expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
      'failed done',
      'released',
      'released',
      'released',
    ]);
    expect(await world.books(campaign)).toEqual([
      'promised_to {ask 0 money} fen_promised: in 0 out 0 pending 0 left 0',
    ]);
  });

  it('is promised but not paid for, and gives back what came', async () => {
    const campaign = await later(30_000n);
    const [payer] = await everybody(campaign, 10_000n);
    await world.passDeadline(campaign);
    await world.pay(payer!);
    await world.held(campaign, 1);
    await world.endCollection(campaign);
    await world.settled(campaign);
    expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
      'failed done',
      'refunded',
      'dropped',
      'dropped',
    ]);
    expect(await world.books(campaign)).toEqual([
      'gateway_clearing {custodian} fen: in 10000 out 10000 pending 0 left 0',
      'escrow {campaign} fen: in 10000 out 10000 pending 0 left 0',
      'refund_in_transit {custodian} fen: in 10000 out 10000 pending 0 left 0',
      'promised_to {ask 0 money} fen_promised: in 0 out 0 pending 0 left 0',
    ]);
  });
});

describe('pay now', () => {
  it('holds the money until the deadline and gives all of it back on failure', async () => {
    const campaign = await atOnce(20_001n);
    for (const pledge of await everybody(campaign, 10_000n)) await world.pay(pledge);
    await world.held(campaign, 2);
    expect(await world.books(campaign)).toContain(
      'escrow {campaign} fen: in 20000 out 0 pending 0 left 20000',
    );
    await world.passDeadline(campaign);
    await world.settled(campaign);
    expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
      'failed done',
      'refunded',
      'refunded',
    ]);
    expect(await world.books(campaign)).toContain(
      'escrow {campaign} fen: in 20000 out 20000 pending 0 left 0',
    );
  });

  it('lets whoever ordered and never paid expire at the deadline', async () => {
    const campaign = await atOnce(10_000n);
    const [payer, dreamer] = await everybody(campaign, 10_000n);
    await world.pay(payer!);
    await world.order(dreamer!);
    await world.held(campaign, 1);
    await world.passDeadline(campaign);
    await world.settled(campaign);
    expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
      'succeeded done',
      'paid',
      'expired',
    ]);
  });

  it('sends late money back without touching the outcome', async () => {
    const campaign = await atOnce(10_000n);
    const [payer, late] = await everybody(campaign, 10_000n);
    await world.pay(payer!);
    const order = await world.order(late!);
    await world.held(campaign, 1);
    await world.faults({ match: { operation: 'pay' }, fault: 'late-success', times: 1 });
    await world.passDeadline(campaign);
    await world.settled(campaign);
    expect((await world.payOrder(order)).status).toBe(200);
    const returned = 'refund_in_transit {custodian} fen: in 10000 out 10000 pending 0 left 0';
    await world.until('the late money went back', async () =>
      (await world.books(campaign)).includes(returned),
    );
    expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
      'succeeded done',
      'paid',
      'expired',
    ]);
    expect(await world.books(campaign)).toEqual([
      'gateway_clearing {custodian} fen: in 10000 out 20000 pending 0 left -10000',
      'escrow {campaign} fen: in 10000 out 10000 pending 0 left 0',
      'excess {campaign} fen: in 10000 out 10000 pending 0 left 0',
      'payable {campaign} fen: in 10000 out 0 pending 0 left 10000',
      returned,
      'promised_to {ask 0 money} fen_promised: in 10000 out 0 pending 0 left 10000',
    ]);
  });

  it('is withdrawn while its order waits to be paid, and the order can no longer be paid', async () => {
    const campaign = await atOnce(10_000n, 1);
    const [leaves] = await everybody(campaign, 10_000n);
    const charge = await world.order(leaves!);
    await world.get(TakePledgeBack).execute({ actor: actorOf(leaves!.personId), pledgeId: leaves!.id });
    const status = async () => (await world.get(ReadCharge).execute(leaves!.personId, charge.id)).status;
    await world.until('the order is closed', async () => (await status()) === 'not_paid');
    expect((await world.payOrder(charge)).status).not.toBe(200);
    await world.passDeadline(campaign);
    await world.settled(campaign);
    expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
      'failed done',
      'withdrawn',
    ]);
  });

  it('refunds a paid pledge that is taken back before the deadline', async () => {
    const campaign = await atOnce(10_000n);
    const [stays, leaves] = await everybody(campaign, 10_000n);
    await world.pay(stays!);
    await world.pay(leaves!);
    await world.held(campaign, 2);
    await world.get(TakePledgeBack).execute({ actor: actorOf(leaves!.personId), pledgeId: leaves!.id });
    await world.until('the refund is done', async () => (await world.states(campaign)).includes('refunded'));
    await world.passDeadline(campaign);
    await world.settled(campaign);
    expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
      'succeeded done',
      'paid',
      'refunded',
    ]);
  });
});

describe('all six kinds in one', () => {
  const asks = [
    { kind: 'skilled_work', slots: [1] },
    { kind: 'labour', slots: [3] },
    { kind: 'goods', minimum: 2n },
    { kind: 'money', minimum: 20_000n },
    { kind: 'planning' },
    { kind: 'attention', minimum: 2n },
  ] as const;
  const pledgeAll = async (campaign: OpenCampaign): Promise<Pledge[]> => {
    const [first, second] = campaign.people;
    const [skill] = campaign.asks[0]!.slots;
    const [hands] = campaign.asks[1]!.slots;
    return Promise.all([
      world.pledge({ person: first!, ...line(campaign, 0), slotId: skill! }),
      world.pledge({ person: second!, ...line(campaign, 1), slotId: hands!, places: 2 }),
      world.pledge({ person: first!, ...line(campaign, 2), quantity: 2n }),
      world.pledge({ person: second!, ...line(campaign, 3), quantity: 20_000n }),
      world.pledge({ person: first!, ...line(campaign, 4) }),
      world.pledge({ person: first!, ...line(campaign, 5) }),
      world.pledge({ person: second!, ...line(campaign, 5) }),
    ]);
  };
  const kindStates = async ({ campaignId }: OpenCampaign): Promise<string[]> => {
    const rows = await world.sql.rows<{ kind: string; state: string }>(
      'SELECT DISTINCT p.kind, p.state FROM pledge p JOIN ask a ON a.id = p.ask_id WHERE p.campaign_id = ? ORDER BY a.position',
      [campaignId],
    );
    return rows.map(({ kind, state }) => `${kind} ${state}`);
  };

  it('succeeds: each kind comes to its own end, and the units stay apart', async () => {
    const campaign = await world.campaign({ asks, paymentMode: 'pay_on_success', people: 2 });
    const pledges = await pledgeAll(campaign);
    await world.passDeadline(campaign);
    await world.pay(pledges.find(({ kind }) => kind === 'money')!);
    await world.settled(campaign);
    expect(await kindStates(campaign)).toEqual([
      'skilled_work confirmed',
      'labour confirmed',
      'goods handover_due',
      'money paid',
      'planning adopted',
      'attention counted',
    ]);
    expect((await world.books(campaign)).filter((row) => row.startsWith('promised_to'))).toEqual([
      'promised_to {ask 0 skilled_work} minutes: in 120 out 0 pending 0 left 120',
      'promised_to {ask 1 labour} minutes: in 240 out 0 pending 0 left 240',
      'promised_to {ask 2 goods} pieces: in 2 out 0 pending 0 left 2',
      'promised_to {ask 3 money} fen_promised: in 20000 out 0 pending 0 left 20000',
      'promised_to {ask 4 planning} plans: in 1 out 0 pending 0 left 1',
      'promised_to {ask 5 attention} households: in 2 out 0 pending 0 left 2',
    ]);
  });

  it('fails because one withdrew: hands and goods are free again, the idea is archived, attention still counts', async () => {
    const campaign = await world.campaign({ asks, paymentMode: 'pay_on_success', people: 2 });
    const pledges = await pledgeAll(campaign);
    const goods = pledges.find(({ kind }) => kind === 'goods')!;
    await world.get(WithdrawPledge).execute({ actor: actorOf(goods.personId), pledgeId: goods.id });
    await world.passDeadline(campaign);
    await world.settled(campaign);
    expect(await kindStates(campaign)).toEqual([
      'skilled_work released',
      'labour released',
      'goods withdrawn',
      'money released',
      'planning archived',
      'attention counted',
    ]);
    const kept = (await world.books(campaign)).filter((row) => !row.endsWith('left 0'));
    expect(kept).toContain('promised_to {ask 5 attention} households: in 2 out 0 pending 0 left 2');
    expect(kept.some((row) => row.includes('labour') || row.includes('goods') || row.includes('money'))).toBe(
      false,
    );
  });
});
