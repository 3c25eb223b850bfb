import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ApplyGatewayEvent,
  CheckCharge,
  ReadBacklog,
  ReadCharge,
  ReceiveCallback,
  type Charge,
} from '@hehuo/payment';
import { createConnection } from 'mysql2/promise';
import { secret } from '../../../apps/sandbox/test/harness.js';
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
const transfers = (charge: Charge) =>
  world.database.rows("SELECT id FROM ledger_transfer WHERE ref = ? AND reason = 'charge-paid'", [charge.id]);

interface Forging {
  readonly ageSeconds?: number;
  readonly key?: string;
  readonly header?: string | undefined;
  readonly event?: string;
}

/** A callback as the sandbox would send it, signed here by the words of the contract. */
function callback(content: object | string, { ageSeconds = 0, key = secret, ...over }: Forging = {}) {
  const body = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  const t = Math.floor(nowMs() / 1000) - ageSeconds;
  const v1 = createHmac('sha256', key).update(`${t}.`).update(body).digest('hex');
  const event = over.event ?? (content as { eventId?: string }).eventId ?? 'E0';
  const signature = 'header' in over ? over.header : `t=${t},v1=${v1}`;
  const headers = {
    'sandbox-event': event,
    ...(signature === undefined ? {} : { 'sandbox-signature': signature }),
  };
  return { merchantRef: null, headers, body };
}

let events = 0;
function claim(charge: Charge, over: object = {}) {
  events += 1;
  return {
    ...{ event: 'charge.paid', eventId: `E-test-${events}`, orderNo: charge.number, amountFen: '10000' },
    ...{ transactionNo: 'T1', occurredAt: new Date(nowMs()).toISOString(), merchant: 'committee-1' },
    ...over,
  };
}

const receive = (sent: ReturnType<typeof callback>) => world.get(ReceiveCallback).execute('sandbox', sent);
const stored = async () => {
  const row = await world.database.row<{ n: string }>('SELECT COUNT(*) AS n FROM gateway_event');
  return Number(row?.n);
};

describe('a callback that is not the gateway’s', () => {
  it.each([
    ['forged', (c: Charge) => callback(claim(c), { key: 'another-secret-of-16' }), 'callback_refused'],
    ['unsigned', (c: Charge) => callback(claim(c), { header: undefined }), 'callback_refused'],
    [
      'with half a signature',
      (c: Charge) => callback(claim(c), { header: 't=1,v1=abc' }),
      'callback_refused',
    ],
    ['replayed a day later', (c: Charge) => callback(claim(c), { ageSeconds: 86_400 }), 'callback_refused'],
    ['from the future', (c: Charge) => callback(claim(c), { ageSeconds: -301 }), 'callback_refused'],
    ['signed for other bytes', (c: Charge) => tampered(c), 'callback_refused'],
    ['no JSON', () => callback('SIGNTEST'), 'callback_malformed'],
    ['a list', () => callback('[]'), 'callback_malformed'],
    ['of an unknown kind', (c: Charge) => callback(claim(c, { event: 'charge.gift' })), 'callback_malformed'],
    ['without a sum', (c: Charge) => callback(claim(c, { amountFen: undefined })), 'callback_malformed'],
    [
      'with a sum as a number',
      (c: Charge) => callback(claim(c, { amountFen: 10_000 })),
      'callback_malformed',
    ],
    ['with a negative sum', (c: Charge) => callback(claim(c, { amountFen: '-10000' })), 'callback_malformed'],
    [
      'with a sum of an exponent',
      (c: Charge) => callback(claim(c, { amountFen: '1e4' })),
      'callback_malformed',
    ],
    [
      'about a refund without its number',
      (c: Charge) => callback(claim(c, { event: 'refund.done' })),
      'callback_malformed',
    ],
    [
      'with the event of another header',
      (c: Charge) => callback(claim(c), { event: 'E-other' }),
      'callback_malformed',
    ],
    ['too large', (c: Charge) => callback(claim(c, { pad: 'x'.repeat(70_000) })), 'callback_too_large'],
  ])('%s is refused, and nothing is stored', async (_name, make, code) => {
    const charge = await world.charge(await world.pledge());
    const before = await stored();
    await expect(receive(make(charge))).rejects.toMatchObject({ code });
    expect(await stored()).toBe(before);
    expect((await read(charge)).state).toBe('pending');
  });

  it('for a gateway that is not set up is refused', async () => {
    await expect(world.get(ReceiveCallback).execute('wechat', callback({}))).rejects.toMatchObject({
      code: 'payment_gateway_unknown',
    });
  });
});

