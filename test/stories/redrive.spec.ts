import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pledge } from '@hehuo/campaign';
import { ops } from '../../apps/ops/test/run.js';
import type { OpenCampaign } from '../support/open-campaign.js';
import { line } from '../support/pledging.js';
import { StoryWorld } from './story-world.js';

let world: StoryWorld;
beforeAll(async () => {
  world = await StoryWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const redrive = (id: string) => ops(['redrive', id, '--reason', 'the bank repaired it'], world.environment);

/** Each command is a process of its own with all contexts: long where many work on the machine. */
const testMs = 120_000;
/** Two neighbours paid at once for a goal that is missed: both are owed their money. */
async function owed(): Promise<{ campaign: OpenCampaign; pledges: Pledge[] }> {
  const asks = [{ kind: 'money', minimum: 99_000n }] as const;
  const campaign = await world.campaign({ asks, paymentMode: 'pay_now', people: 2 });
  const pledges = [];
  for (const person of campaign.people) {
    const pledge = await world.pledge({ person, ...line(campaign), quantity: 10_000n });
    await world.pay(pledge);
    pledges.push(pledge);
  }
  await world.held(campaign, 2);
  return { campaign, pledges };
}

const stuckRefunds = ({ campaignId }: OpenCampaign) =>
  world.sql.rows<{ id: string }>(
    "SELECT id FROM refund WHERE campaign_id = ? AND state = 'needs_human' ORDER BY id",
    [campaignId],
  );
const stuckItems = ({ campaignId }: OpenCampaign) =>
  world.sql.rows<{ id: string }>(
    `SELECT i.pledge_id AS id FROM settlement_item i JOIN settlement_run r ON r.id = i.run_id
     WHERE r.campaign_id = ? AND i.state = 'needs_human'`,
    [campaignId],
  );

describe('ops redrive', () => {
  it(
    'sends a refund on that the gateway had refused for good, and the money arrives',
    async () => {
      const { campaign } = await owed();
      await world.faults({ match: { operation: 'refund' }, fault: 'refund-failed', times: 1 });
      await world.passDeadline(campaign);
      await world.until(
        'one refund waits for a human',
        async () => (await stuckRefunds(campaign)).length === 1,
      );
      await world.until('the other is done', async () => (await world.states(campaign)).includes('refunded'));
      expect(await world.outcome(campaign)).toBe('failed executing');
      const [refund] = await stuckRefunds(campaign);
      const { code, out, err } = await redrive(refund!.id);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain(`The refund ${refund!.id} is due`);
      await world.settled(campaign);
      expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
        'failed done',
        'refunded',
        'refunded',
      ]);
      const logged = await world.sql.row<{ actor: string; reason: string }>(
        "SELECT actor, reason FROM state_log WHERE object_id = ? AND event = 'redrive'",
        [refund!.id],
      );
      expect(logged).toEqual({ actor: 'ops:redrive', reason: 'the bank repaired it' });
      expect((await redrive(refund!.id)).code).toBe(1);
    },
    testMs,
  );

  it(
    'makes a stuck item of a settlement due again, which then comes to its end',
    async () => {
      const { campaign, pledges } = await owed();
      const bad = pledges[1]!;
      const { charge } = (await world.sql.row<{ charge: string }>(
        'SELECT winning_charge_id AS charge FROM pledge WHERE id = ?',
        [bad.id],
      ))!;
      await world.sql.change('UPDATE pledge SET winning_charge_id = NULL WHERE id = ?', [bad.id]);
      await world.passDeadline(campaign);
      await world.until('one item waits for a human', async () => (await stuckItems(campaign)).length === 1);
      await world.sql.change('UPDATE pledge SET winning_charge_id = ? WHERE id = ?', [charge, bad.id]);
      expect(await redrive(bad.id)).toMatchObject({ code: 0, out: expect.stringContaining('is due again') });
      expect(await stuckItems(campaign)).toEqual([]);
      await world.settled(campaign);
      expect([await world.outcome(campaign), ...(await world.states(campaign))]).toEqual([
        'failed done',
        'refunded',
        'refunded',
      ]);
    },
    testMs,
  );
});
