import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckCharge, CloseCharges, Gateways, PresentCharge, ReadBacklog, type Charge } from '@hehuo/payment';
import { AlipayWorld } from './alipay-world.js';

const world = new AlipayWorld();
beforeAll(() => world.startAlipay());
afterAll(() => world.stop());
afterEach(async () => {
  await world.faults();
  // Tests let hours go by at once; the sweeper of a worker would have come by meanwhile.
  await world.sweep();
  expect(await world.breaches()).toEqual([]);
});

const paid = async (charge: Charge) => (await world.stateOf(charge)) === 'succeeded';
const returned = async (charge: Charge) => (await world.view(charge)).status === 'returned';
const refundedAt = async (charge: Charge) =>
  (await world.sandbox('GET', `/orders/${charge.number}`)).body['refundedFen'];
const transfers = (charge: Charge) =>
  world.database.rows("SELECT id FROM ledger_transfer WHERE ref = ? AND reason = 'charge-paid'", [charge.id]);

describe('a payment by Alipay', () => {
  it.each(['page', 'phone', 'code'] as const)(
    'by %s is opened, paid, told by a notice and booked once',
    async (scene) => {
      const pledge = await world.pledge(8_888n);
      const charge = await world.charge(pledge, { scene, returnPath: '/campaigns/x' });
      expect([charge.state, charge.gateway, charge.scene]).toEqual(['pending', 'alipay', scene]);
      expect((await world.sandbox('GET', `/orders/${charge.number}`)).status).toBe(404);
      const kind = scene === 'code' ? 'code' : 'link';
      expect(await world.get(PresentCharge).execute(charge)).toMatchObject({ kind });
      const opened = await world.openPage(charge);
      expect([opened.status, opened.headers.get('location')]).toEqual([
        302,
        expect.stringContaining('/pay/C'),
      ]);
      await world.pay(charge);
      await world.eventually('the notice was taken', () =>
        world.inbox.answered.some(({ status, body }) => status === 200 && body.includes(charge.number)),
      );
      await world.until('the charge is booked', () => paid(charge));
      expect((await world.pledgeRow(pledge)).winner).toBe(charge.id);
      expect(await transfers(charge)).toHaveLength(1);
    },
  );

  it('is found by asking when no notice comes', async () => {
    const charge = await world.openCharge();
    await world.faults({ match: { operation: 'callback', orderNo: charge.number }, fault: 'drop-callback' });
    await world.pay(charge);
    expect(await world.get(CheckCharge).onDemand(charge.id)).toBe(true);
    expect(await world.stateOf(charge)).toBe('succeeded');
  });

  it('whose page nobody opened is not there, ends after its time, and a late payer still counts', async () => {
    const charge = await world.charge(await world.pledge());
    await world.get(CheckCharge).execute(charge.id);
    expect(await world.stateOf(charge)).toBe('pending');
    await world.pass(400);
    await world.expire(charge);
    await world.get(CheckCharge).execute(charge.id);
    expect((await world.view(charge)).charge).toMatchObject({ state: 'failed', refusal: 'never_arrived' });
    // The address is good until the time_expire that it was signed with: our row forgot that, the payer did not.
    await world.payByPayer(charge);
    await world.until('it is booked all the same', () => paid(charge));
  });

  it('may be tried anew: what was opened is closed first, what was not waits for its time', async () => {
    const pledge = await world.pledge();
    const first = await world.charge(pledge);
    await world.openPage(first);
    const second = await world.charge(pledge, { newTry: true, scene: 'code' });
    expect(await world.stateOf(first)).toBe('closed');
    expect((await world.pay(first)).status).toBe(409);
    const third = await world.charge(pledge, { newTry: true });
    expect(await world.stateOf(second)).toBe('pending');
    await world.payByPayer(second);
    await world.payByPayer(third);
    await world.until('both are booked', async () => (await paid(second)) && (await paid(third)));
    await world.until('one is back', async () => (await returned(second)) || (await returned(third)));
    expect((await world.pledgeRow(pledge)).returned).toBe(10_000n);
  });

  it('that is paid while it is being closed is booked', async () => {
    const charge = await world.openCharge();
    await world.faults({ match: { operation: 'close-order' }, fault: 'late-success', delayMs: 100 });
    await world.get(CloseCharges).execute(charge.campaignId);
    await world.until('it is booked', () => paid(charge));
  });
});

const answerFaults = [
  'apply-then-timeout',
  'error-500-after-apply',
  'garbage-after-apply',
  'bad-response-signature-after-apply',
  'rate-limited',
];

