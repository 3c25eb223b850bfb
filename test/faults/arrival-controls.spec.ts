import { describe, expect, it } from '@jest/globals';
import {
  CloseCharges,
  PaidChargeSink,
  ReadCharge,
  ReceiveCallback,
  ReconcileDay,
  type Charge,
} from '@hehuo/payment';
import { BillWorld } from '../integration/payment/bill-world.js';
import { nowMs, type World } from '../integration/payment/world.js';
import { StoryWorld } from '../stories/story-world.js';
import { line } from '../support/pledging.js';
import { alter, found, gap, gatewayOf, inWorld, partOf, sabotage } from './sabotage.js';

// What arrives and is not what it seems: each scenario with its protection, then without it, where the books must differ.

describe('a forged callback', () => {
  let events = 0;

  function forge(world: World, { number }: Charge): Promise<unknown> {
    events += 1;
    const claim = {
      ...{ event: 'charge.paid', eventId: `E-forged-${events}`, orderNo: number, amountFen: '10000' },
      ...{ transactionNo: 'T-forged', occurredAt: new Date(nowMs()).toISOString(), merchant: 'committee-1' },
    };
    const headers = { 'sandbox-event': claim.eventId, 'sandbox-signature': 't=1,v1=00' };
    const body = Buffer.from(JSON.stringify(claim));
    return world.get(ReceiveCallback).execute('sandbox', { merchantRef: null, headers, body });
  }

  const believeAnySignature = (world: World): void =>
    sabotage(gatewayOf(world), {
      verifyCallback: ({ body }) => {
        const claim = JSON.parse(body.toString()) as Record<
          'eventId' | 'orderNo' | 'amountFen' | 'merchant',
          string
        >;
        return Promise.resolve({
          ...{ key: claim.eventId, kind: 'charge.paid', orderNumber: claim.orderNo, refundNumber: null },
          ...{ amount: BigInt(claim.amountFen), merchantRef: claim.merchant, occurredAt: new Date(nowMs()) },
        });
      },
    });

  const believeTheClaim = (world: World): void =>
    sabotage(gatewayOf(world), {
      queryOrder: () =>
        Promise.resolve({
          ...{ kind: 'paid', amount: 10_000n, paidAt: new Date(nowMs()), transactionNo: 'T-forged' },
        }),
    });

  it('books money that nobody paid once neither its signature is checked nor its gateway asked', () =>
    inWorld(async (world) => {
      const charge = await world.charge(await world.pledge());
      await expect(forge(world, charge)).rejects.toMatchObject({ code: 'callback_refused' });
      believeAnySignature(world);
      expect(await forge(world, charge)).toBe('stored');
      expect([await gap(world), await found(world)]).toEqual([0n, []]);
      const another = await world.charge(await world.pledge());
      believeTheClaim(world);
      expect(await forge(world, another)).toBe('stored');
      expect(await gap(world)).toBeGreaterThanOrEqual(10_000n);
    }));
});

describe('an order that was closed and is paid all the same', () => {
  async function closedThenPaid(world: World): Promise<Charge> {
    const charge = await world.charge(await world.pledge());
    await world.faults(
      { match: { operation: 'close-order' }, fault: 'late-success', delayMs: 100 },
      { match: { operation: 'callback' }, fault: 'drop-callback' },
    );
    await world.get(CloseCharges).execute(world.campaignId);
    await world.sweep();
    await world.eventually('the gateway has it paid', async () => {
      return (await world.sandbox('GET', `/orders/${charge.number}`)).body['state'] === 'paid';
    });
    return charge;
  }

  it('is money missing in our books when closed is taken as the last word', () =>
    inWorld(async (world) => {
      await closedThenPaid(world);
      expect([await gap(world), await found(world)]).toEqual([0n, []]);
      const gateway = gatewayOf(world);
      const ask = gateway.queryOrder.bind(gateway);
      const closed = new Set<string>();
      sabotage(gateway, {
        queryOrder: async (order) => {
          if (closed.has(order.number)) return { kind: 'closed' };
          const finding = await ask(order);
          if (finding.kind === 'closed') closed.add(order.number);
          return finding;
        },
        closeOrder: (order) => {
          closed.add(order.number);
          return Promise.resolve({ kind: 'closed' });
        },
      });
      const charge = await world.charge(await world.pledge());
      await world.get(CloseCharges).execute(world.campaignId);
      await world.sweep();
      const { charge: now } = await world.get(ReadCharge).execute(charge.payerId, charge.id);
      expect(now.state).toBe('closed');
      expect((await world.pay(charge)).status).toBe(200);
      expect(await gap(world)).toBe(-10_000n);
    }));
});

describe('money that comes after the decision', () => {
  it('upsets the sums of a finished settlement when it is taken as if it were in time', async () => {
    const world = await StoryWorld.start();
    try {
      const late = async (decided: () => void): Promise<void> => {
        const campaign = await world.campaign({
          ...{ asks: [{ kind: 'money', minimum: 10_000n }], paymentMode: 'pay_now', people: 2 },
        });
        const [inTime, after] = [
          await world.pledge({ person: campaign.people[0]!, ...line(campaign), quantity: 10_000n }),
          await world.pledge({ person: campaign.people[1]!, ...line(campaign), quantity: 10_000n }),
        ];
        await world.pay(inTime);
        const order = await world.order(after);
        await world.held(campaign, 1);
        await world.faults({ match: { operation: 'pay' }, fault: 'late-success', times: 1 });
        await world.passDeadline(campaign);
        await world.settled(campaign);
        decided();
        await world.payOrder(order);
        await world.until('the late money is booked', async () => {
          const row = await world.sql.row<{ state: string }>('SELECT state FROM charge WHERE id = ?', [
            order.id,
          ]);
          return row?.state === 'succeeded';
        });
      };
      await late(() => undefined);
      await world.until('the late money went back', async () => {
        return (await world.sql.rows("SELECT id FROM refund WHERE state = 'done'")).length === 1;
      });
      await world.expectSound();
      await late(() => sabotage(world.get(PaidChargeSink), { onPaid: () => Promise.resolve('escrow') }));
      await world.work();
      await expect(world.expectSound()).rejects.toThrow('settlement.');
    } finally {
      await world.stop();
    }
  });
});

describe('a line that a bill tells twice', () => {
  it('is money that nobody has when each line is booked as if it were the first', async () => {
    const world = new BillWorld();
    await world.start();
    try {
      const { accountId, merchantRef } = await world.merchant();
      await world.paid(accountId, 5_000n);
      const twice = { match: { operation: 'bill' }, fault: 'bill-duplicated' };
      await world.faults(twice);
      const first = await world.billDay(merchantRef);
      expect(await world.reconcile(first)).toBe('explained');
      expect([await gap(world), await found(world)]).toEqual([0n, []]);

      const match = partOf<object>(world.get(ReconcileDay), 'match');
      const { tellings } = partOf<{ tellings: { told: () => Promise<unknown> } }>(match, 'steps');
      sabotage(tellings, {
        told: () => Promise.resolve({ get: () => undefined, has: () => false, set: () => undefined }),
      });
      const other = await world.merchant();
      await world.paid(other.accountId, 5_000n);
      await world.faults(twice);
      const second = await world.billDay(other.merchantRef);
      await expect(world.reconcile(second)).rejects.toThrow();
      expect([await gap(world), await found(world)]).toEqual([0n, []]);
      await alter(world, 'ALTER TABLE bill_line DROP INDEX bill_line_leads');
      await world.reconcile(second);
      expect(await gap(world)).toBe(5_000n);
    } finally {
      await world.stop();
    }
  });
});
