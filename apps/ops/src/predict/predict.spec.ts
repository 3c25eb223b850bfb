import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CancelCampaign, CloseCampaign, DecideCampaign, EndCollection } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import {
  moveDeadlineOf,
  openCampaign,
  type CampaignFixture,
} from '../../../../test/support/open-campaign.js';
import { actorOf, pledgeThrough } from '../../../../test/support/world.js';
import { ops, settingsOn } from '../../test/run.js';
import { withPlatform, type Platform } from '../platform.js';

let world: TestDatabase;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  world = await createTestDatabase();
  environment = settingsOn(world);
});
afterAll(() => world.drop());

const on = <T>(work: (platform: Platform) => Promise<T>): Promise<T> =>
  withPlatform('test', environment, work);
const predict = async (campaignId: string): Promise<string> => {
  const { code, out, err } = await ops(['predict', campaignId], environment);
  expect([code, err]).toEqual([0, '']);
  return out;
};
/** One neighbour promised three of what is asked for. */
async function promised(fixture: CampaignFixture) {
  const campaign = await openCampaign(world.database, fixture);
  const { id: askId, kind } = campaign.asks[0]!;
  await on((platform) =>
    pledgeThrough((token) => platform.get(token), {
      ...{ person: campaign.people[0]!, campaignId: campaign.campaignId, askId, kind, quantity: 300n },
    }),
  );
  return campaign;
}
async function decide(campaignId: Id<'cmp'>): Promise<void> {
  await moveDeadlineOf(world.database, campaignId, 0);
  await on(async (platform) => {
    expect(await platform.get(CloseCampaign).execute(campaignId)).toBe(true);
    await platform.get(DecideCampaign).execute(campaignId);
  });
}

describe('ops predict', () => {
  it.each([
    [300n, 'succeed', 'succeeded', 'met'],
    [301n, 'fail', 'failed', 'short by 1'],
  ])(
    'of a minimum of %i says that it would %s, and afterwards that it %s',
    async (minimum, would, was, ask) => {
      const { campaignId, asks } = await promised({ asks: [{ kind: 'goods', minimum }] });
      const before = await predict(campaignId);
      expect(before).toMatch(new RegExp(`if it closed now[^]*${ask}[^]*: it would ${would}\\.$`));
      await decide(campaignId);
      // What is counted afterwards changes nothing about what was decided.
      await world.database.change('UPDATE ask_intake SET reserved = 0 WHERE ask_id = ?', [asks[0]!.id]);
      const after = await predict(campaignId);
      expect(after).toMatch(new RegExp(`as decided[^]*${ask}[^]*Decided at 20.*Z: it ${was}\\.$`));
      expect(after).not.toMatch(/would|closed now/);
    },
  );

  it('tells both decisions of a collection apart', async () => {
    const { campaignId } = await promised({
      asks: [{ kind: 'money', minimum: 100n }],
      paymentMode: 'pay_on_success',
    });
    await decide(campaignId);
    const between = await predict(campaignId);
    expect(between).toMatch(
      /Decided at .*: the goal was reached, and what .* is collected\.\nAt .*: it would fail\.$/,
    );
    await world.database.change('UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3) WHERE id = ?', [
      campaignId,
    ]);
    await on((platform) => platform.get(EndCollection).execute(campaignId));
    const after = await predict(campaignId);
    expect(after).toMatch(/Decided at .*: it failed\.$/);
    expect(after).not.toContain('would');
  });

  it('says that a campaign was cancelled', async () => {
    const { campaignId, communityId } = await promised({ asks: [{ kind: 'goods', minimum: 1n }] });
    const actor = actorOf('per_staff' as Id<'per'>, { roles: [{ role: 'community_staff', communityId }] });
    await on((platform) => platform.get(CancelCampaign).execute({ actor, campaignId, reason: '改期再办' }));
    expect(await predict(campaignId)).toMatch(/as decided[^]*Decided at .*: it was cancelled\.$/);
  });
});
