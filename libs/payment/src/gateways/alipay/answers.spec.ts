import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verdictOf } from '../../domain/findings.js';
import { readBillAddress, readOrder, readRefund, wordOf } from './answers.js';

const number = 'C01hxyz0123456789abcdefghjk';
const refundNumber = 'R01hxyz0123456789abcdefghjk';
const expected = { number };
const expectedRefund = { number: refundNumber, orderNumber: number };
const askedAt = new Date('2026-11-25T05:00:00Z');
const at = '2026-11-25 12:34:56';

const ok = { code: '10000', msg: 'Success' };
const no = (reason: string, code = '40004') => ({ code, msg: 'Business Failed', sub_code: reason });
const order = { ...ok, out_trade_no: number, total_amount: '88.88', trade_no: '2026112522001' };
const paid = { ...order, send_pay_date: at };
const refund = { ...ok, out_trade_no: number, out_request_no: refundNumber, trade_no: '2026112522001' };
const done = { ...refund, refund_status: 'REFUND_SUCCESS', refund_amount: '30.00', gmt_refund_pay: at };

const reasons = [
  ...['ACQ.TRADE_NOT_EXIST', 'ACQ.TRADE_HAS_SUCCESS', 'ACQ.TRADE_HAS_CLOSE', 'ACQ.SELLER_BALANCE_NOT_ENOUGH'],
  ...['ACQ.REFUND_AMT_NOT_EQUAL_TOTAL', 'ACQ.TRADE_STATUS_ERROR', 'ACQ.REASON_TRADE_REFUND_FEE_ERR'],
  ...['ACQ.SYSTEM_ERROR', 'isp.unknow-error', 'aop.unknow-error', 'isv.invalid-signature', ''],
];
const codes = ['10000', '10003', '20000', '20001', '40001', '40002', '40003', '40004', '40006', ''];
const states = [
  ...['WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_FINISHED', 'TRADE_CLOSED', 'REFUND_SUCCESS', 'REFUND_FAIL'],
];
const any = fc.oneof(
  fc.constantFrom(number, refundNumber, '88.88', '88.8', at, 'Y', 'N', ...states),
  fc.jsonValue(),
);
const bodies = fc.record(
  {
    code: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...codes) },
      { weight: 1, arbitrary: fc.jsonValue() },
    ),
    sub_code: fc.oneof(fc.constantFrom(...reasons), fc.jsonValue()),
    ...{ out_trade_no: any, out_request_no: any, trade_no: any, total_amount: any, refund_amount: any },
    ...{ trade_status: any, refund_status: any, send_pay_date: any, gmt_refund_pay: any, fund_change: any },
    ...{ qr_code: any, bill_download_url: any },
  },
  { requiredKeys: [] },
);
const uncertain = ['10003', '20000', '20001', '40001', '40002', '40003', ''];

describe('any answer', () => {
  it('about an order is done, refused, accepted or unknown, and proves nothing about another order', () => {
    fc.assert(
      fc.property(fc.constantFrom('precreate', 'query', 'close'), bodies, (operation, fields) => {
        const finding = readOrder(operation as 'query', fields, expected);
        expect(['done', 'refused', 'accepted', 'unknown']).toContain(verdictOf(finding));
        if (['open', 'paid', 'closed'].includes(finding.kind)) {
          expect([fields['code'], fields['out_trade_no']]).toEqual(['10000', number]);
        }
        if (finding.kind === 'paid') {
          expect(operation).toBe('query');
          expect(finding.amount > 0n && !Number.isNaN(finding.paidAt.getTime())).toBe(true);
        }
        if (operation !== 'precreate') expect(finding.kind).not.toBe('refused');
        if (uncertain.includes(fields['code'] as string)) expect(finding.kind).toBe('unknown');
      }),
      { numRuns: 1_500 },
    );
  });

  it('about a refund likewise, and no answer to the request itself says done', () => {
    fc.assert(
      fc.property(fc.constantFrom('refund', 'refund-query'), bodies, (operation, fields) => {
        const finding = readRefund(operation as 'refund', fields, expectedRefund, askedAt);
        expect(['done', 'refused', 'accepted', 'unknown']).toContain(verdictOf(finding));
        if (operation === 'refund') expect(finding.kind).not.toBe('done');
        else expect(['refused', 'not_enough']).not.toContain(finding.kind);
        if (finding.kind === 'done') {
          expect(fields['out_request_no']).toBe(refundNumber);
          expect(finding.amount > 0n).toBe(true);
        }
        if (uncertain.includes(fields['code'] as string)) expect(finding.kind).toBe('unknown');
      }),
      { numRuns: 1_500 },
    );
  });

  it('has a short plain word', () => {
    fc.assert(
      fc.property(bodies, (fields) => {
        expect(wordOf(fields)).toMatch(/^[A-Za-z0-9_.-]{1,60}$/);
      }),
    );
  });
});

