import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { ops } from '../../apps/ops/test/run.js';
import { MatchStory } from '../support/match-story.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
let story: MatchStory;
beforeAll(async () => {
  world = await StoryWorld.start();
  story = await MatchStory.start(world);
  await story.receive(45_003n);
});
afterAll(() => world.stop());

/** As if the campaign had been settled, and its match received, before there were budgets. */
async function forgetBudgets(): Promise<void> {
  const owner = await createConnection({ uri: world.environment['MYSQL_OWNER_URL']! });
  try {
    await owner.query('DELETE l FROM state_log l JOIN milestone_budget m ON m.id = l.object_id');
    await owner.query('DELETE FROM milestone_budget');
  } finally {
    await owner.end();
  }
}

const budgets = () =>
  world.sql.rows('SELECT * FROM milestone_budget WHERE campaign_id = ? ORDER BY part', [
    story.campaign.campaignId,
  ]);
const run = () => ops(['budgets'], world.environment);

it('a campaign that was settled before there were budgets gets them once, and is paid out', async () => {
  const { hands } = story;
  const payeeId = await hands.payee();
  await forgetBudgets();
  await expect(hands.propose(payeeId, 'milestone:0', 1n)).rejects.toMatchObject({
    code: 'payout_exceeds_budget',
  });
  const [first, beside] = await Promise.all([run(), run()]);
  expect([first.code, beside.code, first.err, beside.err]).toEqual([0, 0, '', '']);
  expect(`${first.out}\n${beside.out}`).toContain(`${story.campaign.campaignId} has its budgets.`);
  await world.expectSound();
  await hands.payOut(payeeId, 'milestone:0', 17_501n);
  await hands.payOut(payeeId, 'matched', 45_003n);

  const before = await budgets();
  expect(before).toHaveLength(4);
  expect(await run()).toEqual({ code: 0, out: 'Every settled campaign has its budgets.', err: '' });
  expect(await budgets()).toEqual(before);
  await hands.payOut(payeeId, 'milestone:1', 10_500n);
  await hands.payOut(payeeId, 'milestone:2', 7_000n);
  expect((await world.books(story.campaign)).find((row) => row.startsWith('payable'))).toBe(
    'payable {campaign} fen: in 80004 out 80004 pending 0 left 0',
  );
  await world.expectSound();
}, 120_000);
