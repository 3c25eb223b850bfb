import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MatchStory } from '../support/match-story.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());

it('what a street matched is paid out beside the milestones, never out of them, and the books balance to zero', async () => {
  const story = await MatchStory.start(world);
  const { hands } = story;
  const payeeId = await hands.payee();
  // Nothing is there before the donor's money came.
  await expect(hands.propose(payeeId, 'matched', 1n)).rejects.toMatchObject({
    code: 'payout_exceeds_budget',
  });
  await story.receive(45_003n);
  await expect(hands.propose(payeeId, 'matched', 45_004n)).rejects.toMatchObject({
    code: 'payout_exceeds_budget',
  });
  const first = await hands.payOut(payeeId, 'matched', 30_000n);
  await hands.clawBack(first, 5_000n);
  // Two that fit alone and not together: a proposal reserves nothing, the second approval decides.
  const [one, other] = [
    await hands.propose(payeeId, 'matched', 20_003n),
    await hands.propose(payeeId, 'matched', 20_003n),
  ];
  await hands.release(one);
  await expect(hands.release(other)).rejects.toMatchObject({ code: 'payout_exceeds_budget' });
  await hands.finish(one);
  expect(await story.matchedParts()).toEqual(['matched 45003 45003 0']);
  expect(await world.books(story.campaign)).toEqual([
    'gateway_clearing {custodian} fen: in 0 out 35001 pending 0 left -35001',
    'cash_clearing {custodian} fen: in 50003 out 50003 pending 0 left 0',
    'escrow {campaign} fen: in 35001 out 35001 pending 0 left 0',
    'payable {campaign} fen: in 85004 out 50003 pending 0 left 35001',
    'payout_in_transit {custodian} fen: in 50003 out 50003 pending 0 left 0',
    'promised_to {ask 0 money} fen_promised: in 35001 out 0 pending 0 left 35001',
    'match_to {campaign} fen_promised: in 45003 out 0 pending 0 left 45003',
  ]);
  await world.expectSound();
  await hands.payOut(payeeId, 'milestone:0', 17_501n);
  await hands.payOut(payeeId, 'milestone:1', 10_500n);
  await hands.payOut(payeeId, 'milestone:2', 7_000n);
  expect((await world.books(story.campaign)).find((row) => row.startsWith('payable'))).toBe(
    'payable {campaign} fen: in 85004 out 85004 pending 0 left 0',
  );
  await world.expectSound();
});
