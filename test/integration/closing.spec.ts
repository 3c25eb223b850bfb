import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CloseCampaign, DecideCampaign, EndCollection, ForecastCampaign, PledgeFunds } from '@hehuo/campaign';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { SystemClock } from '@hehuo/platform';
import { openCampaign } from '../support/open-campaign.js';
import { line, moveDeadline, settledCodes } from '../support/pledging.js';
import { World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

describe('closing', () => {
  const close = (id: Id<'cmp'>) => world.get(CloseCampaign).execute(id);
  const decide = (id: Id<'cmp'>) => world.get(DecideCampaign).execute(id);

  it('does nothing before the instant and happens once after it', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }] });
    expect(await close(campaign.campaignId)).toBe(false);
    await moveDeadline(world, campaign.campaignId, 0);
    const tries = await Promise.all(Array.from({ length: 8 }, () => close(campaign.campaignId)));
    expect(tries.filter(Boolean)).toHaveLength(1);
  });

  it('decides on exactly what was admitted while pledges and the closer race', async () => {
    const campaign = await openCampaign(world.db.database, {
      asks: [{ kind: 'goods', minimum: 1n }],
      people: 60,
      deadlineSeconds: 1,
    });
    let closed = false;
    const results: PromiseSettledResult<unknown>[] = [];
    const hammer = async (person: Id<'per'>): Promise<void> => {
      while (!closed)
        results.push(...(await Promise.allSettled([world.pledge({ person, ...line(campaign) })])));
    };
    const hammers = Promise.all(campaign.people.map(hammer));
    while (!(await close(campaign.campaignId)));
    const outcome = await decide(campaign.campaignId);
    closed = true;
    await hammers;
    const { taken, pledging_closed: refused } = settledCodes(results);
    const snapshot = await world.db.database.row<{ pledges: string }>(
      'SELECT pledges FROM campaign_snapshot WHERE campaign_id = ?',
      [campaign.campaignId],
    );
    expect(outcome).toBe('succeeded');
    expect(snapshot?.pledges).toBe(String(taken));
    expect(refused).toBeGreaterThan(0);
  });

  it('fails when a required ask is short by one, and tells so in the forecast beforehand', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'goods', minimum: 3n }] });
    await world.pledge({ person: campaign.people[0]!, ...line(campaign), quantity: 2n });
    const forecast = await world.get(ForecastCampaign).execute(campaign.campaignId);
    expect([forecast.outcome, forecast.asks[0]?.short]).toEqual(['failed', 1n]);
    await moveDeadline(world, campaign.campaignId, 0);
    await close(campaign.campaignId);
    const answers = await Promise.all(Array.from({ length: 5 }, () => decide(campaign.campaignId)));
    expect(answers.sort()).toEqual(['failed', 'not_due', 'not_due', 'not_due', 'not_due']);
  });

  it('halts instead of deciding when the counters and the pledges disagree', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }] });
    await world.pledge({ person: campaign.people[0]!, ...line(campaign) });
    await world.db.database.change('UPDATE ask_intake SET reserved = 5 WHERE ask_id = ?', [
      campaign.asks[0]!.id,
    ]);
    await moveDeadline(world, campaign.campaignId, 0);
    await close(campaign.campaignId);
    expect(await decide(campaign.campaignId)).toBe('not_due');
    const row = await world.db.database.row<{ state: string; halted_reason: string }>(
      'SELECT state, halted_reason FROM campaign WHERE id = ?',
      [campaign.campaignId],
    );
    expect(row).toMatchObject({ state: 'closing', halted_reason: expect.stringContaining('do not agree') });
    await world.db.database.change('UPDATE ask_intake SET reserved = 1 WHERE ask_id = ?', [
      campaign.asks[0]!.id,
    ]);
  });
});

describe('collecting', () => {
  const promised = async () => {
    const campaign = await openCampaign(world.db.database, {
      asks: [{ kind: 'money', minimum: 200n }],
      paymentMode: 'pay_on_success',
    });
    const pledges = [];
    for (const person of campaign.people)
      pledges.push(await world.pledge({ person, ...line(campaign), quantity: 100n }));
    await moveDeadline(world, campaign.campaignId, 0);
    await world.get(CloseCampaign).execute(campaign.campaignId);
    expect(await world.get(DecideCampaign).execute(campaign.campaignId)).toBe('collecting');
    return { campaign, pledges };
  };
  const pay = (pledgeId: Id<'plg'>, chargeId: Id<'chg'>) =>
    world
      .get(UnitOfWork)
      .run((tx) => world.get(PledgeFunds).hold(tx, { pledgeId, chargeId, paidAt: new SystemClock().now() }));
  const end = (campaignId: Id<'cmp'>) => world.get(EndCollection).execute(campaignId);

  it('succeeds when enough paid, and drops whoever did not', async () => {
    const { campaign, pledges } = await promised();
    expect(await pay(pledges[0]!.id, 'chg_a')).toBe(true);
    expect(await pay(pledges[0]!.id, 'chg_b')).toBe(false);
    expect(await pay(pledges[1]!.id, 'chg_c')).toBe(true);
    expect(await end(campaign.campaignId)).toBe('not_due');
    await world.db.database.change('UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3) WHERE id = ?', [
      campaign.campaignId,
    ]);
    expect(await end(campaign.campaignId)).toBe('succeeded');
    expect(await pay(pledges[2]!.id, 'chg_d')).toBe(false);
    const states = await world.db.database.rows<{ state: string }>(
      'SELECT state FROM pledge WHERE campaign_id = ? ORDER BY id',
      [campaign.campaignId],
    );
    expect(states.map(({ state }) => state)).toEqual(['held', 'held', 'dropped']);
  });

  it('fails when too little arrived', async () => {
    const { campaign, pledges } = await promised();
    await pay(pledges[0]!.id, 'chg_e');
    await world.db.database.change('UPDATE campaign SET collection_ends_at = UTC_TIMESTAMP(3) WHERE id = ?', [
      campaign.campaignId,
    ]);
    expect(await end(campaign.campaignId)).toBe('failed');
  });

  it('ends early when everybody has paid', async () => {
    const { campaign, pledges } = await promised();
    for (const [i, { id }] of pledges.entries()) await pay(id, `chg_${i}`);
    expect(await end(campaign.campaignId)).toBe('succeeded');
  });
});
