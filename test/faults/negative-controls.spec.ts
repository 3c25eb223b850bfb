import { describe, expect, it } from '@jest/globals';
import { UnitOfWork, derivedId, type Id, type Tx } from '@hehuo/kernel';
import { Ledger, transferId, type NewTransfer } from '@hehuo/ledger';
import {
  OpenCharge,
  PlaceCharge,
  ReceiveCallback,
  RequestRefund,
  type Charge,
  type OrderFinding,
  type RefundFinding,
} from '@hehuo/payment';
import { sqlOf } from '@hehuo/platform';
import { id, type World } from '../integration/payment/world.js';
import {
  alter,
  barrier,
  DROPPED,
  found,
  gap,
  gatewayOf,
  inWorld,
  paidBack,
  paidCharge,
  partOf,
  requestRefund,
  sabotage,
  withoutJanitor,
} from './sabotage.js';

// Each control runs one scenario twice: with its protection, where the audit finds nothing, and without, where it must.

describe('a reservation', () => {
  async function reserve(world: World): Promise<Id<'trf'>> {
    const ref = id('plg');
    const pending: NewTransfer = {
      ...{ id: derivedId('trf', ref), kind: 'pending', amount: 30n, reason: 'pledge', ref },
      debit: { unit: 'minutes', code: 'promised_by', owner: world.communityId },
      credit: { unit: 'minutes', code: 'promised_to', owner: id('ask') },
    };
    await world.get(UnitOfWork).run((tx) => world.get(Ledger).post(tx, [pending]));
    return pending.id;
  }

  const endBothWays = (world: World, pending: Id<'trf'>, meet: () => Promise<void>) =>
    Promise.allSettled(
      (['post', 'void'] as const).map((how) =>
        world.get(UnitOfWork).run(async (tx) => {
          await world.get(Ledger).resolve(tx, how, [pending]);
          await meet();
        }),
      ),
    );

  it('is ended twice without its unique key', () =>
    inWorld(async (world) => {
      const ends = await endBothWays(world, await reserve(world), () => Promise.resolve());
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await found(world)).toEqual([]);
      await alter(world, 'ALTER TABLE ledger_transfer DROP INDEX ledger_transfer_resolved_once');
      await endBothWays(world, await reserve(world), barrier(2));
      expect(await found(world)).toEqual(['ledger.resolved-once']);
    }));
});

describe('a repeated operation', () => {
  const bookAgain = (world: World, charge: Charge) => {
    const paid: NewTransfer = {
      ...{
        id: transferId(`charge:${charge.id}:paid`),
        kind: 'single',
        reason: 'charge-paid',
        ref: charge.id,
      },
      debit: { unit: 'fen', code: 'gateway_clearing', owner: charge.custodyAccountId },
      credit: { unit: 'fen', code: 'escrow', owner: charge.campaignId },
      amount: charge.amount,
    };
    return world.get(UnitOfWork).run((tx) => world.get(Ledger).postNew(tx, [paid]));
  };

  it('is booked twice when a transfer may be written under a known id', () =>
    inWorld(async (world) => {
      const charge = await paidCharge(world);
      await expect(bookAgain(world, charge)).rejects.toThrow('PRIMARY');
      expect([await found(world), await gap(world)]).toEqual([[], 0n]);
      await alter(world, 'ALTER TABLE ledger_transfer DROP PRIMARY KEY');
      await bookAgain(world, charge);
      expect(await found(world)).toEqual(['payment.charge-booked-once', 'ledger.transfer-once']);
      expect(await gap(world)).toBe(10_000n);
    }));

  /** One operation that comes twice: the one that came first is held up until the other is paid and booked. */
  async function openLate(world: World): Promise<boolean> {
    const open = world.get(OpenCharge);
    const ways = partOf<{ choose: (tx: Tx, input: unknown) => Promise<unknown> }>(open, 'ways');
    const choose = ways.choose.bind(ways);
    const [arrived, released] = [barrier(2), barrier(2)];
    sabotage(ways, {
      choose: async (tx, input) => {
        sabotage(ways, { choose });
        await arrived();
        await released();
        return choose(tx, input);
      },
    });
    const wish = world.wish(await world.pledge());
    const late = open.execute(wish);
    await arrived();
    const { charge } = await open.execute(wish);
    await world.get(PlaceCharge).execute(charge.id);
    await world.pay(charge);
    await world.audit();
    await released();
    return (await late).charge.id === charge.id;
  }

  it('opens two charges without the key of the operation', () =>
    inWorld(async (world) => {
      expect(await openLate(world)).toBe(true);
      expect(await found(world)).toEqual([]);
      await alter(world, 'ALTER TABLE charge DROP INDEX charge_operation');
      expect(await openLate(world)).toBe(false);
      expect(await found(world)).toEqual(['payment.operation-once']);
    }));
});

