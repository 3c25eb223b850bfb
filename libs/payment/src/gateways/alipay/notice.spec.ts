import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { eventOf, isFresh, readForm, type Notice } from './notice.js';

const form = (name: string) => readFileSync(new URL(`./fixtures/notice.${name}.form`, import.meta.url));
const paid = readForm(form('paid')) as Notice;
const number = 'C01hxyz0123456789abcdefghjk';
const closed = { ...paid, trade_status: 'TRADE_CLOSED', gmt_payment: '', gmt_close: '2026-11-25 14:00:00' };

describe('a form', () => {
  it('is read field by field, decoded once', () => {
    expect(paid['subject']).toBe('楼道粉刷 100%+2 &=');
    expect(Object.keys(paid)).toHaveLength(19);
  });

  it.each([
    ['nothing', ''],
    ['a field twice', 'a=1&b=2&a=3'],
    ['bytes outside ASCII', 'a=楼'],
    ['JSON', '{"a":"b"}'],
    ['a name of another kind', '__proto__=1'],
    ['a hundred and one fields', Array.from({ length: 101 }, (_, n) => `a${n}=1`).join('&')],
  ])('of %s is refused', (_, text) => {
    expect(readForm(Buffer.from(text))).toBeNull();
  });

  it('of any bytes is read or refused, never an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect([null, 'object']).toContain(readForm(bytes) === null ? null : typeof readForm(bytes));
      }),
    );
  });
});

describe('a notice', () => {
  it('of a payment claims the sum of the order', () => {
    expect(eventOf(paid)).toEqual({
      ...{ key: '2026112500222123456123456789012345', kind: 'charge.paid', orderNumber: number },
      ...{ refundNumber: null, amount: 8_888n, merchantRef: '2088000000000001' },
      occurredAt: new Date('2026-11-25T04:34:56Z'),
    });
  });

  it('of a partial refund has the state of a payment and is told by its refund fields; its sum is that of all refunds', () => {
    expect(eventOf(readForm(form('refund')) as Notice)).toMatchObject({
      ...{ kind: 'refund.done', refundNumber: 'R01hxyz0123456789abcdefghjk', amount: null },
      occurredAt: new Date('2026-11-25T05:00:00.123Z'),
    });
  });

  const refunded = { ...paid, out_biz_no: 'R1', refund_fee: '88.88', gmt_refund: '2026-11-25 13:00:00' };
  it.each<[string, Record<string, string | undefined>, string | undefined]>([
    ['finished', { ...paid, trade_status: 'TRADE_FINISHED' }, 'charge.paid'],
    ['closed unpaid', closed, 'charge.closed'],
    ['closed by a whole refund', { ...refunded, trade_status: 'TRADE_CLOSED' }, 'refund.done'],
    ['refunded under no number of ours', { ...refunded, out_biz_no: '' }, 'charge.paid'],
    ['closed, refunded, under no number', { ...closed, refund_fee: '88.88' }, 'charge.paid'],
    ['closed and paid once', { ...closed, gmt_payment: '2026-11-25 12:00:00' }, 'charge.paid'],
    ['with a refund of nothing', { ...paid, refund_fee: '0.00', out_biz_no: 'R1' }, 'charge.paid'],
    ['waiting', { ...paid, trade_status: 'WAIT_BUYER_PAY' }, undefined],
    ['of an unknown state', { ...paid, trade_status: 'TRADE_LOST' }, undefined],
    ['with a sum of one decimal', { ...paid, total_amount: '88.8' }, undefined],
    ['with a sum of an exponent', { ...paid, total_amount: '1e2' }, undefined],
    ['without a sum', { ...paid, total_amount: undefined }, undefined],
    ['of nothing', { ...paid, total_amount: '0.00' }, undefined],
    ['with a broken refunded sum', { ...refunded, refund_fee: '88.888' }, undefined],
    ['with a refund number of another kind', { ...refunded, out_biz_no: 'R 1' }, undefined],
    ['without an id', { ...paid, notify_id: '' }, undefined],
    ['with an endless id', { ...paid, notify_id: '1'.repeat(81) }, undefined],
    ['of another type', { ...paid, notify_type: 'fund_auth_freeze' }, undefined],
    ['without an order', { ...paid, out_trade_no: '' }, undefined],
  ])('%s is %s', (_, notice, kind) => {
    expect(eventOf(notice as Notice)?.kind).toBe(kind);
  });

  it.each([
    ['when it comes', '2026-11-25T04:35:00Z', true],
    ['a day later, as the last repetition', '2026-11-26T05:34:57Z', true],
    ['three days later', '2026-11-28T04:35:00Z', false],
    ['an hour before it was sent', '2026-11-25T03:35:00Z', false],
  ])('is fresh %s: %s %p', (_, now, fresh) => {
    expect(isFresh(paid, new Date(now))).toBe(fresh);
  });
});
