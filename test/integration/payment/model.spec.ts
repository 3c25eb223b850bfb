import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '@hehuo/kernel';
import {
  ApplyGatewayEvent,
  CheckCharge,
  CloseCharges,
  DueCharges,
  DueGatewayEvents,
  DueRefunds,
  Gateways,
  PlaceCharge,
  ReadCharge,
  ReceiveCallback,
  RedriveRefund,
  RequestRefund,
  SendRefund,
  type PayablePledge,
} from '@hehuo/payment';
import fc from 'fast-check';
import { Killed, ModelGateway, type Trouble } from './model-gateway.js';
import { officer, World } from './world.js';

let world: World;
const gateway = new ModelGateway();
beforeAll(async () => {
  world = await new World().start({ gateways: new Gateways([gateway], () => null, null) });
});
afterAll(() => world.stop());

type Step =
  | { readonly do: 'open'; readonly pledge: number; readonly newTry: boolean }
  | { readonly do: 'place'; readonly pledge: number }
  | { readonly do: 'pay'; readonly which: number; readonly evenIfClosed: boolean }
  | { readonly do: 'tell'; readonly which: number; readonly times: number }
  | { readonly do: 'sweep' }
  | { readonly do: 'pass'; readonly seconds: number }
  | { readonly do: 'trouble'; readonly troubles: readonly Trouble[] }
  | { readonly do: 'late' }
  | { readonly do: 'settle'; readonly fails: boolean }
  | { readonly do: 'close-pledge'; readonly pledge: number }
  | { readonly do: 'close-campaign'; readonly seldom: number }
  | { readonly do: 'refund'; readonly pledge: number; readonly part: number };

const pledges = 3;
const pledge = fc.nat(pledges - 1);
const trouble = fc.constantFrom<Trouble>(
  ...([
    'lost-before',
    'lost-after',
    'later',
    'refused',
    'process-dies-before',
    'process-dies-after',
  ] as const),
  ...(['not-shown', 'fine'] as const),
);
const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const step: fc.Arbitrary<Step> = fc.oneof(
  weighted(4, fc.record({ do: fc.constant('open' as const), pledge, newTry: fc.boolean() })),
  weighted(3, fc.record({ do: fc.constant('place' as const), pledge })),
  weighted(7, fc.record({ do: fc.constant('pay' as const), which: fc.nat(5), evenIfClosed: fc.boolean() })),
  weighted(
    5,
    fc.record({ do: fc.constant('tell' as const), which: fc.nat(30), times: fc.integer({ min: 1, max: 4 }) }),
  ),
  weighted(4, fc.constant({ do: 'sweep' as const })),
  weighted(3, fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(20, 40, 400, 8_000) })),
  weighted(
    5,
    fc.record({
      do: fc.constant('trouble' as const),
      troubles: fc.array(trouble, { minLength: 1, maxLength: 4 }),
    }),
  ),
  weighted(2, fc.constant({ do: 'late' as const })),
  weighted(4, fc.record({ do: fc.constant('settle' as const), fails: fc.boolean() })),
  weighted(1, fc.record({ do: fc.constant('close-pledge' as const), pledge })),
  weighted(1, fc.record({ do: fc.constant('close-campaign' as const), seldom: fc.nat(3) })),
  weighted(5, fc.record({ do: fc.constant('refund' as const), pledge, part: fc.nat(3) })),
);

/** A step that our process did not survive, or that the domain refuses, is over; the next one begins. */
async function survive(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Killed) && (error as { code?: string }).code === undefined) throw error;
  }
}

async function perform(each: Step, all: readonly PayablePledge[], numbersFrom: number): Promise<void> {
  const newest = async (index: number) =>
    (await world.get(ReadCharge).ofPledge(all[index]!.pledgeId)).at(-1)?.charge;
  switch (each.do) {
    case 'open':
      return survive(world.charge(all[each.pledge]!, { newTry: each.newTry }));
    case 'place': {
      const charge = await newest(each.pledge);
      return charge && survive(world.get(PlaceCharge).execute(charge.id));
    }
    case 'pay': {
      const numbers = [...gateway.orders.keys()].slice(numbersFrom);
      const number = numbers[each.which % Math.max(1, numbers.length)];
      return void (number && gateway.pay(number, each.evenIfClosed));
    }
    case 'tell': {
      const sent = {
        merchantRef: null,
        headers: { event: String(each.which % Math.max(1, gateway.told.length)) },
        body: Buffer.from('{}'),
      };
      const tellings = Array.from({ length: each.times }, () =>
        survive(world.get(ReceiveCallback).execute('sandbox', sent)),
      );
      return void (await Promise.all(tellings));
    }
    case 'sweep':
      return sweep();
    case 'pass':
      return world.pass(each.seconds);
    case 'trouble':
      return void gateway.troubles.push(...each.troubles);
    case 'late':
      return gateway.arriveLate();
    case 'settle':
      gateway.failsRefunds = each.fails;
      return gateway.settleRefunds();
    case 'close-pledge':
      return world.closePledge(all[each.pledge]!);
    case 'close-campaign':
      return each.seldom === 0 ? survive(world.get(CloseCharges).execute(world.campaignId)) : undefined;
    case 'refund': {
      const paid = (await world.get(ReadCharge).ofPledge(all[each.pledge]!.pledgeId)).find(
        ({ charge }) => charge.bookedAs === 'escrow',
      );
      if (!paid) return undefined;
      const amount = BigInt(1_000 + each.part * 3_000);
      const wish = {
        chargeId: paid.charge.id,
        amount,
        fact: `${paid.charge.id}:${each.part}`,
        reason: 'test',
      };
      await survive(world.get(UnitOfWork).run((tx) => world.get(RequestRefund).execute(tx, wish)));
      return sweep();
    }
  }
}