describe('a callback', () => {
  async function payAndAnswer(world: World, times: number): Promise<number[]> {
    const before = world.inbox.answered.length;
    await world.pay(await world.charge(await world.pledge()));
    await world.eventually('it was answered', () => world.inbox.answered.length >= before + times);
    await withoutJanitor(world);
    return world.inbox.answered.slice(before).map(({ status }) => status);
  }

  async function difference(world: World): Promise<bigint> {
    const { ours, theirs } = await world.bothBooks();
    return BigInt(ours) - BigInt(theirs);
  }

  it('is lost for ever when it is acknowledged before it is committed and nobody asks', () =>
    inWorld(async (world) => {
      const receiver = world.get(ReceiveCallback);
      const take = receiver.execute.bind(receiver);
      let times = 0;
      sabotage(receiver, {
        execute: async (...sent) => {
          times += 1;
          if (times === 1) throw new Error('died before the commit');
          const taken = await take(...sent);
          if (times === 2) throw new Error('died after the commit, before the answer');
          return taken;
        },
      });
      expect(await payAndAnswer(world, 3)).toEqual([503, 503, 200]);
      expect([await difference(world), await found(world)]).toEqual([0n, []]);
      sabotage(receiver, { execute: () => Promise.resolve('stored') });
      expect(await payAndAnswer(world, 1)).toEqual([200]);
      expect(await difference(world)).toBe(-10_000n);
      expect(await found(world)).toEqual(['payment.nothing-forgotten']);
    }));
});

