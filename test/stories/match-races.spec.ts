import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { poolSums } from '../support/match-pools.js';
import { MatchStory } from '../support/match-story.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const rounds = [1, 2, 3, 4, 5, 6];

/** A milestone of a fifth of the money is cancelled, and nobody has planned yet who gets what of it back. */
async function cancelled(story: MatchStory): Promise<void> {
  await story.hands.decide({ kind: 'cancel', part: 'milestone:2' });
}

/** All at once, on connections of their own. What was refused is told by its code. */
async function race(...acts: (() => Promise<void>)[]): Promise<string[]> {
  const ends = await Promise.allSettled(acts.map((act) => act()));
  return ends.map((end) =>
    end.status === 'fulfilled' ? 'done' : String((end.reason as Error & { code: string }).code),
  );
}

describe('a plan of refunds and the receipt of a donor that meet', () => {
  it.each(rounds)('at its confirmation come to one result, whoever is first (%i)', async () => {
    const story = await MatchStory.start(world);
    await story.enter(45_003n);
    await cancelled(story);
    const refunds = () => story.hands.runRefunds();
    const confirm = () => story.confirm();
    const ends = await race(refunds, confirm, refunds, confirm);
    expect(ends.filter((_, at) => at % 2 === 0)).toEqual(['done', 'done']);
    expect(ends.filter((_, at) => at % 2 === 1).sort()).toEqual(['done', 'state_conflict']);
    expect(await story.bindingRow()).toBe('received 45003 9000 45003');
    expect(await story.lines()).toEqual(['0 0 unmatched', '30000 6000 confirmed', '15003 3000 confirmed']);
    expect(await story.matchedParts()).toEqual(['matched 45003 0 9000', 'returned_match 9000 0 0']);
    expect(await poolSums(world.sql, story.poolId)).toEqual({
      ...{ reserved: '36003', released: '9000', spent: '36003' },
    });
  });

  it.each(rounds)('at its entry leave either the whole receipt or the lower sum due (%i)', async () => {
    const story = await MatchStory.start(world);
    await cancelled(story);
    const [, entered] = await race(
      () => story.hands.runRefunds(),
      () => story.enter(45_003n),
    );
    const isEntered = entered === 'done';
    expect(isEntered || entered === 'match_receipt_invalid').toBe(true);
    expect(await story.bindingRow()).toBe(`${isEntered ? 'receipt_entered' : 'due'} 45003 9000 0`);
    await (isEntered ? story.confirm() : story.receive(36_003n));
    expect(await story.matchedParts()).toEqual(
      isEntered ? ['matched 45003 0 9000', 'returned_match 9000 0 0'] : ['matched 36003 0 0'],
    );
  });

  it.each(rounds)('at a write-off owe the donor nothing that did not come (%i)', async () => {
    const story = await MatchStory.start(world);
    await cancelled(story);
    const [refunds, writeOff] = await race(
      () => story.hands.runRefunds(),
      () => story.writeOff('街道不再拨付'),
    );
    expect([refunds, writeOff]).toEqual(['done', 'done']);
    expect(await story.bindingRow()).toBe('written_off 45003 45003 0');
    expect(await poolSums(world.sql, story.poolId)).toEqual({ reserved: '0', released: '45003', spent: '0' });
    expect(await story.matchedParts()).toEqual([]);
  });
});
