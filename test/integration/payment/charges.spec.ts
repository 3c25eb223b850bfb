import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckCharge, CloseCharges, OpenCharge, PlaceCharge, ReadCharge, type Charge } from '@hehuo/payment';
import { id, nowMs, World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await new World().start();
});
afterAll(() => world.stop());
afterEach(async () => {
  await world.faults();
  expect(await world.breaches()).toEqual([]);
});

const read = async (charge: Charge) =>
  (await world.get(ReadCharge).execute(charge.payerId, charge.id)).charge;
const paid = async (charge: Charge) => (await read(charge)).state === 'succeeded';
const settled = async (charge: Charge) =>
  (await world.get(ReadCharge).execute(charge.payerId, charge.id)).status === 'returned';

describe('a payment', () => {
  it('is placed, paid, told by a callback and booked once to the fen', async () => {
    const pledge = await world.pledge(360_000n);
    const before = await world.balance('escrow', world.campaignId);
    const charge = await world.charge(pledge, { returnPath: '/campaigns/x' });
    expect([charge.state, charge.payUrl?.startsWith(world.sandboxUrl)]).toEqual(['pending', true]);
    await world.pay(charge);
    await world.until('the charge is booked', () => paid(charge));
    expect((await world.pledgeRow(pledge)).winner).toBe(charge.id);
    expect((await world.balance('escrow', world.campaignId)) - before).toBe(360_000n);
  });

  it('has one charge in flight, and one operation is one charge', async () => {
    const pledge = await world.pledge();
    const wish = world.wish(pledge);
    const opened = await Promise.all(Array.from({ length: 12 }, () => world.get(OpenCharge).execute(wish)));
    expect(new Set(opened.map(({ charge }) => charge.id)).size).toBe(1);
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
    const tabs = Array.from({ length: 6 }, () => world.get(OpenCharge).execute(world.wish(pledge)));
    expect(new Set((await Promise.all(tabs)).map(({ charge }) => charge.id)).size).toBe(1);
    await expect(world.get(OpenCharge).execute({ ...wish, amount: 1n })).rejects.toMatchObject({
      code: 'charge_operation_reused',
    });
    await expect(world.get(OpenCharge).execute(world.wish(pledge, { amount: 1n }))).rejects.toMatchObject({
      code: 'charge_in_flight',
    });
  });

  it('may be tried anew: the first order is closed before the second goes out', async () => {
    const pledge = await world.pledge();
    const first = await world.charge(pledge);
    const second = await world.charge(pledge, { newTry: true });
    expect(second.id).not.toBe(first.id);
    expect((await read(first)).state).toBe('closed');
    expect((await world.pay(first)).status).toBe(409);
    await world.pay(second);
    await world.until('the second is booked', () => paid(second));
    await expect(world.charge(pledge)).rejects.toMatchObject({ code: 'charge_already_paid' });
  });

  it('paid twice, in two tabs: one wins, the other goes back by itself', async () => {
    const pledge = await world.pledge(7_700n);
    const first = await world.charge(pledge);
    await world.faults({ match: { operation: 'close-order' }, fault: 'reject' });
    const second = await world.charge(pledge, { newTry: true });
    await world.faults();
    await world.pay(first);
    await world.pay(second);
    await world.until('both are booked', async () => (await paid(first)) && (await paid(second)));
    const states = [await read(first), await read(second)].map(({ bookedAs }) => bookedAs).sort();
    expect(states).toEqual(['escrow', 'excess']);
    const loser = (await read(first)).bookedAs === 'excess' ? first : second;
    await world.until('the second sum is back', () => settled(loser));
    expect((await world.pledgeRow(pledge)).returned).toBe(7_700n);
    expect(await world.balance('excess', world.campaignId)).toBe(0n);
  });

  it('that comes after its pledge is closed goes back, and changes nothing else', async () => {
    const pledge = await world.pledge();
    const charge = await world.charge(pledge);
    await world.closePledge(pledge);
    await world.pay(charge);
    await world.until('it is back', () => settled(charge));
    expect((await world.pledgeRow(pledge)).winner).toBeNull();
  });

  it('is found without any callback', async () => {
    const charge = await world.charge(await world.pledge());
    await world.faults({ match: { operation: 'callback', orderNo: charge.number }, fault: 'drop-callback' });
    await world.pay(charge);
    expect(await world.get(CheckCharge).onDemand(charge.id)).toBe(true);
    expect(await world.get(CheckCharge).onDemand(charge.id)).toBe(false);
    expect((await read(charge)).state).toBe('succeeded');
  });

  it('is refused for good or not at all: a refusal fails, a later payment of it still counts', async () => {
    const pledge = await world.pledge();
    await world.faults({ match: { operation: 'create-order' }, fault: 'reject', times: 1 });
    const charge = await world.charge(pledge);
    expect([charge.state, charge.refusal]).toEqual(['failed', 'rejected']);
    const next = await world.charge(pledge);
    expect(next.state).toBe('pending');
  });
});

