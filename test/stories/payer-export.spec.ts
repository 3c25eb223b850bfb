import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ExportMyData } from '@hehuo/identity';
import { MatchStory } from '../support/match-story.js';
import { actorOf } from '../support/world.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());

it('a payer’s export says what came back of the own money and of its match', async () => {
  const story = await MatchStory.start(world);
  const [, payer] = story.campaign.people;
  const exported = async () =>
    (await world.get(ExportMyData).execute({ actor: actorOf(payer!) })).data as {
      readonly money: { readonly payments: readonly object[]; readonly refunds: readonly object[] };
      readonly campaigns: { readonly matches: readonly object[] };
    };
  const before = await exported();
  expect(before.money).toMatchObject({ payments: [{ amount: '10000', state: 'succeeded' }], refunds: [] });
  expect(before.campaigns.matches).toMatchObject([{ amount: '30000', returned: '0' }]);
  await story.cancel(2);
  const back = "SELECT COUNT(*) AS n FROM refund WHERE campaign_id = ? AND state = 'done'";
  await world.until('the third milestone is back with its payers', async () => {
    const row = await world.sql.row<{ n: string }>(back, [story.campaign.campaignId]);
    return Number(row?.n) === 3;
  });
  const after = await exported();
  expect(after.money.refunds).toMatchObject([{ amount: '2000', state: 'done' }]);
  expect(after.campaigns.matches).toMatchObject([{ amount: '30000', returned: '6000' }]);
  for (const other of story.campaign.people.filter((person) => person !== payer)) {
    expect(JSON.stringify(after)).not.toContain(other);
  }
  await world.expectSound();
});
