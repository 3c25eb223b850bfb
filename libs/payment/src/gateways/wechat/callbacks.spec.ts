import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { eventOf } from './callbacks.js';
import { ringsOf } from './keys.js';
import { ScriptedWechat } from '../../../test/scripted-wechat.js';

const now = new Date('2026-11-25T08:00:00Z');
const nowSeconds = Math.floor(now.getTime() / 1000);
const wechat = new ScriptedWechat(() => nowSeconds);
const { mchid, keys } = wechat;
const number = 'C01hxyz0123456789abcdefghjk';
const refundNumber = 'R01hxyz0123456789abcdefghjk';
const rings = ringsOf([keys]);

const payment = {
  ...{ mchid, appid: keys.appId, out_trade_no: number, transaction_id: '42000', trade_type: 'NATIVE' },
  ...{ trade_state: 'SUCCESS', bank_type: 'OTHERS', success_time: '2026-11-25T15:59:59+08:00' },
  ...{ payer: { openid: 'oUpF8uMuAJO' }, amount: { total: 500, payer_total: 500, currency: 'CNY' } },
};
const refund = {
  ...{ mchid, out_trade_no: number, transaction_id: '42000', out_refund_no: refundNumber, refund_id: '503' },
  ...{ refund_status: 'SUCCESS', success_time: '2026-11-25T15:59:59+08:00' },
  ...{ user_received_account: '支付用户零钱', amount: { total: 500, refund: 200, payer_refund: 200 } },
};

function seal(content: object | string, key = keys.apiV3Key): object {
  const nonce = 'fdasflkja484';
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('transaction'));
  const text = [
    cipher.update(typeof content === 'string' ? content : JSON.stringify(content)),
    cipher.final(),
  ];
  return {
    ...{ algorithm: 'AEAD_AES_256_GCM', original_type: 'transaction', associated_data: 'transaction', nonce },
    ciphertext: Buffer.concat([...text, cipher.getAuthTag()]).toString('base64'),
  };
}

function envelope(type: string, content: object | string, over: object = {}): string {
  return JSON.stringify({
    ...{ id: 'EV-2018022511223320873', create_time: '2026-11-25T16:00:00+08:00', event_type: type },
    ...{ resource_type: 'encrypt-resource', summary: '支付成功', resource: seal(content), ...over },
  });
}

const take = (body: string, part: { headers?: object; merchantRef?: string; rings?: typeof rings } = {}) =>
  eventOf(
    {
      headers: { ...wechat.signed(body), ...part.headers },
      ...{ body: Buffer.from(body), merchantRef: part.merchantRef ?? mchid },
    },
    part.rings ?? rings,
    now,
  );

describe('a callback', () => {
  it('of a payment is a claim with everything that is compared', () => {
    expect(take(envelope('TRANSACTION.SUCCESS', payment))).toEqual({
      ...{ key: 'EV-2018022511223320873', kind: 'charge.paid', orderNumber: number, refundNumber: null },
      ...{ amount: 500n, merchantRef: mchid, occurredAt: new Date('2026-11-25T07:59:59Z') },
    });
  });

  it.each([
    ['REFUND.SUCCESS', 'refund.done'],
    ['REFUND.ABNORMAL', 'refund.failed'],
    ['REFUND.CLOSED', 'refund.failed'],
  ])('%s is %s', (type, kind) => {
    expect(take(envelope(type, refund))).toMatchObject({
      ...{ kind, orderNumber: number, refundNumber, amount: 200n },
    });
  });

  it('is dated by itself where its object is not', () => {
    const body = envelope('REFUND.CLOSED', { ...refund, success_time: undefined });
    expect(take(body).occurredAt).toEqual(new Date('2026-11-25T08:00:00Z'));
  });

  it('is opened by any of the merchant’s key sets, so that keys can be replaced', () => {
    const newer = { ...keys, apiV3Key: 'x'.repeat(32), appId: 'wx7777777777777777' };
    const both = ringsOf([{ ...newer, publicKeyId: 'PUB_KEY_ID_1111111111111111' }, keys]);
    expect(take(envelope('TRANSACTION.SUCCESS', payment), { rings: both }).amount).toBe(500n);
  });

  const good = envelope('TRANSACTION.SUCCESS', payment);
  const flipped = (body: string): string => body.replace(/"ciphertext":"(.)/, '"ciphertext":"-');
  it.each<[string, () => unknown]>([
    ['that is forged', () => take(good, { headers: wechat.signed(`${good} `) })],
    ['that is unsigned', () => take(good, { headers: { 'wechatpay-signature': undefined } })],
    ['that is replayed after 300 s', () => take(good, { headers: wechat.signed(good, nowSeconds - 301) })],
    ['from the future', () => take(good, { headers: wechat.signed(good, nowSeconds + 301) })],
    ['under a wrong serial', () => take(good, { headers: { 'wechatpay-serial': 'PUB_KEY_ID_2' } })],
    ['that probes us', () => take(good, { headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' } })],
    ['with a changed text', () => take(flipped(good), { headers: wechat.signed(good) })],
    ['with a changed text, signed', () => take(flipped(good))],
    [
      'sealed with another key',
      () => take(envelope('TRANSACTION.SUCCESS', payment, { resource: seal(payment, 'y'.repeat(32)) })),
    ],
    ['that is not sealed', () => take(envelope('TRANSACTION.SUCCESS', payment, { resource: payment }))],
    ['that is no JSON', () => take('SIGNTEST')],
    ['of another merchant', () => take(envelope('TRANSACTION.SUCCESS', { ...payment, mchid: '1900000109' }))],
    ['to the address of another merchant', () => take(good, { merchantRef: '1900000109' })],
    ['to a merchant without keys', () => take(good, { rings: [] })],
  ])('%s is refused', (_name, act) => {
    expect(act).toThrow(expect.objectContaining({ code: 'callback_refused' }));
  });

  const amount = (part: object) => ({ ...payment, amount: { ...payment.amount, ...part } });
  it.each<[string, string]>([
    ['of another kind', envelope('TRANSACTION.GIFT', payment)],
    ['of a kind that objects have by nature', envelope('toString', payment)],
    ['without an id', envelope('TRANSACTION.SUCCESS', payment, { id: undefined })],
    ['with a sum as text', envelope('TRANSACTION.SUCCESS', amount({ total: '500' }))],
    ['with a negative sum', envelope('TRANSACTION.SUCCESS', amount({ total: -500 }))],
    ['in dollars', envelope('TRANSACTION.SUCCESS', amount({ currency: 'USD' }))],
    ['for another app', envelope('TRANSACTION.SUCCESS', { ...payment, appid: 'wx1' })],
    ['that is not paid', envelope('TRANSACTION.SUCCESS', { ...payment, trade_state: 'NOTPAY' })],
    ['about a refund without its number', envelope('REFUND.SUCCESS', payment)],
  ])('%s is malformed', (_name, body) => {
    expect(() => take(body)).toThrow(expect.objectContaining({ code: 'callback_malformed' }));
  });
});
