import { ReadPayouts } from '@hehuo/payment';
import type { CrashProcess } from './crash-process.js';
import type { InputOf, PlacedCharge, Run, StepName } from './crash-steps.js';
import type { CrashWorld } from './crash-world.js';

/** What must be there once, by name: how often, or how many fen. */
export type Tally = Readonly<Record<string, bigint>>;

/** One run of a scenario that is ready to begin. */
export interface Ready {
  /** Everything that the doomed process does; what it did not answer is asked again of the next. */
  act(run: Run): Promise<void>;
  /** Whether all that a machine can do is done. */
  settled(): Promise<boolean>;
  found(): Promise<Tally>;
  readonly wanted: Tally;
}

export interface Scenario {
  readonly name: string;
  prepare(world: CrashWorld, doomed: CrashProcess): Promise<Ready>;
}

const fen = 10_000n;
/** Of a charge, so that its refund would fit into it twice. */
const part = 4_000n;

interface BookedOrder {
  readonly orderNo: string;
  readonly paidFen: string;
  readonly refundedFen: string;
  readonly refunds: readonly { readonly refundNo: string; readonly state: string }[];
}

async function ordersOf(world: CrashWorld): Promise<readonly BookedOrder[]> {
  const { body } = await world.sandbox('GET', '/books?limit=1000');
  return (body as unknown as { orders: BookedOrder[] }).orders;
}

async function count(world: CrashWorld, table: string, column: string, value: string): Promise<bigint> {
  const row = await world.database.row<{ n: string }>(
    `SELECT COUNT(*) AS n FROM ${table} WHERE ${column} = ?`,
    [value],
  );
  return BigInt(row?.n ?? 0);
}

/** Runs a step and then waits for what the gateway tells about it. */
async function andTold(world: CrashWorld, doomed: CrashProcess, work: () => Promise<unknown>): Promise<void> {
  const before = world.inbox.handled;
  await work();
  await world.told(doomed, before);
}

const charge: Scenario = {
  name: 'charge',
  async prepare(world, doomed) {
    const pledge = await world.pledge(fen);
    await doomed.run('know', { pledge });
    const wish = world.wish(pledge);
    const before = new Set((await ordersOf(world)).map(({ orderNo }) => orderNo));
    const escrow = await world.balance('escrow', world.campaignId);
    let placed: PlacedCharge | null = null;
    return {
      async act(run) {
        const opened = await run('open', wish);
        placed = await run('place', opened);
        const { number } = placed;
        await andTold(world, doomed, () => world.pay({ number }));
        await run('events', undefined);
      },
      async settled() {
        // A payer who got no page comes again until there is one; paying twice pays once.
        if (placed) await world.pay(placed);
        return (await world.pledgeRow(pledge)).winner !== null;
      },
      async found() {
        const orders = (await ordersOf(world)).filter(({ orderNo }) => !before.has(orderNo));
        const { winner } = await world.pledgeRow(pledge);
        return {
          charges: await count(world, 'charge', 'pledge_id', pledge.pledgeId),
          winner: winner === placed?.id ? 1n : 0n,
          'gateway orders': BigInt(orders.length),
          'under our number': BigInt(orders.filter(({ orderNo }) => orderNo === placed?.number).length),
          'gateway paid': orders.reduce((sum, { paidFen }) => sum + BigInt(paidFen), 0n),
          escrow: (await world.balance('escrow', world.campaignId)) - escrow,
        };
      },
      wanted: {
        ...{ charges: 1n, winner: 1n, 'gateway orders': 1n, 'under our number': 1n },
        ...{ 'gateway paid': fen, escrow: fen },
      },
    };
  },
};