describe('documented answers', () => {
  it.each([
    ['precreate', { ...order, qr_code: 'https://qr.alipay.com/bavh4wjlxf12tper3a' }, 'open'],
    ['precreate', { ...order }, 'unknown'],
    ['precreate', { ...order, qr_code: 'javascript:alert(1)' }, 'unknown'],
    ['precreate', no('ACQ.INVALID_PARAMETER'), 'refused'],
    ['precreate', no('isv.insufficient-isv-permissions', '40006'), 'refused'],
    ['precreate', no('ACQ.TRADE_HAS_SUCCESS'), 'unknown'],
    ['precreate', no('ACQ.TRADE_HAS_CLOSE'), 'unknown'],
    ['precreate', no('ACQ.CONTEXT_INCONSISTENT'), 'unknown'],
    ['precreate', no('ACQ.SYSTEM_ERROR'), 'unknown'],
    ['precreate', no('isv.invalid-signature', '40002'), 'unknown'],
    ['query', { ...order, trade_status: 'WAIT_BUYER_PAY' }, 'open'],
    ['query', { ...paid, trade_status: 'TRADE_SUCCESS' }, 'paid'],
    ['query', { ...paid, trade_status: 'TRADE_FINISHED' }, 'paid'],
    ['query', { ...order, trade_status: 'TRADE_SUCCESS' }, 'unknown'],
    ['query', { ...paid, trade_status: 'TRADE_SUCCESS', total_amount: '88.8' }, 'unknown'],
    ['query', { ...paid, trade_status: 'TRADE_SUCCESS', total_amount: '0.00' }, 'unknown'],
    ['query', { ...paid, trade_status: 'TRADE_SUCCESS', total_amount: 88.88 }, 'unknown'],
    ['query', { ...paid, trade_status: 'TRADE_SUCCESS', send_pay_date: '2026-02-31 00:00:00' }, 'unknown'],
    ['query', { ...paid, trade_status: 'TRADE_SUCCESS', out_trade_no: 'C2' }, 'unknown'],
    ['query', { ...order, trade_status: 'TRADE_CLOSED' }, 'closed'],
    ['query', { ...paid, trade_status: 'TRADE_CLOSED' }, 'paid'],
    ['query', { ...paid, trade_status: 'TRADE_LOST' }, 'unknown'],
    ['query', no('ACQ.TRADE_NOT_EXIST'), 'absent'],
    ['query', no('ACQ.TRADE_NOT_EXIST', '20000'), 'unknown'],
    ['query', no('ACQ.SYSTEM_ERROR'), 'unknown'],
    ['query', no('ACQ.INVALID_PARAMETER'), 'unknown'],
    ['query', { code: '20000', sub_code: 'isp.unknow-error' }, 'unknown'],
    ['close', { ...ok, out_trade_no: number }, 'closed'],
    ['close', { ...ok, out_trade_no: 'C2' }, 'unknown'],
    ['close', no('ACQ.TRADE_NOT_EXIST'), 'absent'],
    ['close', no('ACQ.TRADE_STATUS_ERROR'), 'unknown'],
    ['close', no('ACQ.REASON_TRADE_STATUS_INVALID'), 'unknown'],
    ['close', no('ACQ.TRADE_HAS_CLOSE'), 'unknown'],
  ] as const)('order: %s %j is %s', (operation, fields, kind) => {
    expect(readOrder(operation, fields, expected).kind).toBe(kind);
  });

  it.each([
    ['refund', { ...refund, fund_change: 'Y', refund_fee: '60.00' }, 'processing'],
    ['refund', { ...refund, fund_change: 'N' }, 'unknown'],
    ['refund', { ...refund }, 'unknown'],
    ['refund', { ...refund, fund_change: 'Y', out_trade_no: 'C2' }, 'unknown'],
    ['refund', no('ACQ.SELLER_BALANCE_NOT_ENOUGH'), 'not_enough'],
    ['refund', no('ACQ.REFUND_AMT_NOT_EQUAL_TOTAL'), 'refused'],
    ['refund', no('ACQ.REASON_TRADE_REFUND_FEE_ERR'), 'refused'],
    ['refund', no('ACQ.TRADE_HAS_FINISHED'), 'refused'],
    ['refund', no('ACQ.TRADE_STATUS_ERROR'), 'refused'],
    ['refund', no('ACQ.DISCORDANT_REPEAT_REQUEST'), 'unknown'],
    ['refund', no('ACQ.TRADE_NOT_EXIST'), 'unknown'],
    ['refund', no('ACQ.SYSTEM_ERROR'), 'unknown'],
    ['refund', no('ACQ.SELLER_BALANCE_NOT_ENOUGH', '20000'), 'unknown'],
    ['refund', no('isv.invalid-signature', '40002'), 'unknown'],
    ['refund-query', done, 'done'],
    ['refund-query', { ...done, gmt_refund_pay: undefined }, 'done'],
    ['refund-query', { ...done, gmt_refund_pay: 'yesterday' }, 'unknown'],
    ['refund-query', { ...done, refund_amount: '30' }, 'unknown'],
    ['refund-query', { ...done, out_request_no: 'R2' }, 'unknown'],
    ['refund-query', { ...done, out_trade_no: 'C2' }, 'unknown'],
    ['refund-query', { ...refund, refund_status: 'REFUND_PROCESSING' }, 'processing'],
    ['refund-query', { ...refund, refund_status: 'REFUND_FAIL' }, 'unknown'],
    ['refund-query', { ...ok, out_trade_no: number }, 'absent'],
    ['refund-query', ok, 'absent'],
    ['refund-query', no('ACQ.TRADE_NOT_EXIST'), 'absent'],
    ['refund-query', no('ACQ.SYSTEM_ERROR'), 'unknown'],
  ] as const)('refund: %s %j is %s', (operation, fields, kind) => {
    expect(readRefund(operation, fields, expectedRefund, askedAt).kind).toBe(kind);
  });

  it('take the facts to the fen and to the second, in Beijing time', () => {
    expect(readOrder('query', { ...paid, trade_status: 'TRADE_SUCCESS' }, expected)).toEqual({
      ...{ kind: 'paid', amount: 8_888n, transactionNo: '2026112522001' },
      paidAt: new Date('2026-11-25T04:34:56Z'),
    });
    const undated = { ...done, gmt_refund_pay: undefined };
    expect(readRefund('refund-query', undated, expectedRefund, askedAt)).toEqual({
      ...{ kind: 'done', amount: 3_000n, transactionNo: '2026112522001', doneAt: askedAt },
    });
  });

  it.each([
    [{ ...ok, bill_download_url: 'http://dwbillcenter.alipay.com/x?y=1' }, 'address'],
    [{ ...ok, bill_download_url: 'nowhere' }, 'unknown'],
    [ok, 'unknown'],
    [no('isp.bill_not_exist'), 'no_bill'],
    [no('BILL_NOT_EXIST'), 'no_bill'],
    [no('isp.bill_not_exist', '20000'), 'unknown'],
    [no('isv.invalid_arguments'), 'unknown'],
  ])('bill: %j is %s', (fields, kind) => {
    expect(readBillAddress(fields).kind).toBe(kind);
  });
});