function tampered(charge: Charge): ReturnType<typeof callback> {
  const sent = callback(claim(charge));
  return { ...sent, body: Buffer.from(sent.body.toString().replace('10000', '99999')) };
}

async function verdict(content: object): Promise<string | null> {
  await receive(callback(content));
  const { eventId } = content as { eventId: string };
  const row = await world.database.row<{ id: `gev_${string}` }>(
    'SELECT id FROM gateway_event WHERE event_key = ?',
    [eventId],
  );
  return world.get(ApplyGatewayEvent).execute(row!.id);
}

describe('a callback that is signed and not true', () => {
  it('of a payment that did not happen books nothing', async () => {
    const charge = await world.charge(await world.pledge());
    expect(await verdict(claim(charge))).toBe('received');
    expect((await read(charge)).state).toBe('pending');
    expect(await transfers(charge)).toEqual([]);
    for (let round = 0; round < 8; round += 1) {
      await world.pass(30_000);
      await world.sweep();
    }
    const { events: open } = await world.get(ReadBacklog).execute();
    expect(open).toContainEqual({ state: 'contradicted', n: 1 });
  });

  it.each([
    ['one fen more', { amountFen: '10001' }],
    ['one fen less', { amountFen: '9999' }],
    ['another merchant', { merchant: 'committee-2' }],
  ])('says %s: the sum that the gateway answers is booked, and the lie is kept', async (_name, over) => {
    const charge = await world.charge(await world.pledge());
    await world.faults({ match: { operation: 'callback' }, fault: 'drop-callback' });
    await world.pay(charge);
    expect(await verdict(claim(charge, over))).toBe('contradicted');
    expect(await read(charge)).toMatchObject({ state: 'succeeded', paidAmount: 10_000n, bookedAs: 'escrow' });
  });

  it('about an order or a refund that we do not know is kept and changes nothing', async () => {
    const charge = await world.charge(await world.pledge());
    expect(await verdict(claim(charge, { orderNo: `${charge.number}-unknown` }))).toBe('unknown_object');
    const refund = { event: 'refund.done', refundNo: `R${id('rfd').slice(4)}` };
    expect(await verdict(claim(charge, refund))).toBe('unknown_object');
    expect(await verdict(claim(charge, { ...refund, refundNo: 'X1' }))).toBe('unknown_object');
  });

  it('of another sum at the gateway itself goes back whole', async () => {
    const pledge = await world.pledge();
    const charge = await world.charge(pledge);
    // The order at the gateway is of another sum than our row: as if our row had been restored from a backup.
    await world.database.change('UPDATE charge SET amount = amount + 1 WHERE id = ?', [charge.id]);
    await world.pay(charge);
    await world.until('it is back', async () => {
      return (await world.get(ReadCharge).execute(charge.payerId, charge.id)).status === 'returned';
    });
    expect(await read(charge)).toMatchObject({ paidAmount: 10_000n, bookedAs: 'excess' });
    expect(await world.pledgeRow(pledge)).toEqual({ winner: null, returned: 10_000n });
  });

  it.each([
    'callback-wrong-amount',
    'callback-wrong-merchant',
    'callback-unknown-order',
    'callback-bad-signature',
    'callback-unsigned',
  ])('sent by the sandbox as %s changes nothing, and asking heals it', async (fault) => {
    const charge = await world.charge(await world.pledge());
    await world.faults({ match: { operation: 'callback', orderNo: charge.number }, fault });
    const answered = world.inbox.answered.length;
    await world.pay(charge);
    await world.until('the callback was answered', () => world.inbox.answered.length > answered);
    const isForged = fault === 'callback-bad-signature' || fault === 'callback-unsigned';
    expect(world.inbox.answered.at(-1)?.status).toBe(isForged ? 401 : 200);
    await world.get(CheckCharge).onDemand(charge.id);
    await world.until('it is booked', () => paid(charge));
    expect(await transfers(charge)).toHaveLength(1);
  });
});

