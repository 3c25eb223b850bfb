import { parseQuantity } from '@hehuo/kernel';
import type { OrderFinding, RefundFinding } from '../../domain/findings.js';

/** A complete answer under a good signature. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface Expected {
  readonly number: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Refusals after which the gateway surely did nothing and never will under this request. */
const ORDER_REFUSALS: ReadonlySet<unknown> = new Set(['rejected', 'invalid_request']);
const REFUND_REFUSALS: ReadonlySet<unknown> = new Set([
  'rejected',
  'invalid_request',
  'refund_exceeds',
  'refund_too_many',
  'order_not_paid',
]);

const numberMax = 64;
const urlMax = 500;

/**
 * What an answer about an order proves. Total: any status with any body has a finding, and whatever is not exactly as
 * the contract says is `unknown`. An answer about another order proves nothing about this one.
 */
export function readOrder(
  operation: 'create' | 'query' | 'close',
  { status, body }: Answer,
  expected: Expected,
): OrderFinding {
  const fields = fieldsOf(body);
  if (status === 200) return orderState(operation, fields, expected);
  const code = fields['code'];
  if (status === 404 && code === 'order_not_found') return { kind: 'absent' };
  const isRefusal = status === 400 || status === 422;
  // Only the request that makes the order can be refused for good; a query or a close is simply asked again.
  if (operation === 'create' && isRefusal && ORDER_REFUSALS.has(code)) return refused(code);
  return unknown(status, code);
}

function orderState(operation: string, fields: Fields, { number }: Expected): OrderFinding {
  if (fields['orderNo'] !== number) return { kind: 'unknown', why: 'about_another_order' };
  const { state } = fields;
  if (state === 'open') {
    const payUrl = operation === 'create' ? addressOf(fields['payUrl']) : null;
    if (operation === 'create' && payUrl === null) return { kind: 'unknown', why: 'no_pay_url' };
    return { kind: 'open', payUrl };
  }
  if (state === 'closed') return { kind: 'closed' };
  // Only a query tells of a payment with its sum; anything else that says paid is followed by one.
  if (state === 'paid' && operation === 'query') return paid(fields);
  return { kind: 'unknown', why: 'state_not_understood' };
}

function paid(fields: Fields): OrderFinding {
  const amount = parseQuantity(fields['amountFen']);
  const paidAt = instantOf(fields['paidAt']);
  const transactionNo = numberOf(fields['transactionNo']);
  if (amount === null || paidAt === null || transactionNo === null) {
    return { kind: 'unknown', why: 'paid_without_facts' };
  }
  return { kind: 'paid', amount, paidAt, transactionNo };
}

/** What an answer about a refund proves. Total, like {@link readOrder}. */
export function readRefund(
  operation: 'create' | 'query',
  { status, body }: Answer,
  expected: Expected,
): RefundFinding {
  const fields = fieldsOf(body);
  if (operation === 'create' && status === 202) return acceptance(fields, expected);
  if (operation === 'query' && status === 200) return refundState(fields, expected);
  const code = fields['code'];
  if (operation === 'query') {
    return status === 404 && code === 'refund_not_found' ? { kind: 'absent' } : unknown(status, code);
  }
  if (status === 409 && code === 'not_enough') return { kind: 'not_enough' };
  const isRefusal = status === 400 || status === 409 || status === 422;
  return isRefusal && REFUND_REFUSALS.has(code) ? refused(code) : unknown(status, code);
}

// An acceptance is never a success, even when it says done: a query brings the sum and the instant.
function acceptance(fields: Fields, { number }: Expected): RefundFinding {
  if (fields['refundNo'] !== number) return { kind: 'unknown', why: 'about_another_refund' };
  const { state } = fields;
  if (state === 'failed') return { kind: 'failed' };
  return state === 'processing' || state === 'done'
    ? { kind: 'processing' }
    : { kind: 'unknown', why: 'state_not_understood' };
}

function refundState(fields: Fields, { number }: Expected): RefundFinding {
  if (fields['refundNo'] !== number) return { kind: 'unknown', why: 'about_another_refund' };
  const { state } = fields;
  if (state === 'processing') return { kind: 'processing' };
  if (state === 'failed') return { kind: 'failed' };
  if (state !== 'done') return { kind: 'unknown', why: 'state_not_understood' };
  const amount = parseQuantity(fields['amountFen']);
  const doneAt = instantOf(fields['doneAt']);
  const transactionNo = numberOf(fields['transactionNo']);
  if (amount === null || doneAt === null || transactionNo === null) {
    return { kind: 'unknown', why: 'done_without_facts' };
  }
  return { kind: 'done', amount, doneAt, transactionNo };
}

function refused(code: unknown): { kind: 'refused'; code: string } {
  return { kind: 'refused', code: String(code) };
}

function unknown(status: number, code: unknown): { kind: 'unknown'; why: string } {
  return {
    kind: 'unknown',
    why: typeof code === 'string' ? `${status}_${code}`.slice(0, 60) : `status_${status}`,
  };
}

export function fieldsOf(body: unknown): Fields {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Fields) : {};
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

export function instantOf(value: unknown): Date | null {
  if (typeof value !== 'string' || !INSTANT.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : new Date(ms);
}

export function numberOf(value: unknown): string | null {
  return typeof value === 'string' && value.length <= numberMax && /^[A-Za-z0-9_.:-]+$/.test(value)
    ? value
    : null;
}

function addressOf(value: unknown): string | null {
  return typeof value === 'string' && value.length <= urlMax && /^https?:\/\/[\x21-\x7e]+$/.test(value)
    ? value
    : null;
}