/** Everything due, each piece of work in a process of its own. */
async function sweep(): Promise<void> {
  const limit = 500;
  for (const due of await world.get(DueGatewayEvents).execute(limit))
    await survive(world.get(ApplyGatewayEvent).execute(due));
  for (const due of await world.get(DueCharges).execute(limit))
    await survive(world.get(CheckCharge).execute(due));
  for (const due of await world.get(DueRefunds).execute(limit))
    await survive(world.get(SendRefund).execute(due));
}

const unfinished = `
  SELECT id FROM charge WHERE state IN ('new', 'sent', 'pending', 'unknown')
  UNION ALL SELECT id FROM refund WHERE state <> 'done' UNION ALL SELECT id FROM gateway_event WHERE state = 'received'`;

/** The line is good again and time passes: everything must come to its end. */
async function liveness(tellsAll: boolean): Promise<void> {
  gateway.troubles.length = 0;
  gateway.arriveLate();
  gateway.failsRefunds = false;
  for (const [which] of gateway.told.entries()) {
    if (!tellsAll && !gateway.surelyTold.includes(which)) continue;
    const sent = { merchantRef: null, headers: { event: String(which) }, body: Buffer.from('{}') };
    await world.get(ReceiveCallback).execute('sandbox', sent);
  }
  gateway.told.length = 0;
  gateway.surelyTold.length = 0;
  await world.get(CloseCharges).execute(world.campaignId);
  for (let round = 0; round < 40; round += 1) {
    gateway.settleRefunds();
    await sweep();
    for (const { id: refundId } of await world.database.rows<{ id: `rfd_${string}` }>(
      "SELECT id FROM refund WHERE state = 'needs_human'",
    )) {
      const actor = officer('fund_approver');
      await world.get(RedriveRefund).execute({ actor, refundId, reason: 'the line is good again' });
    }
    if (round > 12 && (await world.database.rows(unfinished)).length === 0) return;
    await world.pass(8_000);
  }
  expect(await world.database.rows(unfinished)).toEqual([]);
}

const RANK: Readonly<Record<string, number>> = {
  ...{ new: 0, sent: 1, unknown: 1, pending: 2, closed: 3, failed: 3, succeeded: 4 },
};

/** No charge ever went back: a fact that was learned stays. */
async function regressions(): Promise<unknown[]> {
  const rows = await world.database.rows<{ from_state: string | null; to_state: string }>(
    "SELECT from_state, to_state FROM state_log WHERE object_type = 'charge'",
  );
  return rows.filter(
    ({ from_state: from, to_state: to }) => from !== null && (RANK[to] ?? 0) < (RANK[from] ?? 0),
  );
}

describe('any interleaving of payers, callbacks, janitors, lost answers and deaths', () => {
  it('ends with our books equal to the gateway’s, and nothing goes backwards', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 70, size: 'max' }),
        fc.boolean(),
        async (steps, tellsAll) => {
          const all: PayablePledge[] = [];
          for (let n = 0; n < pledges; n += 1) all.push(await world.pledge());
          const numbersFrom = gateway.orders.size;
          for (const each of steps) await perform(each, all, numbersFrom);
          await liveness(tellsAll);
          expect(await world.breaches()).toEqual([]);
          const clearing = await world.balance('gateway_clearing', world.custodyAccountId);
          expect(-clearing).toBe(gateway.balance());
          expect(await world.balance('refund_in_transit', world.custodyAccountId)).toBe(0n);
          expect(await world.balance('excess', world.campaignId)).toBe(0n);
          expect(await regressions()).toEqual([]);
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  }, 240_000);

  it('met every trouble, payments and refunds that ended both ways', () => {
    const words = [
      'lost-before',
      'lost-after',
      'later',
      'refused',
      'process-dies-before',
      'process-dies-after',
    ];
    for (const word of [...words, 'not-shown', 'paid', 'done', 'failed']) {
      expect([word, (gateway.met.get(word) ?? 0) > 0]).toEqual([word, true]);
    }
  });
});
