import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CloseCampaign,
  DecideCampaign,
  EndCollection,
  ForecastCampaign,
  PledgeFunds,
  WithdrawPledge,
} from '@hehuo/campaign';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { openCampaign, type OpenCampaign } from '../support/open-campaign.js';
import { actorOf, World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const settledCodes = (results: readonly PromiseSettledResult<unknown>[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const result of results) {
    const code = result.status === 'fulfilled' ? 'taken' : String((result.reason as { code?: string }).code);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
};
const line = (campaign: OpenCampaign, index = 0) => {
  const ask = campaign.asks[index]!;
  return { campaignId: campaign.campaignId, askId: ask.id, kind: ask.kind };
};
const reserved = async (askId: string): Promise<string | undefined> =>
  (
    await world.db.database.row<{ reserved: string }>('SELECT reserved FROM ask_intake WHERE ask_id = ?', [
      askId,
    ])
  )?.reserved;
const moveDeadline = async (campaignId: string, seconds: number): Promise<void> => {
  for (const [table, column] of [
    ['intake', 'campaign_id'],
    ['campaign', 'id'],
  ]) {
    await world.db.database.change(
      `UPDATE ${table} SET deadline = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE ${column} = ?`,
      [seconds, campaignId],
    );
  }
};

describe('pledging', () => {
  it('takes each of the six kinds in its own unit', async () => {
    const campaign = await openCampaign(world.db.database, {
      asks: [
        { kind: 'skilled_work', slots: [2] },
        { kind: 'labour', slots: [5] },
        { kind: 'goods' },
        { kind: 'money' },
        { kind: 'planning' },
        { kind: 'attention' },
      ],
      paymentMode: 'pay_on_success',
    });
    const person = campaign.people[1]!;
    const taken = [];
    for (const [index, ask] of campaign.asks.entries()) {
      const [slotId] = ask.slots;
      taken.push(
        await world.pledge({ person, ...line(campaign, index), ...(slotId ? { slotId, places: 2 } : {}) }),
      );
    }
    expect(taken.map(({ kind, quantity, state }) => ({ kind, quantity, state }))).toEqual([
      { kind: 'skilled_work', quantity: 240n, state: 'promised' },
      { kind: 'labour', quantity: 240n, state: 'promised' },
      { kind: 'goods', quantity: 1n, state: 'promised' },
      { kind: 'money', quantity: 1n, state: 'promised' },
      { kind: 'planning', quantity: 1n, state: 'promised' },
      { kind: 'attention', quantity: 1n, state: 'promised' },
    ]);
  });

  it('answers a repeated key with the first pledge, also at once, and refuses it for another body', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }] });
    const ask = { person: campaign.people[0]!, ...line(campaign), key: 'the-same-key' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.pledge(ask)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await reserved(ask.askId)).toBe('1');
    await expect(world.pledge({ ...ask, quantity: 2n })).rejects.toMatchObject({ code: 'pledge_key_reused' });
    const other = await world.pledge({ ...ask, person: campaign.people[1]! });
    expect(other.id).not.toBe(answers[0]?.id);
  });

  it('lets one of fifty callers have the last unit', async () => {
    const campaign = await openCampaign(world.db.database, {
      asks: [{ kind: 'goods', cap: 1n }],
      people: 50,
    });
    const results = await Promise.allSettled(
      campaign.people.map((person) => world.pledge({ person, ...line(campaign) })),
    );
    expect(settledCodes(results)).toEqual({ taken: 1, pledge_full: 49 });
  });

  it('lets fifty callers have the five places of a slot once', async () => {
    const campaign = await openCampaign(world.db.database, {
      asks: [{ kind: 'labour', slots: [5] }],
      people: 50,
    });
    const slotId = campaign.asks[0]!.slots[0]!;
    const results = await Promise.allSettled(
      campaign.people.map((person) => world.pledge({ person, ...line(campaign), slotId })),
    );
    expect(settledCodes(results)).toEqual({ taken: 5, pledge_slot_full: 45 });
  });

  it('keeps a limit a person, whatever they send at once', async () => {
    const campaign = await openCampaign(world.db.database, {
      asks: [{ kind: 'money', perPersonMax: 300n }],
      paymentMode: 'pay_on_success',
    });
    const person = campaign.people[0]!;
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => world.pledge({ person, ...line(campaign), quantity: 100n })),
    );
    expect(settledCodes(results)).toEqual({ taken: 3, pledge_over_limit: 7 });
  });

  it('refuses somebody who is not verified here', async () => {
    const here = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }] });
    const elsewhere = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }] });
    await expect(world.pledge({ person: elsewhere.people[0]!, ...line(here) })).rejects.toMatchObject({
      code: 'pledge_not_eligible',
    });
  });

  it('raises one task to convene a meeting when enough households gave their attention', async () => {
    const campaign = await openCampaign(world.db.database, {
      asks: [{ kind: 'attention', minimum: 3n }],
      people: 10,
    });
    await Promise.all(campaign.people.map((person) => world.pledge({ person, ...line(campaign) })));
    const tasks = await world.db.database.rows('SELECT kind FROM task WHERE campaign_id = ?', [
      campaign.campaignId,
    ]);
    expect(tasks).toEqual([{ kind: 'convene_meeting' }]);
  });
});

