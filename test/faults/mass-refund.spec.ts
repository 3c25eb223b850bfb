import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import {
  ApplyGatewayEvent,
  CheckCharge,
  DueGatewayEvents,
  DueRefunds,
  ListRefunds,
  OpenCharge,
  PlaceCharge,
  RedriveRefund,
  RequestRefund,
  SendRefund,
} from '@hehuo/payment';
import { officer, World } from '../integration/payment/world.js';

/** `npm run prove:refunds` is the whole proof, with 10,000; the default is its short form. `SEED` draws other faults. */
const refundsCount = Number(process.env['MASS_REFUNDS'] ?? 300);
const seed = Number(process.env['SEED'] ?? 20_261_125);
const lanes = 24;
const roundsMax = 400;
const amount = 1_000n;

/** Every way in which a gateway misbehaves while it pays back, each striking at random with a seed of its own. */
const FAULTS = [
  { match: { operation: 'refund' }, fault: 'apply-then-timeout', probability: 0.06, delayMs: 100 },
  {
    match: { operation: 'refund' },
    fault: 'timeout-then-apply-later',
    probability: 0.05,
    delayMs: 100,
    laterMs: 300,
  },
  { match: { operation: 'refund' }, fault: 'error-500-after-apply', probability: 0.06 },
  { match: { operation: 'refund' }, fault: 'garbage-after-apply', probability: 0.05 },
  { match: { operation: 'refund' }, fault: 'bad-response-signature-after-apply', probability: 0.05 },
  { match: { operation: 'refund' }, fault: 'rate-limited', probability: 0.06 },
  { match: { operation: 'refund' }, fault: 'reject', probability: 0.03 },
  { match: { operation: 'refund' }, fault: 'refund-failed', probability: 0.04 },
  { match: { operation: 'refund' }, fault: 'not-enough-balance', probability: 0.04 },
  { match: { operation: 'refund' }, fault: 'refund-stays-processing', probability: 0.05, delayMs: 2_000 },
  { match: { operation: 'query-refund' }, fault: 'error-500-after-apply', probability: 0.05 },
  { match: { operation: 'query-refund' }, fault: 'not-found-for', probability: 0.05, delayMs: 500 },
  { match: { operation: 'callback' }, fault: 'drop-callback', probability: 0.1 },
  { match: { operation: 'callback' }, fault: 'duplicate-callback', probability: 0.1, count: 3 },
  { match: { operation: 'callback' }, fault: 'out-of-order-callback', probability: 0.05, delayMs: 500 },
  { match: { operation: 'callback' }, fault: 'callback-wrong-amount', probability: 0.02 },
  { match: { operation: 'callback' }, fault: 'callback-bad-signature', probability: 0.02 },
  { match: { operation: 'callback' }, fault: 'callback-replayed-later', probability: 0.02, delayMs: 200 },
].map((rule, at) => ({ ...rule, seed: seed + at }));

let world: World;
beforeAll(async () => {
  world = await new World().start({ timeoutMs: 2_000 });
});
afterAll(() => world.stop());

