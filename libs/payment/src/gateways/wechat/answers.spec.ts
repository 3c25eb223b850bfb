import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verdictOf } from '../../domain/findings.js';
import {
  readClosed,
  readPlaced,
  readProbe,
  readQueried,
  readRefunded,
  readRefundQueried,
} from './answers.js';

const number = 'C01hxyz0123456789abcdefghjk';
const order = { number, merchantRef: '1900007291', appIds: ['wx8888888888888888', 'wx7777777777777777'] };
const refund = { number: 'R01hxyz0123456789abcdefghjk', orderNumber: number };
const at = '2026-11-25T16:00:00+08:00';
const amount = { total: 500, payer_total: 500, currency: 'CNY', payer_currency: 'CNY' };
const mine = { appid: 'wx8888888888888888', mchid: '1900007291', out_trade_no: number };
const paid = { ...mine, trade_state: 'SUCCESS', transaction_id: '42000', success_time: at, amount };
const refundSums = { total: 500, refund: 200, currency: 'CNY' };
const back = {
  ...{ out_refund_no: refund.number, out_trade_no: number, refund_id: '50300', success_time: at },
  ...{ status: 'SUCCESS', amount: refundSums },
};

const codes = [
  ...['ORDERPAID', 'ORDER_CLOSED', 'ORDERCLOSED', 'OUT_TRADE_NO_USED', 'ORDER_NOT_EXIST', 'NOT_ENOUGH'],
  ...['USER_ACCOUNT_ABNORMAL', 'FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED', 'SYSTEM_ERROR', 'PARAM_ERROR'],
  ...['BIZERR_NEED_RETRY', 'INVALID_REQUEST', 'MCH_NOT_EXISTS', 'RESOURCE_NOT_EXISTS', 'NO_AUTH'],
  ...['SIGN_ERROR', 'ACCOUNT_ERROR', 'TRADE_ERROR', 'RULE_LIMIT', 'toString', '__proto__'],
];
const states = ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR', 'ACCEPT'];
const words = fc.constantFrom(...codes, ...states, ...Object.values(mine), at, 'PROCESSING', 'ABNORMAL');
const names = [...Object.keys(paid), ...Object.keys(back), 'code', 'message', 'code_url', 'h5_url'];
const bodies = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(words, fc.constantFrom(amount, refundSums), fc.jsonValue()),
  ),
  fc.record({
    ...Object.fromEntries(Object.entries(paid).map(([name, value]) => [name, fc.constant(value)])),
  }),
);
const statuses = fc.oneof(
  fc.constantFrom(200, 202, 204, 400, 401, 403, 404, 429, 500, 502),
  fc.integer({ min: 100, max: 599 }),
);
const verdicts = ['done', 'refused', 'accepted', 'unknown'];

