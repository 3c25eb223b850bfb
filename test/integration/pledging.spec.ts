import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { WithdrawPledge } from '@hehuo/campaign';
import { openCampaign } from '../support/open-campaign.js';
import { line, moveDeadline, settledCodes } from '../support/pledging.js';
import { actorOf, World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());
afterEach(() => world.expectSound());

const reserved = async (askId: string): Promise<string | undefined> =>
  (
    await world.db.database.row<{ reserved: string }>('SELECT reserved FROM ask_intake WHERE ask_id = ?', [
      askId,
    ])
  )?.reserved;
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
      { kind: 'money', quantity: 100n, state: 'promised' },
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

  it('takes a hundred promises of one person to one ask, withdrawn ones too, and no more', async () => {
    const campaign = await openCampaign(world.db.database, { asks: [{ kind: 'goods' }] });
    const person = campaign.people[0]!;
    const promise = () => world.pledge({ person, ...line(campaign) });
    const results = await Promise.allSettled(Array.from({ length: 104 }, promise));
    expect(settledCodes(results)).toEqual({ taken: 100, pledge_too_many: 4 });
    await expect(promise()).rejects.toMatchObject({ code: 'pledge_too_many', details: { limit: 100 } });
    await world.db.database.change(
      "UPDATE pledge SET state = 'withdrawn' WHERE id = (SELECT id FROM (SELECT MAX(id) AS id FROM pledge WHERE person_id = ?) AS last)",
      [person],
    );
    await expect(promise()).rejects.toMatchObject({ code: 'pledge_too_many' });
    await world.db.database.change(
      "UPDATE pledge SET state = 'promised' WHERE state = 'withdrawn' AND person_id = ?",
      [person],
    );
    expect(await world.pledge({ person: campaign.people[1]!, ...line(campaign) })).toMatchObject({
      state: 'promised',
    });
  });

  it('takes no money below one yuan, unless that is all that is left', async () => {
    const campaign = await openCampaign(world.db.database, {
      asks: [{ kind: 'money', cap: 250n }],
      paymentMode: 'pay_on_success',
    });
    const give = (quantity: bigint) =>
      world.pledge({ person: campaign.people[0]!, ...line(campaign), quantity });
    await expect(give(99n)).rejects.toMatchObject({ code: 'pledge_too_small', details: { least: '100' } });
    await give(100n);
    await give(100n);
    await expect(give(49n)).rejects.toMatchObject({ code: 'pledge_too_small', details: { least: '50' } });
    expect(await give(50n)).toMatchObject({ quantity: 50n });
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
    await moveDeadline(world, campaign.campaignId, 0);
    await expect(
      world.get(WithdrawPledge).execute({ actor: actorOf(person), pledgeId: pledge.id }),
    ).rejects.toMatchObject({
      code: 'pledge_not_withdrawable',
    });
  });
});
