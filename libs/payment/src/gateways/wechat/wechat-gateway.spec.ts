import { createVerify } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock, TypeOrmUnitOfWork } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import type { OrderRequest } from '../../use-cases/gateway.port.js';
import { ScriptedWechat, type Scripted } from '../../../test/scripted-wechat.js';
import { WechatGateway } from './wechat-gateway.js';

const clock = new SystemClock();
const number = 'C01hxyz0123456789abcdefghjk';
const scripted = new ScriptedWechat(() => Math.floor(clock.now().getTime() / 1000));
const { mchid } = scripted;
const ref = { number, merchantRef: mchid };
const order: OrderRequest = {
  ...{ ...ref, amount: 500n, description: '楼道粉刷', expiresAt: new Date('2026-11-24T00:00:00Z') },
  ...{ notifyUrl: 'https://hehuo.example/v1/callbacks', returnUrl: 'https://hehuo.example/c?x=1' },
  ...{ scene: 'code', payerHint: null },
};
const refund = {
  ...{ number: 'R01hxyz0123456789abcdefghjk', orderNumber: number, merchantRef: mchid },
  ...{ orderAmount: 500n, amount: 200n, notifyUrl: 'https://hehuo.example/v1/callbacks' },
};
const paid = {
  ...{ appid: scripted.keys.appId, mchid, out_trade_no: number, trade_state: 'SUCCESS' },
  ...{ transaction_id: '42000', success_time: '2026-11-23T16:00:00+08:00' },
  amount: { total: 500, payer_total: 500, currency: 'CNY', payer_currency: 'CNY' },
};

let gateway: WechatGateway;
let world: TestDatabase;

beforeAll(async () => {
  const origin = await scripted.start();
  gateway = new WechatGateway({ origin, timeoutMs: 1_000 }, scripted.merchantKeys, clock);
  world = await createTestDatabase();
});
afterAll(async () => {
  await gateway.close();
  await scripted.stop();
  await world.drop();
});
beforeEach(() => scripted.forget());

