import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplyGatewayEvent, CheckCharge, ReadBacklog, type Charge } from '@hehuo/payment';
import { AlipayWorld, appId, seller } from './alipay-world.js';
import { nowMs } from './world.js';

const world = new AlipayWorld();
beforeAll(() => world.startAlipay());
afterAll(() => world.stop());
afterEach(async () => {
  await world.faults();
  expect(await world.breaches()).toEqual([]);
});

const paid = async (charge: Charge) => (await world.stateOf(charge)) === 'succeeded';
const stored = async () => {
  const row = await world.database.row<{ n: string }>('SELECT COUNT(*) AS n FROM gateway_event');
  return Number(row?.n);
};
const beijing = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

let notices = 0;
function claim(charge: Charge, over: Record<string, string> = {}): Record<string, string> {
  notices += 1;
  return {
    ...{ app_id: appId, charset: 'utf-8', notify_type: 'trade_status_sync', version: '1.0' },
    ...{ notify_id: `N${notices}`, notify_time: beijing(nowMs()), out_trade_no: charge.number },
    ...{ seller_id: seller, total_amount: '100.00', trade_no: 'T1', trade_status: 'TRADE_SUCCESS' },
    ...{ gmt_payment: beijing(nowMs()) },
    ...over,
  };
}

interface Sealing {
  readonly key?: string;
  readonly digest?: string;
  readonly type?: string;
}

/** A form as Alipay signs it, made here by the words of its documents: fields by name, without sign and sign_type. */
function sealed(
  fields: Record<string, string>,
  { key, digest = 'RSA-SHA256', type = 'RSA2' }: Sealing = {},
): string {
  const text = Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((field) => field.join('='))
    .join('&');
  const signature = createSign(digest)
    .update(text, 'utf8')
    .sign(key ?? ownKey(), 'base64');
  return new URLSearchParams({ ...fields, sign_type: type, sign: signature }).toString();
}

/** The key that plays Alipay's, from the folder of the sandbox's books: these notices are signed as truly as its own. */
const ownKey = (): string => readFileSync(join(world.booksFolder, 'alipay-key.pem'), 'utf8');
const pemOf = (base64: string): string => `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----`;
const threeDaysMs = 3 * 86_400_000;

describe('a notice that is not Alipay’s for this merchant', () => {
  it.each<[string, (charge: Charge) => string, string]>([
    ['forged', (c) => sealed(claim(c), { key: pemOf(world.stranger.privateKey) }), 'callback_refused'],
    [
      'signed by the app itself',
      (c) => sealed(claim(c), { key: pemOf(world.app.privateKey) }),
      'callback_refused',
    ],
    [
      'unsigned',
      (c) => new URLSearchParams({ ...claim(c), sign_type: 'RSA2' }).toString(),
      'callback_refused',
    ],
    ['under SHA-1', (c) => sealed(claim(c), { digest: 'RSA-SHA1', type: 'RSA' }), 'callback_refused'],
    [
      'under SHA-1 that calls itself RSA2',
      (c) => sealed(claim(c), { digest: 'RSA-SHA1' }),
      'callback_refused',
    ],
    ['of another kind of signature', (c) => sealed(claim(c), { type: 'RSA' }), 'callback_refused'],
    ['of another app', (c) => sealed(claim(c, { app_id: '2021000000000002' })), 'callback_refused'],
    ['of another seller', (c) => sealed(claim(c, { seller_id: '2088000000000002' })), 'callback_refused'],
    [
      'replayed',
      (c) => sealed(claim(c, { notify_time: beijing(nowMs() - threeDaysMs) })),
      'callback_refused',
    ],
    ['changed by a fen', (c) => sealed(claim(c)).replace('100.00', '100.01'), 'callback_refused'],
    ['with a field twice', (c) => `${sealed(claim(c))}&total_amount=1.00`, 'callback_malformed'],
    [
      'waiting for its payer',
      (c) => sealed(claim(c, { trade_status: 'WAIT_BUYER_PAY' })),
      'callback_malformed',
    ],
    ['with a sum of an exponent', (c) => sealed(claim(c, { total_amount: '1e2' })), 'callback_malformed'],
    ['no form', () => 'SIGNTEST!{}', 'callback_malformed'],
    ['too large', (c) => `${sealed(claim(c))}&pad=${'x'.repeat(70_000)}`, 'callback_too_large'],
  ])('%s is refused, and nothing is stored', async (_name, make, code) => {
    const charge = await world.openCharge();
    const before = await stored();
    await expect(world.receive(make(charge))).rejects.toMatchObject({ code });
    expect([await stored(), await world.stateOf(charge)]).toEqual([before, 'pending']);
  });

  it('is refused at the address of another merchant', async () => {
    const charge = await world.openCharge();
    const body = sealed(claim(charge));
    await expect(world.receive(body, '2088000000000009')).rejects.toMatchObject({ code: 'callback_refused' });
  });
});

