import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { checkInvariants } from '@hehuo/platform';
import { SETTLEMENT_INVARIANTS, TakeMatchMoney } from '@hehuo/settlement';
import { partOf, sabotage } from '../faults/sabotage.js';
import { MatchStory } from '../support/match-story.js';
import { StoryWorld } from './story-world.js';

// Takes the protection away that the invariant watches: what is owed to a donor is left among what may be spent.

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());

const forgotten: string[] = [];
const found = async (): Promise<string[]> => {
  const breaches = await checkInvariants(world.sql, SETTLEMENT_INVARIANTS);
  return breaches.flatMap(({ invariant, rows }) => rows.map((row) => `${invariant} ${row['campaign_id']}`));
};

it.each<[string, (story: MatchStory) => Promise<void>]>([
  [
    'that came before its payers had their money back',
    async (story) => {
      await story.receive(45_003n);
      await story.cancel(2);
    },
  ],
  [
    'that came afterwards',
    async (story) => {
      await story.enter(45_003n);
      await story.cancel(2);
      await story.confirm();
    },
  ],
])('the audit finds matched money that is not kept for its donor, %s', async (_when, play) => {
  const story = await MatchStory.start(world);
  expect(await found()).toEqual(forgotten);
  const milestones = partOf<{ returnMatched(): Promise<void> }>(world.get(TakeMatchMoney), 'milestones');
  sabotage(milestones, { returnMatched: () => Promise.resolve() });
  await play(story);
  Reflect.deleteProperty(milestones, 'returnMatched');
  forgotten.push(`settlement.returned-match ${story.campaign.campaignId}`);
  expect((await found()).sort()).toEqual([...forgotten].sort());
});