describe('a true callback', () => {
  it('that comes a hundred times at once is one payment, and every one is acknowledged', async () => {
    const charge = await world.charge(await world.pledge());
    await world.faults({ match: { operation: 'callback' }, fault: 'callback-storm', count: 100 });
    const answered = world.inbox.answered.length;
    await world.pay(charge);
    await world.until('all were answered', () => world.inbox.answered.length >= answered + 100);
    expect(new Set(world.inbox.answered.slice(answered).map(({ status }) => status))).toEqual(new Set([200]));
    await world.until('it is booked', () => paid(charge));
    expect(await transfers(charge)).toHaveLength(1);
    const rows = await world.database.rows('SELECT id FROM gateway_event WHERE order_number = ?', [
      charge.number,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('applied by twenty at once is one payment', async () => {
    const charge = await world.charge(await world.pledge());
    await world.faults({ match: { operation: 'callback' }, fault: 'drop-callback' });
    await world.pay(charge);
    const content = claim(charge);
    const kinds = await Promise.all(Array.from({ length: 20 }, () => receive(callback(content))));
    expect(kinds.filter((kind) => kind === 'stored')).toHaveLength(1);
    const row = await world.database.row<{ id: `gev_${string}` }>(
      'SELECT id FROM gateway_event WHERE event_key = ?',
      [content.eventId],
    );
    await Promise.all([
      ...Array.from({ length: 20 }, () => world.get(ApplyGatewayEvent).execute(row!.id)),
      ...Array.from({ length: 5 }, () => world.get(CheckCharge).execute(charge.id)),
    ]);
    expect(await transfers(charge)).toHaveLength(1);
    expect((await read(charge)).state).toBe('succeeded');
  });

  it('is not acknowledged while it cannot be stored, and comes again', async () => {
    const owner = await createConnection(world.ownerUrl);
    const charge = await world.charge(await world.pledge());
    const answered = world.inbox.answered.length;
    await owner.query('RENAME TABLE gateway_event TO gateway_event_away');
    await world.pay(charge);
    await world.eventually('it was answered', () => world.inbox.answered.length > answered);
    await owner.query('RENAME TABLE gateway_event_away TO gateway_event');
    await owner.end();
    expect(world.inbox.answered[answered]?.status).toBe(503);
    await world.until('it is booked', () => paid(charge));
    expect(world.inbox.answered.at(-1)?.status).toBe(200);
  });

  it('in the wrong order, closed after paid and refund before payment, ends at the same place', async () => {
    const pledge = await world.pledge();
    const charge = await world.charge(pledge);
    await world.closePledge(pledge);
    await world.faults({
      match: { operation: 'callback', event: 'charge.paid' },
      fault: 'out-of-order-callback',
    });
    await world.pay(charge);
    await world.get(CheckCharge).onDemand(charge.id);
    await world.until('it is back', async () => {
      return (await world.get(ReadCharge).execute(charge.payerId, charge.id)).status === 'returned';
    });
    await receive(callback(claim(charge, { event: 'charge.closed' })));
    await world.sweep();
    expect((await read(charge)).state).toBe('succeeded');
  });

  it('replayed with an old signature is refused and harmless', async () => {
    const charge = await world.charge(await world.pledge());
    await world.faults({
      match: { operation: 'callback', orderNo: charge.number },
      ...{ fault: 'callback-replayed-later', delayMs: 100 },
    });
    const answered = world.inbox.answered.length;
    await world.pay(charge);
    await world.until('both came', () => world.inbox.answered.length >= answered + 2);
    expect(world.inbox.answered.slice(answered, answered + 2).map(({ status }) => status)).toEqual([
      200, 401,
    ]);
    await world.until('it is booked', () => paid(charge));
  });

  it('is kept encrypted', async () => {
    const [row] = await world.database.rows<{ raw: string }>('SELECT raw FROM gateway_event LIMIT 1');
    expect(row?.raw.startsWith('v1:')).toBe(true);
    expect(row?.raw).not.toContain('committee');
  });
});

describe('in the end', () => {
  it('the gateway’s books and ours say the same', async () => {
    const { theirs, ours, inTransit } = await world.audit();
    expect([ours, inTransit]).toEqual([theirs, '0']);
  });
});
