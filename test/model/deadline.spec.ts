import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CloseCampaign } from '@hehuo/campaign';
import { Database } from '@hehuo/platform';
import fc from 'fast-check';
import { openCampaign } from '../support/open-campaign.js';
import { World } from '../support/world.js';

// One connection only, so that the session whose clock is set is the one that every statement runs in.
let world: World;
beforeAll(async () => {
  world = await World.start({ poolMax: 1 });
});
afterAll(() => world.stop());

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 11, 31, 15, 59, 59, 0);

/** Stands the database's clock still at an instant; null lets it run again. */
const setClock = async (atMs: number | null): Promise<void> => {
  await world
    .get(Database)
    .change(`SET SESSION timestamp = ${atMs === null ? 'DEFAULT' : (atMs / 1000).toFixed(3)}`);
};

describe('the instant of the deadline', () => {
  it('takes a pledge up to the last millisecond before it, and closes from the instant on', async () => {
    const offsets = fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -dayMs, max: dayMs }));
    const deadlines = fc.integer({ min: startMs, max: startMs + dayMs });
    await fc.assert(
      fc.asyncProperty(deadlines, offsets, async (deadlineMs, offsetMs) => {
        await setClock(null);
        const { campaignId, asks, people } = await openCampaign(world.get(Database), {
          asks: [{ kind: 'goods' }],
          people: 1,
        });
        const deadline = new Date(deadlineMs);
        await world
          .get(Database)
          .change('UPDATE intake SET deadline = ? WHERE campaign_id = ?', [deadline, campaignId]);
        await setClock(deadlineMs + offsetMs);
        const taken = await world
          .pledge({ person: people[0]!, campaignId, askId: asks[0]!.id, kind: 'goods' })
          .then(
            () => 'taken',
            (error: { code: string }) => error.code,
          );
        const closed = await world.get(CloseCampaign).execute(campaignId);
        expect({ offsetMs, taken, closed }).toEqual(
          offsetMs < 0
            ? { offsetMs, taken: 'taken', closed: false }
            : { offsetMs, taken: 'pledging_closed', closed: true },
        );
      }),
      { numRuns: 60 },
    );
    await setClock(null);
  });
});