describe('withdrawing', () => {
  it('gives the place back once, whoever asks again', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'labour', slots: [1] }] });
    const [person, other] = campaign.people;
    const slotId = campaign.asks[0]!.slots[0]!;
    const pledge = await world.pledge({ person: person!, ...line(campaign), slotId });
    const withdraw = () =>
      world.get(WithdrawPledge).execute({ actor: actorOf(person!), pledgeId: pledge.id });
    const results = await Promise.all(Array.from({ length: 10 }, withdraw));
    expect(results.every(({ state }) => state === 'withdrawn')).toBe(true);
    expect((await world.pledge({ person: other!, ...line(campaign), slotId })).state).toBe('promised');
    const stranger = world.get(WithdrawPledge).execute({ actor: actorOf(other!), pledgeId: pledge.id });
    await expect(stranger).rejects.toMatchObject({ code: 'pledge_not_found' });
  });

  it('lights the window again after it was put out', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'attention' }] });
    const person = campaign.people[0]!;
    const pledge = await world.pledge({ person, ...line(campaign) });
    await expect(world.pledge({ person, ...line(campaign) })).rejects.toMatchObject({
      code: 'pledge_already_made',
    });
    await world.get(WithdrawPledge).execute({ actor: actorOf(person), pledgeId: pledge.id });
    expect((await world.pledge({ person, ...line(campaign) })).state).toBe('promised');
  });

  it('is over when the campaign is', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }] });
    const person = campaign.people[0]!;
    const pledge = await world.pledge({ person, ...line(campaign) });
    await moveDeadline(campaign.campaignId, 0);
    await expect(
      world.get(WithdrawPledge).execute({ actor: actorOf(person), pledgeId: pledge.id }),
    ).rejects.toMatchObject({
      code: 'pledge_not_withdrawable',
    });
  });
});

describe('closing', () => {
  const close = (id: Id<'cmp'>) => world.get(CloseCampaign).execute(id);
  const decide = (id: Id<'cmp'>) => world.get(DecideCampaign).execute(id);

  it('does nothing before the instant and happens once after it', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }] });
    expect(await close(campaign.campaignId)).toBe(false);
    await moveDeadline(campaign.campaignId, 0);
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
    await moveDeadline(campaign.campaignId, 0);
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
    await moveDeadline(campaign.campaignId, 0);
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
    await moveDeadline(campaign.campaignId, 0);
    await world.get(CloseCampaign).execute(campaign.campaignId);
    expect(await world.get(DecideCampaign).execute(campaign.campaignId)).toBe('collecting');
    return { campaign, pledges };
  };
  const pay = (pledgeId: Id<'plg'>, chargeId: Id<'chg'>) =>
    world
      .get(UnitOfWork)
      .run((tx) => world.get(PledgeFunds).hold(tx, { pledgeId, chargeId, paidAt: new Date() }));
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
