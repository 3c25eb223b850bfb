import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ReadMilestones } from '@hehuo/settlement';
import { PayoutHands, withMilestones } from '../support/payout-hands.js';
import { line } from '../support/pledging.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());

it('two milestones are paid, the third is abandoned, its money goes back, and the books balance to zero', async () => {
  const campaign = await world.campaign({
    ...{ asks: [{ kind: 'money', minimum: 100n }], paymentMode: 'pay_now', people: 3 },
  });
  await withMilestones(world.sql, campaign, 5_000, 3_000, 2_000);
  for (const [at, quantity] of [20_000n, 10_000n, 5_001n].entries()) {
    await world.pay(await world.pledge({ person: campaign.people[at]!, ...line(campaign), quantity }));
  }
  await world.held(campaign, 3);
  await world.passDeadline(campaign);
  await world.settled(campaign);
  const hands = new PayoutHands((token) => world.get(token), world.sql, campaign);
  const payeeId = await hands.payee();
  await hands.payOut(payeeId, 'milestone:0', 17_501n);
  await hands.payOut(payeeId, 'milestone:1', 10_500n);
  await hands.decide({ kind: 'cancel', part: 'milestone:2' });
  const back = "SELECT COUNT(*) AS n FROM refund WHERE campaign_id = ? AND state = 'done'";
  await world.until('the third milestone is back with its payers', async () => {
    const row = await world.sql.row<{ n: string }>(back, [campaign.campaignId]);
    return Number(row?.n) === 3;
  });
  expect(await world.states(campaign)).toEqual(['paid', 'paid', 'paid']);
  const { parts } = await world.get(ReadMilestones).execute(campaign.campaignId);
  expect(parts.map(({ state, budget, paidOut, givenBack }) => [state, budget, paidOut, givenBack])).toEqual([
    ['open', 17_501n, 17_501n, 0n],
    ['open', 10_500n, 10_500n, 0n],
    ['cancelled', 7_000n, 0n, 7_000n],
  ]);
  // What the gateway still owes the custodian is what the custodian paid by bank: together nothing is left.
  expect(await world.books(campaign)).toEqual([
    'gateway_clearing {custodian} fen: in 7000 out 35001 pending 0 left -28001',
    'cash_clearing {custodian} fen: in 28001 out 0 pending 0 left 28001',
    'escrow {campaign} fen: in 35001 out 35001 pending 0 left 0',
    'payable {campaign} fen: in 35001 out 35001 pending 0 left 0',
    'payout_in_transit {custodian} fen: in 28001 out 28001 pending 0 left 0',
    'refund_in_transit {custodian} fen: in 7000 out 7000 pending 0 left 0',
    'promised_to {ask 0 money} fen_promised: in 35001 out 0 pending 0 left 35001',
  ]);
  await world.expectSound();
});
