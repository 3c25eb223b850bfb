import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplyGatewayEvent, MerchantKeys, type Charge } from '@hehuo/payment';
import { Liar, mchid, WechatWorld, type Sent } from './wechat-world.js';

const world = new WechatWorld();
const liar = new Liar();

beforeAll(async () => {
  await world.startWechat('public-key');
  // The liar's key stands beside the merchant's, as a former set of keys does: its signatures hold, its words need not.
  const keys = world.get(MerchantKeys);
  const find = keys.find.bind(keys);
  keys.find = async (gateway, merchantRef) => {
    const sets = await find(gateway, merchantRef);
    const [set] = sets;
    return set ? [...sets, { ...set, publicKeyId: liar.publicKeyId, publicKey: liar.pair.publicKey }] : sets;
  };
});
afterAll(() => world.stop());
afterEach(async () => {
  await world.faults();
  expect(await world.breaches()).toEqual([]);
});

const stored = async () => {
  const row = await world.database.row<{ n: string }>('SELECT COUNT(*) AS n FROM gateway_event');
  return Number(row?.n);
};
const state = async (charge: Charge) => (await world.view(charge)).charge.state;
const paid = (charge: Charge, over: object = {}) => liar.sign(liar.envelope(liar.payment(charge, over)));
const over = (sent: Sent, headers: Record<string, string | undefined>): Sent => ({
  ...sent,
  headers: { ...sent.headers, ...headers },
});

describe('a callback that is not WeChat Pay’s', () => {
  it.each<[string, (charge: Charge) => Sent, string]>([
    [
      'forged',
      (c) => liar.sign(liar.envelope(liar.payment(c)), { privateKey: world.merchant.privateKey }),
      'callback_refused',
    ],
    [
      'replayed after 300 s',
      (c) => liar.sign(liar.envelope(liar.payment(c)), { ageSeconds: 301 }),
      'callback_refused',
    ],
    ['unsigned', (c) => over(paid(c), { 'wechatpay-signature': undefined }), 'callback_refused'],
    [
      'a probe',
      (c) => over(paid(c), { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' }),
      'callback_refused',
    ],
    ['of a wrong serial', (c) => over(paid(c), { 'wechatpay-serial': 'PUB_KEY_ID_1' }), 'callback_refused'],
    [
      'of a changed text',
      (c) => liar.sign(liar.envelope(liar.payment(c)).replace('"ciphertext":"', '"ciphertext":"AAAA')),
      'callback_refused',
    ],
    [
      'sealed with another key',
      (c) => liar.sign(liar.envelope(liar.payment(c), 'TRANSACTION.SUCCESS', 'x'.repeat(32))),
      'callback_refused',
    ],
    ['of another merchant', (c) => paid(c, { mchid: '1900000109' }), 'callback_refused'],
    ['for another app', (c) => paid(c, { appid: 'wx7777777777777777' }), 'callback_malformed'],
    [
      'of an unknown kind',
      (c) => liar.sign(liar.envelope(liar.payment(c), 'COUPON.USE')),
      'callback_malformed',
    ],
  ])('%s is refused, and nothing is stored', async (_name, make, code) => {
    const charge = await world.charge(await world.pledge());
    const before = await stored();
    await expect(world.receive(make(charge))).rejects.toMatchObject({ code });
    expect(await stored()).toBe(before);
    expect(await state(charge)).toBe('pending');
  });

  it('at an address without a merchant, or of one that we do not know, is refused', async () => {
    const charge = await world.charge(await world.pledge());
    for (const address of [null, '1900000109']) {
      await expect(world.receive(paid(charge), address)).rejects.toMatchObject({ code: 'callback_refused' });
    }
    expect(await state(charge)).toBe('pending');
  });
});

async function verdict(sent: Sent): Promise<string | null> {
  const before = await world.database.rows<{ id: string }>('SELECT id FROM gateway_event');
  await world.receive(sent);
  const known = new Set(before.map(({ id }) => id));
  const rows = await world.database.rows<{ id: `gev_${string}` }>('SELECT id FROM gateway_event');
  const found = rows.find(({ id }) => !known.has(id));
  if (!found) throw new Error('nothing was stored');
  return world.get(ApplyGatewayEvent).execute(found.id);
}

describe('a callback that is signed and not true', () => {
  it.each([
    ['one fen more', 10_001],
    ['one fen less', 9_999],
  ])('says %s: what WeChat Pay answers is booked, and the lie is kept', async (_name, total) => {
    const charge = await world.charge(await world.pledge());
    await world.faults({ match: { operation: 'callback' }, fault: 'drop-callback' });
    await world.pay(charge);
    const amount = { total, payer_total: total, currency: 'CNY' };
    expect(await verdict(paid(charge, { amount }))).toBe('contradicted');
    expect((await world.view(charge)).charge).toMatchObject({ state: 'succeeded', paidAmount: 10_000n });
  });

  it('of a payment that did not happen books nothing', async () => {
    const charge = await world.charge(await world.pledge());
    expect(await verdict(paid(charge))).toBe('received');
    expect(await state(charge)).toBe('pending');
  });

  it('about an order that we do not know is kept and changes nothing', async () => {
    const charge = await world.charge(await world.pledge());
    expect(await verdict(paid(charge, { out_trade_no: `${charge.number}-x` }))).toBe('unknown_object');
    expect(await state(charge)).toBe('pending');
  });

  it('that is repeated is known, and acknowledged', async () => {
    const charge = await world.charge(await world.pledge());
    const sent = paid(charge);
    expect(await world.receive(sent)).toBe('stored');
    expect(await world.receive(sent)).toBe('known');
    expect(mchid).toBe(charge.merchantRef);
  });
});