async function inLanes<T>(things: readonly T[], act: (thing: T) => Promise<unknown>): Promise<void> {
  const queue = things.values();
  const lane = async (): Promise<void> => {
    for (const thing of queue) await act(thing);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

async function payAll(): Promise<Id<'chg'>[]> {
  const ids: Id<'chg'>[] = [];
  await inLanes(Array.from({ length: refundsCount }), async () => {
    const { charge } = await world.get(OpenCharge).execute(world.wish(await world.pledge(amount)));
    await world.get(PlaceCharge).execute(charge.id);
    await world.pay(charge);
    await world.get(CheckCharge).execute(charge.id);
    ids.push(charge.id);
  });
  return ids;
}

async function wantAllBack(ids: readonly Id<'chg'>[]): Promise<void> {
  for (let at = 0; at < ids.length; at += 100) {
    const wishes = ids
      .slice(at, at + 100)
      .map((chargeId) => ({ chargeId, amount, fact: `mass:${chargeId}`, reason: 'campaign-failed' }));
    await world.get(UnitOfWork).run((tx) => world.get(RequestRefund).executeMany(tx, wishes));
  }
}

/** Two workers at the same work, as after a lease that ran out: everything is done by both, at the same time. */
async function round(): Promise<void> {
  const events = await world.get(DueGatewayEvents).execute(2_000);
  await inLanes([...events, ...events], (id) => world.get(ApplyGatewayEvent).execute(id));
  const refunds = await world.get(DueRefunds).execute(2_000);
  await inLanes([...refunds, ...refunds], (id) => world.get(SendRefund).execute(id));
}

const inState = (state: 'needs_human' | 'done') =>
  world.get(ListRefunds).execute({ actor: officer('auditor'), states: [state], after: null, limit: 100 });

const left = async (): Promise<number> => {
  const row = await world.database.row<{ n: string }>(
    "SELECT COUNT(*) AS n FROM refund WHERE state <> 'done'",
  );
  return Number(row?.n);
};

/** What a fund approver does with each refund that a machine gave up: says why it may work now, and sends it back. */
async function redriveAll(): Promise<number> {
  const stuck = await inState('needs_human');
  for (const { id: refundId } of stuck) {
    await world
      .get(RedriveRefund)
      .execute({ actor: officer('fund_approver'), refundId, reason: '商户账户已核对' });
  }
  return stuck.length;
}

interface Found {
  readonly orders: number;
  /** Orders of which less than the whole sum came back, and of which more did or still is under way. */
  readonly lost: number;
  readonly doubled: number;
}

/** Every refund in the gateway's own books, by order. */
async function theirRefunds(): Promise<Found> {
  let found: Found = { orders: 0, lost: 0, doubled: 0 };
  let after = '';
  do {
    const { body } = await world.sandbox('GET', `/books?limit=1000${after}`);
    for (const order of body['orders'] as { refundedFen: string; refundingFen: string }[]) {
      const back = BigInt(order.refundedFen);
      found = {
        orders: found.orders + 1,
        lost: found.lost + (back < amount ? 1 : 0),
        doubled: found.doubled + (back + BigInt(order.refundingFen) > amount ? 1 : 0),
      };
    }
    after = body['next'] === null ? '' : `&after=${String(body['next'])}`;
  } while (after !== '');
  return found;
}

/** To the error stream: Jest's own output is not shown. */
function print(figures: Readonly<Record<string, number>>): void {
  const lines = Object.entries(figures).map(([name, value]) => `${name.padEnd(28)}${value}`);
  process.stderr.write(`\n${lines.join('\n')}\n`);
}

describe('a mass refund through a gateway that fails, repeats, delays and reorders', () => {
  it(`brings back all ${refundsCount}, none lost and none twice (seed ${seed})`, async () => {
    const since = performance.now();
    const charges = await payAll();
    await wantAllBack(charges);
    await world.faults(...FAULTS);
    let redriven = 0;
    let rounds = 0;
    while ((await left()) > 0 && rounds < roundsMax) {
      await round();
      await world.pass(900);
      redriven += await redriveAll();
      rounds += 1;
      // The gateway gets well in the end; until then nothing may be wrong, afterwards nothing may be left.
      if (rounds === 40) await world.faults();
    }
    const found = await theirRefunds();
    const seconds = Math.round((performance.now() - since) / 1000);
    const { lost, doubled } = found;
    print({
      refunds: refundsCount,
      seed,
      rounds,
      'sent back to work by hand': redriven,
      lost,
      doubled,
      seconds,
    });
    expect(await left()).toBe(0);
    expect(found).toEqual({ orders: refundsCount, lost: 0, doubled: 0 });
    const { theirs, ours, inTransit } = await world.audit();
    expect([ours, inTransit]).toEqual([theirs, '0']);
    expect(await world.breaches()).toEqual([]);
  }, 3_600_000);
});
