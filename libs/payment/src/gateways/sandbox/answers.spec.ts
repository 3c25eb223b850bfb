import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verdictOf } from '../../domain/findings.js';
import { readOrder, readRefund } from './answers.js';

const number = 'C01hxyz0123456789abcdefghjk';
const expected = { number };
const at = '2026-11-23T08:00:00.000Z';
const order = { orderNo: number, amountFen: '500' };
const refund = { refundNo: number, orderNo: 'C2', amountFen: '500', transactionNo: 'T9' };

const word = fc.constantFrom(
  ...[
    'open',
    'paid',
    'closed',
    'processing',
    'done',
    'failed',
    'rejected',
    'not_enough',
    'order_not_found',
    number,
    at,
  ],
);
const bodies = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(
    fc.constantFrom(
      'state',
      'code',
      'orderNo',
      'refundNo',
      'amountFen',
      'paidAt',
      'doneAt',
      'transactionNo',
      'payUrl',
    ),
    fc.oneof(word, fc.constantFrom('500', 'http://pay/x', 'javascript:x'), fc.jsonValue()),
  ),
);
const statuses = fc.oneof(
  fc.constantFrom(200, 202, 400, 404, 409, 422, 429, 500, 503),
  fc.integer({ min: 100, max: 599 }),
);

describe('any answer', () => {
  it('about an order is done, refused, accepted or unknown, and proves nothing about another order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('create', 'query', 'close'),
        statuses,
        bodies,
        (operation, status, body) => {
          const finding = readOrder(operation as 'create', { status, body }, expected);
          expect(['done', 'refused', 'accepted', 'unknown']).toContain(verdictOf(finding));
          const isProven = ['open', 'paid', 'closed'].includes(finding.kind);
          if (isProven) expect([status, (body as { orderNo: string }).orderNo]).toEqual([200, number]);
          if (finding.kind === 'paid')
            expect(finding.amount > 0n && !Number.isNaN(finding.paidAt.getTime())).toBe(true);
          if (status >= 500 || status === 429) expect(finding.kind).toBe('unknown');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('about a refund likewise', () => {
    fc.assert(
      fc.property(fc.constantFrom('create', 'query'), statuses, bodies, (operation, status, body) => {
        const finding = readRefund(operation as 'create', { status, body }, expected);
        expect(['done', 'refused', 'accepted', 'unknown']).toContain(verdictOf(finding));
        if (operation === 'create') expect(finding.kind).not.toBe('done');
        if (status >= 500 || status === 429) expect(finding.kind).toBe('unknown');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('answers of the contract', () => {
  it.each([
    ['create', 200, { ...order, state: 'open', payUrl: 'http://pay/x' }, 'open'],
    ['create', 200, { ...order, state: 'open' }, 'unknown'],
    ['create', 200, { ...order, state: 'open', payUrl: 'javascript:alert(1)' }, 'unknown'],
    ['create', 422, { code: 'rejected' }, 'refused'],
    ['create', 400, { code: 'invalid_request' }, 'refused'],
    ['create', 409, { code: 'order_mismatch' }, 'unknown'],
    ['create', 401, { code: 'bad_signature' }, 'unknown'],
    ['query', 200, { ...order, state: 'open' }, 'open'],
    ['query', 200, { ...order, state: 'paid', paidAt: at, transactionNo: 'T1' }, 'paid'],
    ['query', 200, { ...order, state: 'paid', paidAt: at }, 'unknown'],
    ['query', 200, { ...order, state: 'paid', amountFen: 500, paidAt: at, transactionNo: 'T1' }, 'unknown'],
    ['query', 200, { ...order, state: 'paid', paidAt: 'yesterday', transactionNo: 'T1' }, 'unknown'],
    ['query', 200, { ...order, orderNo: 'C2', state: 'paid', paidAt: at, transactionNo: 'T1' }, 'unknown'],
    ['query', 200, { ...order, state: 'closed' }, 'closed'],
    ['query', 404, { code: 'order_not_found' }, 'absent'],
    ['query', 404, { code: 'no_such_route' }, 'unknown'],
    ['query', 422, { code: 'rejected' }, 'unknown'],
    ['close', 200, { ...order, state: 'closed' }, 'closed'],
    ['close', 409, { code: 'order_paid' }, 'unknown'],
  ] as const)('order: %s %i %j is %s', (operation, status, body, kind) => {
    expect(readOrder(operation, { status, body }, expected).kind).toBe(kind);
  });

  it.each([
    ['create', 202, { ...refund, state: 'processing' }, 'processing'],
    ['create', 202, { ...refund, state: 'done' }, 'processing'],
    ['create', 202, { ...refund, state: 'failed' }, 'failed'],
    ['create', 409, { code: 'not_enough' }, 'not_enough'],
    ['create', 409, { code: 'refund_exceeds' }, 'refused'],
    ['create', 409, { code: 'refund_mismatch' }, 'unknown'],
    ['create', 404, { code: 'order_not_found' }, 'unknown'],
    ['query', 200, { ...refund, state: 'processing' }, 'processing'],
    ['query', 200, { ...refund, state: 'done', doneAt: at }, 'done'],
    ['query', 200, { ...refund, state: 'done' }, 'unknown'],
    ['query', 200, { ...refund, state: 'failed' }, 'failed'],
    ['query', 404, { code: 'refund_not_found' }, 'absent'],
    ['query', 409, { code: 'not_enough' }, 'unknown'],
  ] as const)('refund: %s %i %j is %s', (operation, status, body, kind) => {
    expect(readRefund(operation, { status, body }, expected).kind).toBe(kind);
  });
});