describe('a refund', () => {
  const LOST = { match: { operation: 'refund' }, fault: 'apply-then-timeout', times: 1, delayMs: 1_100 };

  /** Two fifths of a charge go back, so that the gateway would let them go back twice. */
  async function refundPart(world: World): Promise<Charge> {
    const charge = await paidCharge(world);
    await world.faults(LOST, DROPPED);
    await requestRefund(world, charge, 4_000n);
    await world.sweep();
    return charge;
  }

  it('is paid twice when each try has a number of its own', () =>
    inWorld(async (world) => {
      const charge = await refundPart(world);
      expect([await gap(world), await paidBack(world, charge)]).toEqual([0n, '4000']);
      const gateway = gatewayOf(world);
      const refund = gateway.refund.bind(gateway);
      let tries = 0;
      sabotage(gateway, {
        refund: (asked) => {
          tries += 1;
          return refund({ ...asked, number: `${asked.number}-${tries}` });
        },
      });
      const twice = await refundPart(world);
      await gap(world);
      await world.eventually('it went back twice', async () => (await paidBack(world, twice)) === '8000');
      expect([await gap(world), await paidBack(world, twice)]).toEqual([8_000n, '8000']);
    }));

  it('that timed out is money missing in our books when it is taken as failed', () =>
    inWorld(async (world) => {
      await refundPart(world);
      expect([await gap(world), await found(world)]).toEqual([0n, []]);
      const gateway = gatewayOf(world);
      const refund = gateway.refund.bind(gateway);
      sabotage(gateway, { refund: async (asked) => asRefused(await refund(asked)) });
      await refundPart(world);
      expect(await gap(world)).toBe(4_000n);
    }));

  /** Two requests of one fact, each of which has read that nothing answers it yet. */
  async function requestTwice(
    world: World,
    amount: bigint,
    meet = () => Promise.resolve(),
  ): Promise<string[]> {
    const [charge] = [await paidCharge(world), await paidCharge(world)];
    const store = partOf<{ refundedOf: (...asked: unknown[]) => Promise<unknown> }>(
      ...[world.get(RequestRefund), 'refunds'],
    );
    const refundedOf = store.refundedOf.bind(store);
    sabotage(store, {
      refundedOf: async (...asked) => {
        const answer = await refundedOf(...asked);
        await meet();
        return answer;
      },
    });
    const request = () => requestRefund(world, charge, amount);
    const ends = await Promise.allSettled([request(), request()]);
    sabotage(store, { refundedOf });
    return ends.map((end) => (end.status === 'fulfilled' ? 'done' : String(end.reason))).sort();
  }

  function unlock(world: World): void {
    const charges = partOf<{
      lock: (tx: Tx, ids: readonly Id<'chg'>[]) => Promise<unknown>;
      find: (chargeId: Id<'chg'>, by: unknown) => Promise<unknown>;
    }>(world.get(RequestRefund), 'charges');
    sabotage(charges, {
      lock: (tx, ids) => Promise.all(ids.map((chargeId) => charges.find(chargeId, sqlOf(tx)))),
    });
  }

  it('is requested twice without the key of its fact and the lock of its charge', () =>
    inWorld(async (world) => {
      unlock(world);
      const [one, other] = await requestTwice(world, 10_000n, barrier(2));
      expect([other, one]).toEqual(['done', expect.stringContaining('refund_once')]);
      expect([await found(world), await gap(world)]).toEqual([[], 0n]);
      await alter(world, 'ALTER TABLE refund DROP INDEX refund_once');
      expect(await requestTwice(world, 10_000n, barrier(2))).toEqual(['done', 'done']);
      expect(await found(world)).toEqual(['payment.refunds-within-charge', 'payment.refund-fact-once']);
    }));

  it('is held by the lock alone, and found requested twice even where both fit into the charge', () =>
    inWorld(async (world) => {
      await alter(world, 'ALTER TABLE refund DROP INDEX refund_once');
      expect(await requestTwice(world, 4_000n)).toEqual(['done', 'done']);
      expect(await found(world)).toEqual([]);
      unlock(world);
      expect(await requestTwice(world, 4_000n, barrier(2))).toEqual(['done', 'done']);
      expect(await found(world)).toEqual(['payment.refund-fact-once']);
      expect(await gap(world)).toBe(0n);
    }));
});

type Refused = Extract<OrderFinding, { kind: 'refused' }>;

/** The mistake itself: silence read as a refusal. */
function asRefused<F extends OrderFinding | RefundFinding>(finding: F): F | Refused {
  return finding.kind === 'unknown' ? { kind: 'refused', code: 'timeout' } : finding;
}

describe('an order', () => {
  /** Nobody looks at what failed any more; as we are, he does for hours, and that alone would find the money. */
  async function payLost(world: World): Promise<void> {
    const timeout = { match: { operation: 'create-order' }, fault: 'apply-then-timeout', times: 1 };
    await world.faults({ ...timeout, delayMs: 1_100 }, DROPPED);
    const charge = await world.charge(await world.pledge());
    await world.database.change("UPDATE charge SET next_check_at = NULL WHERE state = 'failed'");
    await world.pay(charge);
  }

  it('that timed out is money missing in our books when it is taken as failed', () =>
    inWorld(async (world) => {
      await payLost(world);
      expect([await gap(world), await found(world)]).toEqual([0n, []]);
      const gateway = gatewayOf(world);
      const create = gateway.createOrder.bind(gateway);
      sabotage(gateway, { createOrder: async (order) => asRefused(await create(order)) });
      await payLost(world);
      expect(await gap(world)).toBe(-10_000n);
    }));
});