async function verdict(fields: Record<string, string>): Promise<string | null> {
  expect(await world.receive(sealed(fields))).toBe('stored');
  expect(await world.receive(sealed(fields))).toBe('known');
  const row = await world.database.row<{ id: `gev_${string}` }>(
    'SELECT id FROM gateway_event WHERE event_key = ?',
    [fields['notify_id'] ?? null],
  );
  return world.get(ApplyGatewayEvent).execute(row!.id);
}

describe('a notice that is signed and not true', () => {
  it('of a payment that did not happen books nothing', async () => {
    const charge = await world.openCharge();
    expect(await verdict(claim(charge))).toBe('received');
    expect(await world.stateOf(charge)).toBe('pending');
  });

  it.each([
    ['one fen more', '100.01'],
    ['one fen less', '99.99'],
  ])('says %s: what Alipay answers is booked, and the lie is kept', async (_name, total) => {
    const charge = await world.openCharge();
    await world.faults({ match: { operation: 'callback' }, fault: 'drop-callback' });
    await world.pay(charge);
    expect(await verdict(claim(charge, { total_amount: total }))).toBe('contradicted');
    expect((await world.view(charge)).charge).toMatchObject({ state: 'succeeded', paidAmount: 10_000n });
  });

  it('about an order or a refund that we do not know is kept and changes nothing', async () => {
    const charge = await world.openCharge();
    expect(await verdict(claim(charge, { out_trade_no: `${charge.number}-unknown` }))).toBe('unknown_object');
    const refund = { refund_fee: '10.00', gmt_refund: beijing(nowMs()), out_biz_no: 'R1' };
    expect(await verdict(claim(charge, refund))).toBe('unknown_object');
  });
});

describe('notices of the sandbox', () => {
  const refusals = [
    'callback-bad-signature',
    'callback-unsigned',
    'callback-weak-signature',
    'callback-wrong-merchant',
  ];
  it.each([...refusals, 'callback-wrong-amount', 'callback-unknown-order'])(
    '%s changes nothing, and asking heals it',
    async (fault) => {
      const charge = await world.openCharge();
      await world.faults({ match: { operation: 'callback', orderNo: charge.number }, fault });
      const answered = world.inbox.answered.length;
      await world.pay(charge);
      await world.eventually('the notice was answered', () => world.inbox.answered.length > answered);
      expect(world.inbox.answered.at(-1)?.status).toBe(refusals.includes(fault) ? 401 : 200);
      await world.get(CheckCharge).onDemand(charge.id);
      await world.until('it is booked', () => paid(charge));
    },
  );

  it('that come three times are one payment; a replayed one is refused', async () => {
    const charge = await world.openCharge();
    await world.faults({
      match: { operation: 'callback', orderNo: charge.number },
      fault: 'duplicate-callback',
    });
    const answered = world.inbox.answered.length;
    await world.pay(charge);
    await world.until('all were answered', () => world.inbox.answered.length >= answered + 3);
    expect(world.inbox.answered.slice(answered).map(({ status }) => status)).toEqual([200, 200, 200]);
    await world.until('it is booked', () => paid(charge));
    const other = await world.openCharge();
    const replay = { fault: 'callback-replayed-later', delayMs: 100 };
    await world.faults({ match: { operation: 'callback', orderNo: other.number }, ...replay });
    const before = world.inbox.answered.length;
    await world.pay(other);
    await world.until('both came', () => world.inbox.answered.length >= before + 2);
    // Which of the two is there first is the line's business.
    const statuses = world.inbox.answered.slice(before).map(({ status }) => status);
    expect(statuses.sort((a, b) => a - b)).toEqual([200, 401]);
    await world.until('it is booked', () => paid(other));
  });

  it('are kept encrypted', async () => {
    const [row] = await world.database.rows<{ raw: string }>('SELECT raw FROM gateway_event LIMIT 1');
    expect(row?.raw.startsWith('v1:')).toBe(true);
  });
});

describe('in the end', () => {
  it('both books say the same', async () => {
    const { theirs, ours, inTransit } = await world.audit();
    expect([ours, inTransit]).toEqual([theirs, '0']);
    expect((await world.get(ReadBacklog).execute()).refunds).toEqual([]);
  }, 120_000);
});