export const refund: Scenario = {
  name: 'refund',
  async prepare(world, doomed) {
    const pledge = await world.pledge(fen);
    const paid = await world.charge(pledge);
    // The callback belongs to the preparation: it must not wake the process that waits for its end.
    world.inbox.process = null;
    await world.pay(paid);
    await world.until('it is booked', async () => (await world.pledgeRow(pledge)).winner !== null);
    world.inbox.process = doomed;
    const escrow = await world.balance('escrow', world.campaignId);
    const fact = `pledge:${pledge.pledgeId}:failed`;
    return {
      async act(run) {
        await run('requestRefund', { chargeId: paid.id, amount: part, fact, reason: 'campaign-failed' });
        await andTold(world, doomed, () => run('sendRefunds', undefined));
        await run('events', undefined);
      },
      settled: async () => (await world.pledgeRow(pledge)).returned > 0n,
      async found() {
        const order = (await ordersOf(world)).find(({ orderNo }) => orderNo === paid.number);
        const row = await world.database.row<{ number: string; state: string }>(
          'SELECT number, state FROM refund WHERE charge_id = ?',
          [paid.id],
        );
        return {
          refunds: await count(world, 'refund', 'charge_id', paid.id),
          done: row?.state === 'done' ? 1n : 0n,
          'gateway refunds': BigInt(order?.refunds.length ?? 0),
          'under our number': BigInt(
            order?.refunds.filter(({ refundNo }) => refundNo === row?.number).length ?? 0,
          ),
          'gateway refunded': BigInt(order?.refundedFen ?? 0),
          returned: (await world.pledgeRow(pledge)).returned,
          escrow: escrow - (await world.balance('escrow', world.campaignId)),
        };
      },
      wanted: {
        ...{ refunds: 1n, done: 1n, 'gateway refunds': 1n, 'under our number': 1n },
        ...{ 'gateway refunded': part, returned: part, escrow: part },
      },
    };
  },
};

const payout: Scenario = {
  name: 'payout',
  async prepare(world, doomed) {
    const campaignId = await world.fund(fen);
    const payeeId = await world.payee(campaignId);
    const { communityId, custodyAccountId } = world;
    await doomed.run('know', {
      campaign: { communityId, custodyAccountId, organiserId: world.organiser.personId },
    });
    const amount = 6_000n;
    const wish = world.payoutWish(campaignId, payeeId, amount);
    const acts = [world.first, world.second, world.staff, world.clerk].map((officer) => world.act(officer));
    const cash = await world.balance('cash_clearing', custodyAccountId);
    const [first, second, sender, confirmer] = acts as [
      (typeof acts)[0],
      (typeof acts)[0],
      (typeof acts)[0],
      (typeof acts)[0],
    ];
    const payouts = () =>
      world.database.rows<{ id: string }>('SELECT id FROM payout WHERE campaign_id = ?', [campaignId]);
    return {
      async act(run) {
        const { id: payoutId } = await run('propose', wish);
        await run('approve', { ...first, payoutId });
        await run('approve', { ...second, payoutId });
        await run('send', { ...sender, payoutId });
        await run('confirm', { ...confirmer, payoutId, voucher: `B-${payoutId}`, reason: null });
      },
      settled: async () => true,
      async found() {
        const shown = await world.get(ReadPayouts).ofCampaign(campaignId, null, 10);
        return {
          payouts: BigInt((await payouts()).length),
          done: BigInt(shown.filter(({ payout: { state } }) => state === 'done').length),
          payable: await world.balance('payable', campaignId),
          left: await world.left(campaignId),
          'cash out': (await world.balance('cash_clearing', custodyAccountId)) - cash,
          'in transit': await world.balance('payout_in_transit', custodyAccountId),
        };
      },
      wanted: {
        ...{ payouts: 1n, done: 1n, payable: fen - amount, left: fen - amount },
        ...{ 'cash out': amount, 'in transit': 0n },
      },
    };
  },
};

export const SCENARIOS: readonly Scenario[] = [charge, refund, payout];

/** Steps in the doomed process while it lives, and in the next from there on. */
export function runIn(world: CrashWorld, doomed: CrashProcess): Run {
  return <N extends StepName>(name: N, input: InputOf<N>) => world.step(doomed, name, input);
}