describe('lost answers', () => {
  it.each([
    'apply-then-timeout',
    'error-500-after-apply',
    'garbage-after-apply',
    'bad-response-signature-after-apply',
    'rate-limited',
    'callback-before-response',
  ])(
    '%s on creation: unknown is asked about, sent again under the same number, charged once',
    async (fault) => {
      const pledge = await world.pledge();
      await world.faults({ match: { operation: 'create-order' }, fault, times: 1, delayMs: 1_500 });
      let charge = await world.charge(pledge);
      await world.faults();
      if (fault !== 'callback-before-response') {
        expect(charge.state).toBe('unknown');
        await world.pass(40);
        await world.until('the payment page is known', async () => (await read(charge)).payUrl !== null);
        charge = await read(charge);
        expect(charge.state).toBe('pending');
      }
      await world.pay(charge);
      await world.until('it is booked', () => paid(charge));
      const { body } = await world.sandbox('GET', `/orders/${charge.number}`);
      expect(body).toMatchObject({ state: 'paid', amountFen: '10000' });
    },
  );

  it('an order that the gateway makes only later is one order', async () => {
    const pledge = await world.pledge();
    await world.faults({
      ...{ match: { operation: 'create-order' }, fault: 'timeout-then-apply-later' },
      ...{ times: 1, delayMs: 1_100, laterMs: 300 },
    });
    const charge = await world.charge(pledge);
    expect(charge.state).toBe('unknown');
    await world.pass(40);
    await world.sweep();
    expect((await read(charge)).state).toBe('pending');
    await world.pay(charge);
    await world.until('it is booked', () => paid(charge));
  });

  it('a query that does not find a paid order for a while fails nothing', async () => {
    const charge = await world.charge(await world.pledge());
    await world.faults(
      { match: { operation: 'query-order' }, fault: 'not-found-for', delayMs: 60_000 },
      { match: { operation: 'callback' }, fault: 'duplicate-callback', count: 3 },
    );
    await world.pay(charge);
    for (let round = 0; round < 4; round += 1) {
      await world.pass(40);
      await world.sweep();
    }
    expect((await read(charge)).state).toBe('pending');
    await world.faults();
    await world.pass(400);
    await world.until('it is booked', () => paid(charge));
  });

  it('closed and then paid all the same, without a word, is found and booked: success outranks', async () => {
    const charge = await world.charge(await world.pledge());
    await world.faults(
      { match: { operation: 'close-order' }, fault: 'late-success', delayMs: 100 },
      { match: { operation: 'callback' }, fault: 'drop-callback' },
    );
    await world.get(CloseCharges).execute(world.campaignId);
    await world.sweep();
    expect((await read(charge)).state).toBe('closed');
    await world.eventually('the gateway has it paid', async () => {
      return (await world.sandbox('GET', `/orders/${charge.number}`)).body['state'] === 'paid';
    });
    await world.pass(20);
    await world.until('the late success is booked', () => paid(charge));
  });
});

describe('the end of collection', () => {
  it('closes every order of the campaign, and pays nothing afterwards', async () => {
    const sent = await world.charge(await world.pledge());
    const { charge: unsent } = await world.get(OpenCharge).execute(world.wish(await world.pledge()));
    const { inFlight } = await world.get(CloseCharges).execute(world.campaignId);
    expect(inFlight).toBeGreaterThanOrEqual(1);
    expect((await read(unsent)).state).toBe('closed');
    await world.until('nothing is in flight', async () => {
      return (await world.get(CloseCharges).execute(world.campaignId)).inFlight === 0;
    });
    expect((await read(sent)).state).toBe('closed');
    expect((await world.pay(sent)).status).toBe(409);
    expect((await world.get(PlaceCharge).execute(unsent.id)).state).toBe('closed');
  });

  it('comes by itself when the time to pay is over', async () => {
    const charge = await world.charge(await world.pledge());
    await world.expire(charge);
    await world.until('it is closed', async () => (await read(charge)).state === 'closed');
    expect(await world.get(ReadCharge).execute(charge.payerId, charge.id)).toMatchObject({
      status: 'not_paid',
    });
  });
});

describe('what cannot be opened', () => {
  it('is refused with its reason', async () => {
    const pledge = await world.pledge();
    const open = (over: object) => world.get(OpenCharge).execute(world.wish(pledge, over));
    const soon = new Date(nowMs() + 5_000);
    const far = new Date(nowMs() + 91 * 86_400_000);
    for (const over of [
      ...[{ amount: 0n }, { amount: -1n }, { description: '' }, { description: 'x'.repeat(121) }],
      ...[{ operationId: 'a b' }, { returnPath: '//evil.example' }, { returnPath: 'https://evil.example' }],
      { payBy: far },
    ]) {
      await expect(open(over)).rejects.toMatchObject({ code: 'charge_invalid' });
    }
    await expect(open({ payBy: soon })).rejects.toMatchObject({ code: 'charge_too_late' });
    await expect(open({ custodyAccountId: id('cus') })).rejects.toMatchObject({
      code: 'custody_account_not_active',
    });
    await expect(open({ communityId: id('com') })).rejects.toMatchObject({
      code: 'custody_account_not_active',
    });
    await expect(world.get(ReadCharge).execute(id('per'), id('chg'))).rejects.toMatchObject({
      code: 'charge_not_found',
    });
  });
});

describe('in the end', () => {
  it('the gateway’s books and ours say the same', async () => {
    const { theirs, ours, inTransit } = await world.audit();
    expect([ours, inTransit]).toEqual([theirs, '0']);
  });
});
