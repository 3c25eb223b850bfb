import { UnitOfWork } from '@hehuo/kernel';
import {
  ApplyGatewayEvent,
  DueGatewayEvents,
  Gateways,
  ReadCharge,
  RequestRefund,
  type Charge,
  type Gateway,
} from '@hehuo/payment';
import { createConnection } from 'mysql2/promise';
import { World } from '../integration/payment/world.js';

/** A world of its own for one control: whatever is broken in it, is broken nowhere else. */
export async function inWorld(work: (world: World) => Promise<void>): Promise<void> {
  const world = await new World().start();
  try {
    await work(world);
  } finally {
    await world.stop();
  }
}

/** Changes the schema as its owner, which no process of ours may do. */
export async function alter(world: Pick<World, 'ownerUrl'>, ...statements: readonly string[]): Promise<void> {
  const owner = await createConnection(world.ownerUrl);
  try {
    for (const statement of statements) await owner.query(statement);
  } finally {
    await owner.end();
  }
}

/** The names of the invariants that do not hold. */
export async function found(world: World): Promise<string[]> {
  return (await world.breaches()).map(({ invariant }) => invariant);
}

/** Fen that our books have more than the gateway's own, after everything that a machine can do is done. */
export async function gap(world: World): Promise<bigint> {
  const { ours, theirs } = await world.audit();
  return BigInt(ours) - BigInt(theirs);
}

/** Puts other methods into one object of this world's module, such as a store without its lock. */
export function sabotage<T extends object>(victim: T, methods: Partial<T>): void {
  Object.assign(victim, methods);
}

/** A collaborator that a use case keeps to itself. */
export function partOf<T extends object>(owner: object, name: string): T {
  return Reflect.get(owner, name) as T;
}

export function gatewayOf(world: World): Gateway {
  return world.get(Gateways).get('sandbox');
}

/** Nobody passes before `parties` have come: what overlaps by bad luck in life overlaps here always. */
export function barrier(parties: number): () => Promise<void> {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let here = 0;
  return () => {
    here += 1;
    if (here >= parties) open();
    return opened;
  };
}

export const DROPPED = { match: { operation: 'callback' }, fault: 'drop-callback' } as const;

/** A charge of a pledge of its own, paid and booked. */
export async function paidCharge(world: World, amount = 10_000n): Promise<Charge> {
  const charge = await world.charge(await world.pledge(amount));
  await world.pay(charge);
  await world.until('it is booked', async () => {
    const { charge: now } = await world.get(ReadCharge).execute(charge.payerId, charge.id);
    return now.state === 'succeeded';
  });
  return charge;
}

export function requestRefund(
  world: World,
  charge: Charge,
  amount: bigint,
  fact = `pledge:${charge.pledgeId}:failed`,
): Promise<void> {
  const wish = { chargeId: charge.id, amount, fact, reason: 'campaign-failed' };
  return world.get(UnitOfWork).run((tx) => world.get(RequestRefund).execute(tx, wish));
}

/** Fen that the gateway paid back of an order, by its own books. */
export async function paidBack(world: World, charge: Charge): Promise<unknown> {
  return (await world.sandbox('GET', `/orders/${charge.number}`)).body['refundedFen'];
}

/** Time goes by with callbacks alone: nobody asks about what is open. */
export async function withoutJanitor(world: World): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    await world.pass(3_600);
    for (const eventId of await world.get(DueGatewayEvents).execute(500)) {
      await world.get(ApplyGatewayEvent).execute(eventId);
    }
  }
}