describe('answers that prove nothing', () => {
  it.each(answerFaults)('%s to a code: sent again under the same number, paid once', async (fault) => {
    const pledge = await world.pledge();
    await world.faults({ match: { operation: 'create-order' }, fault, times: 1, delayMs: 1_500 });
    const lost = await world.charge(pledge, { scene: 'code' });
    expect(lost.state).toBe('unknown');
    await world.faults();
    let charge = lost;
    await world.until('it is placed', async () => {
      await world.pass(30);
      charge = (await world.view(lost)).charge;
      return charge.state === 'pending';
    });
    await world.payByPayer(charge);
    await world.until('it is booked', () => paid(charge));
    expect([charge.number, (await transfers(charge)).length]).toEqual([lost.number, 1]);
  });

  it.each([...answerFaults, 'reject'])('%s to a question: nothing is concluded', async (fault) => {
    const charge = await world.openCharge();
    await world.faults(
      { match: { operation: 'query-order' }, fault, times: 1, delayMs: 1_500 },
      { match: { operation: 'callback' }, fault: 'drop-callback' },
    );
    await world.pay(charge);
    await world.get(CheckCharge).execute(charge.id);
    expect(['pending', 'unknown']).toContain(await world.stateOf(charge));
    await world.pass(60);
    await world.get(CheckCharge).execute(charge.id);
    expect(await world.stateOf(charge)).toBe('succeeded');
  });

  it('not-found-for: an order that is not shown for a while is not failed', async () => {
    const charge = await world.openCharge();
    await world.faults(
      { match: { operation: 'query-order' }, fault: 'not-found-for', delayMs: 60_000 },
      { match: { operation: 'callback' }, fault: 'drop-callback' },
    );
    await world.pay(charge);
    await world.get(CheckCharge).execute(charge.id);
    expect(await world.stateOf(charge)).toBe('pending');
    await world.faults();
    await world.pass(60);
    await world.until('it is booked', () => paid(charge));
  });

  it('a refusal for good fails the charge, and the payer may choose another way', async () => {
    const pledge = await world.pledge();
    await world.faults({ match: { operation: 'create-order' }, fault: 'reject', times: 1 });
    const charge = await world.charge(pledge, { scene: 'code' });
    expect([charge.state, charge.refusal]).toEqual(['failed', '40004_ACQ.INVALID_PARAMETER']);
    expect((await world.charge(pledge)).state).toBe('pending');
  });
});

describe('a refund by Alipay', () => {
  it('in parts reaches the payer to the fen, each part told by a notice of its own', async () => {
    const charge = await world.paidCharge(10_000n);
    await world.askBack(charge, 3_000n, 'part-one');
    await world.until('the first part is back', async () => (await refundedAt(charge)) === '3000');
    await world.askBack(charge, 7_000n, 'part-two');
    await world.sweep();
    expect(await refundedAt(charge)).toBe('3000');
    await world.pass(10);
    await world.until('it is back', async () => {
      await world.pass(20);
      return returned(charge);
    });
    expect(await refundedAt(charge)).toBe('10000');
    await world.audit();
    const { events } = await world.get(ReadBacklog).execute();
    expect(events.filter(({ state }) => state === 'contradicted')).toEqual([]);
  });

  it.each([...answerFaults, 'callback-before-response', 'timeout-then-apply-later'])(
    '%s: asked about before it is sent again, paid back once',
    async (fault) => {
      const charge = await world.paidCharge();
      await world.faults({ match: { operation: 'refund' }, fault, times: 1, delayMs: 1_100, laterMs: 200 });
      await world.askBack(charge);
      await world.sweep();
      await world.until('it is back', async () => {
        await world.pass(30);
        return returned(charge);
      });
      expect(await refundedAt(charge)).toBe('10000');
    },
  );

  it('waits for a merchant account without money', async () => {
    const charge = await world.paidCharge();
    await world.faults({
      match: { operation: 'refund', orderNo: charge.number },
      fault: 'not-enough-balance',
    });
    await world.askBack(charge);
    await world.sweep();
    const { refunds } = await world.get(ReadBacklog).execute();
    expect(refunds).toContainEqual(
      expect.objectContaining({ state: 'waiting_funds', n: 1, amount: 10_000n }),
    );
    await world.faults();
    await world.pass(30_000);
    await world.until('it is back', () => returned(charge));
  });

  it('that Alipay does not show is sent again under its number and not doubled', async () => {
    const charge = await world.paidCharge();
    await world.faults(
      { match: { operation: 'query-refund' }, fault: 'not-found-for', delayMs: 60_000 },
      { match: { operation: 'callback' }, fault: 'drop-callback' },
    );
    await world.askBack(charge);
    for (let round = 0; round < 4; round += 1) {
      await world.sweep();
      await world.pass(120);
    }
    await world.faults();
    await world.until('it is back', async () => {
      await world.pass(4_000);
      return returned(charge);
    });
    expect(await refundedAt(charge)).toBe('10000');
  });
});

describe('in the end', () => {
  it('Alipay’s books and ours say the same, and so does its bill', async () => {
    const { theirs, ours, inTransit } = await world.audit();
    expect([ours, inTransit]).toEqual([theirs, '0']);
    const lines = await world.linesOfBill();
    const balance = lines.reduce((sum, { amount, incoming }) => sum + (incoming ? amount : -amount), 0n);
    expect(String(balance)).toBe(theirs);
    expect(lines.every(({ ourNumber }) => /^[CR][0-9a-z]{26}/.test(ourNumber ?? ''))).toBe(true);
    expect(world.get(Gateways).get('alipay').capabilities.bill.timeZone).toBe('Asia/Shanghai');
  });
});