describe('any answer', () => {
  it('about an order is done, refused, accepted or unknown, and paid only with all of its facts', () => {
    const read = { query: readQueried, close: readClosed, create: readPlaced.bind(null, 'code') } as const;
    fc.assert(
      fc.property(fc.constantFrom('query', 'close', 'create'), statuses, bodies, (how, status, body) => {
        const finding = read[how as 'query']({ status, body }, order);
        expect(verdicts).toContain(verdictOf(finding));
        if (finding.kind === 'paid') {
          expect(how).toBe('query');
          expect(finding.amount > 0n && !Number.isNaN(finding.paidAt.getTime())).toBe(true);
          expect(body).toMatchObject({ out_trade_no: number, mchid: order.merchantRef });
        }
        if (status >= 500 || status === 429 || status === 401) expect(finding.kind).toBe('unknown');
        if (how !== 'create') expect(finding.kind).not.toBe('refused');
      }),
      { numRuns: 1_000 },
    );
  });

  it('about a refund likewise, and an acceptance is no success', () => {
    const read = { create: readRefunded, query: readRefundQueried } as const;
    fc.assert(
      fc.property(fc.constantFrom('create', 'query'), statuses, bodies, (how, status, body) => {
        const finding = read[how as 'create']({ status, body }, refund);
        expect(verdicts).toContain(verdictOf(finding));
        if (how === 'create') expect(finding.kind).not.toBe('done');
        if (status >= 500 || status === 429 || status === 401) expect(finding.kind).toBe('unknown');
        if ('code' in finding) expect(finding.code).toMatch(/^[A-Za-z0-9_]{1,50}$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('to a probe is works, refused or unknown', () => {
    fc.assert(
      fc.property(statuses, bodies, (status, body) => {
        const { kind } = readProbe({ status, body });
        if (status !== 404) expect(kind).not.toBe('works');
        if (status >= 500) expect(kind).toBe('unknown');
      }),
    );
  });
});

const error = (code: string, message = '') => ({ code, message });

describe('answers as documented', () => {
  it.each([
    [200, { ...mine, trade_state: 'NOTPAY' }, 'open'],
    [200, { ...mine, trade_state: 'USERPAYING' }, 'open'],
    [200, { ...mine, trade_state: 'ACCEPT' }, 'open'],
    [200, { ...mine, trade_state: 'PAYERROR' }, 'open'],
    [200, { ...mine, trade_state: 'CLOSED' }, 'closed'],
    [200, { ...mine, trade_state: 'REVOKED' }, 'closed'],
    [200, paid, 'paid'],
    [200, { ...paid, trade_state: 'REFUND' }, 'paid'],
    [200, { ...paid, appid: 'wx7777777777777777' }, 'paid'],
    [200, { ...paid, appid: 'wx6666666666666666' }, 'unknown'],
    [200, { ...paid, mchid: '1900000109' }, 'unknown'],
    [200, { ...paid, out_trade_no: 'C2' }, 'unknown'],
    [200, { ...paid, amount: { ...amount, currency: 'USD' } }, 'unknown'],
    [200, { ...paid, amount: { ...amount, total: '500' } }, 'unknown'],
    [200, { ...paid, amount: { ...amount, total: 5.5 } }, 'unknown'],
    [200, { ...paid, amount: { ...amount, total: 0 } }, 'unknown'],
    [200, { ...paid, success_time: 'yesterday' }, 'unknown'],
    [200, { ...paid, transaction_id: undefined }, 'unknown'],
    [200, { ...paid, trade_state: 'NEW_STATE' }, 'unknown'],
    [404, error('ORDER_NOT_EXIST'), 'absent'],
    [404, error('RESOURCE_NOT_EXISTS'), 'absent'],
    [404, error('ANYTHING'), 'unknown'],
    [500, error('ORDER_NOT_EXIST'), 'unknown'],
    [400, error('PARAM_ERROR'), 'unknown'],
  ])('a question about an order: %i %j is %#', (status, body, kind) => {
    expect(readQueried({ status, body }, order).kind).toBe(kind);
  });

  it.each([
    ['code', 200, { code_url: 'weixin://wxpay/bizpayurl?pr=Jy' }, 'open'],
    ['wechat', 200, { prepay_id: 'wx201410272009395522657a690389285100' }, 'open'],
    ['phone', 200, { h5_url: 'https://wx.tenpay.com/x?prepay_id=wx1&package=2' }, 'open'],
    ['phone', 200, { h5_url: 'javascript:alert(1)' }, 'unknown'],
    ['code', 200, { h5_url: 'https://wx.tenpay.com/x' }, 'unknown'],
    ['page', 200, { code_url: 'weixin://wxpay/bizpayurl?pr=Jy' }, 'unknown'],
    ['code', 400, error('PARAM_ERROR'), 'refused'],
    ['code', 400, error('INVALID_REQUEST'), 'refused'],
    ['code', 400, error('INVALID_REQUEST', '201 商户订单号重复'), 'unknown'],
    ['code', 400, error('APPID_MCHID_NOT_MATCH'), 'refused'],
    ['code', 400, error('MCH_NOT_EXISTS'), 'refused'],
    ['code', 403, error('NO_AUTH'), 'refused'],
    ['code', 403, error('RULE_LIMIT'), 'refused'],
    ['code', 403, error('ACCOUNT_ERROR'), 'refused'],
    ['code', 403, error('TRADE_ERROR'), 'refused'],
    ['code', 403, error('OUT_TRADE_NO_USED'), 'unknown'],
    ['code', 400, error('ORDERPAID'), 'unknown'],
    ['code', 400, error('ORDER_CLOSED'), 'closed'],
    ['code', 400, error('ORDERCLOSED'), 'closed'],
    ['code', 401, error('SIGN_ERROR'), 'unknown'],
    ['code', 429, error('FREQUENCY_LIMITED'), 'unknown'],
    ['code', 429, error('RATELIMIT_EXCEEDED'), 'unknown'],
    ['code', 500, error('SYSTEM_ERROR'), 'unknown'],
    ['code', 500, error('PARAM_ERROR'), 'unknown'],
    ['code', 403, error('NEVER_HEARD_OF'), 'unknown'],
  ] as const)('a new order: %s %i %j is %s', (scene, status, body, kind) => {
    expect(readPlaced(scene, { status, body }).kind).toBe(kind);
  });

  it.each([
    [204, null, 'closed'],
    [200, null, 'closed'],
    [400, error('ORDER_CLOSED'), 'closed'],
    [400, error('ORDERPAID'), 'unknown'],
    [404, error('ORDER_NOT_EXIST'), 'absent'],
    [500, error('SYSTEM_ERROR'), 'unknown'],
  ])('a close: %i %j is %s', (status, body, kind) => {
    expect(readClosed({ status, body }).kind).toBe(kind);
  });

  it.each([
    [200, back, 'processing'],
    [200, { ...back, status: 'PROCESSING' }, 'processing'],
    [200, { ...back, status: 'CLOSED' }, 'failed'],
    [200, { ...back, status: 'ABNORMAL' }, 'refused'],
    [200, { ...back, out_refund_no: 'R2' }, 'unknown'],
    [403, error('NOT_ENOUGH'), 'not_enough'],
    [403, error('USER_ACCOUNT_ABNORMAL'), 'refused'],
    [403, error('NO_AUTH'), 'refused'],
    [400, error('INVALID_REQUEST'), 'refused'],
    [400, error('PARAM_ERROR'), 'refused'],
    [404, error('RESOURCE_NOT_EXISTS'), 'unknown'],
    [403, error('TRADE_ERROR'), 'unknown'],
    [429, error('FREQUENCY_LIMITED'), 'unknown'],
    [403, error('FREQUENCY_LIMITED'), 'unknown'],
    [500, error('SYSTEM_ERROR'), 'unknown'],
    [400, error('BIZERR_NEED_RETRY'), 'unknown'],
    [401, error('SIGN_ERROR'), 'unknown'],
  ])('a new refund: %i %j is %s', (status, body, kind) => {
    expect(readRefunded({ status, body }, refund).kind).toBe(kind);
  });

  it.each([
    [200, back, 'done'],
    [200, { ...back, success_time: undefined }, 'unknown'],
    [200, { ...back, amount: { ...refundSums, currency: 'HKD' } }, 'unknown'],
    [200, { ...back, status: 'PROCESSING' }, 'processing'],
    [200, { ...back, status: 'CLOSED' }, 'failed'],
    [200, { ...back, status: 'ABNORMAL' }, 'refused'],
    [200, { ...back, out_trade_no: 'C2' }, 'unknown'],
    [404, error('RESOURCE_NOT_EXISTS'), 'absent'],
    [403, error('NOT_ENOUGH'), 'unknown'],
  ])('a question about a refund: %i %j is %s', (status, body, kind) => {
    expect(readRefundQueried({ status, body }, refund).kind).toBe(kind);
  });

  it.each([
    [404, error('ORDER_NOT_EXIST'), { kind: 'works' }],
    [404, error('RESOURCE_NOT_EXISTS'), { kind: 'works' }],
    [401, error('SIGN_ERROR'), { kind: 'refused', code: 'SIGN_ERROR' }],
    [401, null, { kind: 'refused', code: '401' }],
    [403, error('NO_AUTH'), { kind: 'refused', code: 'NO_AUTH' }],
    [400, error('APPID_MCHID_NOT_MATCH'), { kind: 'refused', code: 'APPID_MCHID_NOT_MATCH' }],
    [200, { trade_state: 'SUCCESS' }, { kind: 'unknown', why: 'status_200' }],
    [500, error('SYSTEM_ERROR'), { kind: 'unknown', why: '500_SYSTEM_ERROR' }],
  ])('a probe: %i %j is %j', (status, body, finding) => {
    expect(readProbe({ status, body })).toEqual(finding);
  });

  it('do not carry strange words into our records', () => {
    expect(readPlaced('code', { status: 403, body: error('<b>openid o123</b>') })).toEqual({
      ...{ kind: 'unknown', why: '403_code_not_understood' },
    });
  });
});