describe('a request', () => {
  it('of a new order is signed over method, path and the very bytes', async () => {
    scripted.answers = [{ status: 200, body: { code_url: 'weixin://wxpay/bizpayurl?pr=Jy' } }];
    expect(await gateway.createOrder(order)).toEqual({
      ...{ kind: 'open', payUrl: 'weixin://wxpay/bizpayurl?pr=Jy' },
    });
    const [{ request, body }] = scripted.got as [(typeof scripted.got)[0]];
    expect([request.method, request.url]).toEqual(['POST', '/v3/pay/transactions/native']);
    expect(scripted.isSigned(request, body)).toBe(true);
    expect(request.headers).toMatchObject({
      ...{ accept: 'application/json', 'content-type': 'application/json' },
      ...{ 'user-agent': expect.stringContaining('hehuo'), 'wechatpay-serial': scripted.keys.publicKeyId },
    });
    expect(JSON.parse(body)).toEqual({
      ...{ appid: 'wx8888888888888888', mchid, out_trade_no: number, description: '楼道粉刷' },
      ...{ time_expire: '2026-11-24T08:00:00+08:00', notify_url: 'https://hehuo.example/v1/callbacks' },
      amount: { total: 500, currency: 'CNY' },
    });
  });

  it('names the payer where the way to pay needs it, and is not made without', async () => {
    scripted.answers = [
      { status: 200, body: { prepay_id: 'wx2014' } },
      { status: 200, body: { h5_url: 'https://wx.tenpay.com/x?prepay_id=wx1' } },
    ];
    const inWechat = { ...order, scene: 'wechat', payerHint: { openId: 'oUpF8uMuAJO' } } as const;
    expect(await gateway.createOrder(inWechat)).toEqual({ kind: 'open', payUrl: 'wx2014' });
    const onPhone = { ...order, scene: 'phone', payerHint: { ip: '203.0.113.7' } } as const;
    expect(await gateway.createOrder(onPhone)).toEqual({
      kind: 'open',
      payUrl: 'https://wx.tenpay.com/x?prepay_id=wx1&redirect_url=https%3A%2F%2Fhehuo.example%2Fc%3Fx%3D1',
    });
    expect(scripted.got.map(({ request }) => request.url)).toEqual([
      '/v3/pay/transactions/jsapi',
      '/v3/pay/transactions/h5',
    ]);
    expect(scripted.got.map(({ body }) => JSON.parse(body))).toMatchObject([
      { payer: { openid: 'oUpF8uMuAJO' } },
      { scene_info: { payer_client_ip: '203.0.113.7', h5_info: { type: 'Wap' } } },
    ]);
    for (const [part, code] of [
      [{ scene: 'wechat' }, 'no_open_id'],
      [{ scene: 'phone' }, 'no_payer_ip'],
      [{ scene: 'page' }, 'scene_not_offered'],
      [{ notifyUrl: null }, 'no_notify_url'],
    ] as const) {
      expect(await gateway.createOrder({ ...order, ...part })).toEqual({ kind: 'refused', code });
    }
    expect(scripted.got).toHaveLength(2);
  });

  it('carries no mark that would tear a bill, and a title of 127 characters', async () => {
    scripted.answers = [{ status: 200, body: { code_url: 'weixin://x' } }];
    await gateway.createOrder({ ...order, description: `楼\`道\n粉${'刷'.repeat(200)}` });
    const { description } = JSON.parse(scripted.got[0]?.body ?? '');
    expect(description).toBe(`楼 道 粉${'刷'.repeat(122)}`);
  });

  it('asks, closes, refunds and asks about refunds at the documented addresses', async () => {
    scripted.answers = [
      { status: 200, body: paid },
      { status: 204 },
      { status: 200, body: { out_refund_no: refund.number, out_trade_no: number, status: 'PROCESSING' } },
      { status: 404, body: { code: 'RESOURCE_NOT_EXISTS', message: '退款单不存在' } },
    ];
    expect(await gateway.queryOrder(ref)).toEqual({
      ...{ kind: 'paid', amount: 500n, paidAt: new Date('2026-11-23T08:00:00Z'), transactionNo: '42000' },
    });
    expect(await gateway.closeOrder(ref)).toEqual({ kind: 'closed' });
    expect(await gateway.refund(refund)).toEqual({ kind: 'processing' });
    expect(await gateway.queryRefund(refund)).toEqual({ kind: 'absent' });
    expect(scripted.got.map(({ request }) => `${request.method} ${request.url}`)).toEqual([
      `GET /v3/pay/transactions/out-trade-no/${number}?mchid=${mchid}`,
      `POST /v3/pay/transactions/out-trade-no/${number}/close`,
      'POST /v3/refund/domestic/refunds',
      `GET /v3/refund/domestic/refunds/${refund.number}`,
    ]);
    expect(scripted.got.every(({ request, body }) => scripted.isSigned(request, body))).toBe(true);
    expect(JSON.parse(scripted.got[1]?.body ?? '')).toEqual({ mchid });
    expect(JSON.parse(scripted.got[2]?.body ?? '')).toEqual({
      ...{ out_trade_no: number, out_refund_no: refund.number, reason: '退款' },
      ...{ notify_url: refund.notifyUrl, amount: { refund: 200, total: 500, currency: 'CNY' } },
    });
  });

  it('is never made inside an open transaction', async () => {
    const uow = new TypeOrmUnitOfWork(world.database);
    await expect(uow.run(() => gateway.queryOrder(ref))).rejects.toThrow('inside an open transaction');
    expect(scripted.got).toEqual([]);
  });

  it('is not made without usable keys', async () => {
    const other = { number, merchantRef: '1900000109' };
    expect(await gateway.queryOrder(other)).toEqual({ kind: 'unknown', why: 'no_usable_keys' });
    expect(await gateway.createOrder({ ...order, ...other })).toMatchObject({ kind: 'unknown' });
    expect(await gateway.bill('1900000109', '2026-11-20')).toMatchObject({ kind: 'unknown' });
  });
});

const seconds = (): number => Math.floor(clock.now().getTime() / 1000);
const answered = (part: Partial<Scripted>): Scripted => ({ status: 200, body: paid, ...part });

describe('an answer', () => {
  it.each<[string, Scripted | 'silence' | 'hang up', string]>([
    ['in order', answered({}), 'paid'],
    ['silent', 'silence', 'lost_timeouterror'],
    ['cut off', 'hang up', 'lost_und_err_socket'],
    ['unsigned', answered({ headers: { 'wechatpay-signature': '' } }), 'answer_signature_missing'],
    ['signed for other bytes', answered({ signedBody: '{}' }), 'answer_signature_wrong'],
    ['signed 301 s ago', answered({ seconds: seconds() - 301 }), 'answer_signature_stale'],
    [
      'under an unknown serial',
      answered({ headers: { 'wechatpay-serial': 'PUB_KEY_ID_2' } }),
      'answer_signature_serial_unknown',
    ],
    [
      'that probes us',
      answered({ headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/x' } }),
      'answer_signature_probe',
    ],
    ['of broken JSON', answered({ body: '{"out_trade_no":' }), 'answer_unreadable'],
    ['of too much', answered({ body: ' '.repeat(70_000) }), 'answer_too_large'],
    [
      'that refuses and is unsigned',
      answered({ status: 404, body: { code: 'ORDER_NOT_EXIST' }, headers: { 'wechatpay-signature': '' } }),
      'answer_signature_missing',
    ],
    ['that refuses', answered({ status: 404, body: { code: 'ORDER_NOT_EXIST' } }), 'absent'],
    ['of an error', answered({ status: 500, body: { code: 'SYSTEM_ERROR' } }), '500_SYSTEM_ERROR'],
  ])('%s is taken for what it proves', async (_name, answer, expected) => {
    scripted.answers = [answer];
    const finding = await gateway.queryOrder(ref);
    expect(finding.kind === 'unknown' ? finding.why : finding.kind).toBe(expected);
  });

  it('of a gateway that is not there is unknown, and shows no secret', async () => {
    const origin = 'http://127.0.0.1:9';
    const nobody = new WechatGateway({ origin, timeoutMs: 300 }, scripted.merchantKeys, clock);
    const finding = await nobody.queryRefund(refund);
    expect(finding).toMatchObject({ kind: 'unknown', why: expect.stringMatching(/^lost_/) });
    await nobody.close();
  });
});

describe('a probe', () => {
  const keys = scripted.keys;
  it.each<[string, Scripted, object]>([
    ['works', { status: 404, body: { code: 'ORDER_NOT_EXIST' } }, { kind: 'works' }],
    ['is refused', { status: 401, body: { code: 'SIGN_ERROR' } }, { kind: 'refused', code: 'SIGN_ERROR' }],
    [
      'is refused by who does not sign',
      { status: 401, body: {}, headers: { 'wechatpay-signature': '' } },
      { kind: 'refused', code: 'SIGN_ERROR' },
    ],
    ['is refused a right', { status: 403, body: { code: 'NO_AUTH' } }, { kind: 'refused', code: 'NO_AUTH' }],
    [
      'cannot be verified',
      { status: 404, body: { code: 'ORDER_NOT_EXIST' }, signedBody: 'x' },
      { kind: 'unknown', why: 'answer_signature_wrong' },
    ],
  ])('%s', async (_name, answer, expected) => {
    scripted.answers = [answer];
    expect(await gateway.probe(mchid, keys)).toEqual(expected);
  });

  it('calls nobody with keys that cannot be used', async () => {
    expect(await gateway.probe(mchid, { ...keys, privateKey: 'x' })).toEqual({
      ...{ kind: 'unknown', why: 'keys_unusable' },
    });
    expect(scripted.got).toEqual([]);
    expect(gateway.complaints({ ...keys, privateKey: 'x' })).toHaveLength(1);
  });
});

describe('what the payer’s screen does', () => {
  it('follows, shows, or opens', async () => {
    expect(await gateway.present({ ...ref, scene: 'code', payUrl: 'weixin://x' })).toEqual({
      ...{ kind: 'code', text: 'weixin://x' },
    });
    expect(await gateway.present({ ...ref, scene: 'phone', payUrl: 'https://x' })).toEqual({
      ...{ kind: 'link', url: 'https://x' },
    });
    const opening = await gateway.present({ ...ref, scene: 'wechat', payUrl: 'wx2014' });
    if (opening.kind !== 'jsapi') throw new Error('parameters were expected');
    const { appId, timeStamp, nonceStr, package: bundle, signType, paySign } = opening.parameters;
    expect([appId, bundle, signType]).toEqual(['wx8888888888888888', 'prepay_id=wx2014', 'RSA']);
    const text = `${appId}\n${timeStamp}\n${nonceStr}\n${bundle}\n`;
    const isHeld = createVerify('sha256')
      .update(text)
      .verify(scripted.merchantPublicKey, String(paySign), 'base64');
    expect(isHeld).toBe(true);
  });
});
