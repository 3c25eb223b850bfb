import type { OrderFinding, RefundFinding } from '../../domain/findings.js';
import { instantOfBeijing } from './beijing.js';
import { fenOf } from './yuan.js';

/** The content of an answer whose signature holds. */
export type Fields = Readonly<Record<string, unknown>>;

export interface ExpectedOrder {
  readonly number: string;
}

export interface ExpectedRefund {
  readonly number: string;
  readonly orderNumber: string;
}

/** 10000 says that the request was understood; what it did stands in the fields. */
const success = '10000';
/** A business refusal, whose reason is `sub_code`. Every other code may have done anything or nothing. */
const failed = '40004';
/** The merchant has not signed for the product: nothing was done and repeating changes nothing. */
const notPermitted = '40006';
const notThere = 'ACQ.TRADE_NOT_EXIST';

/** Refusals of an order after which Alipay surely did nothing and never will under this request. */
const ORDER_REFUSALS: ReadonlySet<unknown> = new Set([
  'ACQ.INVALID_PARAMETER',
  'ACQ.ACCESS_FORBIDDEN',
  'ACQ.EXIST_FORBIDDEN_WORD',
  'ACQ.TOTAL_FEE_EXCEED',
  'ACQ.PARTNER_ERROR',
  'ACQ.SELLER_NOT_EXIST',
]);
/**
 * The same for refunds. ACQ.TRADE_NOT_EXIST and ACQ.DISCORDANT_REPEAT_REQUEST are not among them: the first may be a copy
 * that lags behind, the second says that a refund of this number exists with another content.
 */
const REFUND_REFUSALS: ReadonlySet<unknown> = new Set([
  'ACQ.INVALID_PARAMETER',
  'ACQ.REFUND_AMT_NOT_EQUAL_TOTAL',
  'ACQ.REASON_TRADE_REFUND_FEE_ERR',
  'ACQ.REFUND_FEE_ERROR',
  'ACQ.TRADE_STATUS_ERROR',
  'ACQ.REASON_TRADE_STATUS_INVALID',
  'ACQ.TRADE_HAS_FINISHED',
  'ACQ.TRADE_HAS_CLOSE',
  'ACQ.TRADE_NOT_ALLOW_REFUND',
]);
const NOT_ENOUGH: ReadonlySet<unknown> = new Set(['ACQ.SELLER_BALANCE_NOT_ENOUGH']);

const numberMax = 64;
const codeMax = 1_000;

/**
 * What a verified answer about an order proves. Total: whatever is not exactly as documented is `unknown`, and an answer
 * about another order proves nothing about this one.
 */
export function readOrder(
  operation: 'precreate' | 'query' | 'close',
  fields: Fields,
  expected: ExpectedOrder,
): OrderFinding {
  const { code, sub_code: reason } = fields;
  if (code === success) return orderState(operation, fields, expected);
  if (operation === 'precreate') {
    const isRefusal = (code === failed && ORDER_REFUSALS.has(reason)) || code === notPermitted;
    return isRefusal ? { kind: 'refused', code: wordOf(fields) } : unknown(fields);
  }
  // For a query and for a close: no payer has opened this order. It may still be opened until its time_expire.
  return code === failed && reason === notThere ? { kind: 'absent' } : unknown(fields);
}

function orderState(operation: string, fields: Fields, { number }: ExpectedOrder): OrderFinding {
  if (fields['out_trade_no'] !== number) return { kind: 'unknown', why: 'about_another_order' };
  if (operation === 'close') return { kind: 'closed' };
  if (operation === 'precreate') {
    const text = codeOf(fields['qr_code']);
    return text === null ? { kind: 'unknown', why: 'no_code' } : { kind: 'open', payUrl: text };
  }
  switch (fields['trade_status']) {
    case 'WAIT_BUYER_PAY':
      return { kind: 'open', payUrl: null };
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      return paid(fields);
    case 'TRADE_CLOSED':
      // Closed is also what an order becomes that was paid and given back whole; only the paid ones have a payment date.
      return isBlank(fields['send_pay_date']) ? { kind: 'closed' } : paid(fields);
    default:
      return { kind: 'unknown', why: 'state_not_understood' };
  }
}

function paid(fields: Fields): OrderFinding {
  const amount = fenOf(fields['total_amount']);
  const paidAt = instantOfBeijing(fields['send_pay_date']);
  const transactionNo = numberOf(fields['trade_no']);
  if (amount === null || amount === 0n || paidAt === null || transactionNo === null) {
    return { kind: 'unknown', why: 'paid_without_facts' };
  }
  return { kind: 'paid', amount, paidAt, transactionNo };
}

/**
 * What a verified answer about a refund proves. Total, like {@link readOrder}. `askedAt` stands in for the instant of a
 * refund that is certain and whose date Alipay does not tell, which depends on the contract.
 */
export function readRefund(
  operation: 'refund' | 'refund-query',
  fields: Fields,
  expected: ExpectedRefund,
  askedAt: Date,
): RefundFinding {
  const { code, sub_code: reason } = fields;
  if (operation === 'refund-query') {
    if (code === success) return refundState(fields, expected, askedAt);
    return code === failed && reason === notThere ? { kind: 'absent' } : unknown(fields);
  }
  if (code === success) return acceptance(fields, expected);
  if (code === failed && NOT_ENOUGH.has(reason)) return { kind: 'not_enough' };
  return code === failed && REFUND_REFUSALS.has(reason)
    ? { kind: 'refused', code: wordOf(fields) }
    : unknown(fields);
}

/**
 * `fund_change` Y says that this very call moved the money; the sum and the instant still come from the query, because
 * `refund_fee` here is the sum of all refunds of the order. Anything else proves nothing: N is also what a repetition
 * of a done refund is told.
 */
function acceptance(fields: Fields, { orderNumber }: ExpectedRefund): RefundFinding {
  if (fields['out_trade_no'] !== orderNumber) return { kind: 'unknown', why: 'about_another_order' };
  return fields['fund_change'] === 'Y'
    ? { kind: 'processing' }
    : { kind: 'unknown', why: 'fund_change_not_told' };
}

function refundState(fields: Fields, expected: ExpectedRefund, askedAt: Date): RefundFinding {
  const status = fields['refund_status'];
  // No status is how Alipay says that it has no such refund, or none that went through: the same number is sent again.
  if (isBlank(status)) return { kind: 'absent' };
  if (fields['out_request_no'] !== expected.number || fields['out_trade_no'] !== expected.orderNumber) {
    return { kind: 'unknown', why: 'about_another_refund' };
  }
  if (status === 'REFUND_PROCESSING') return { kind: 'processing' };
  if (status !== 'REFUND_SUCCESS') return { kind: 'unknown', why: 'state_not_understood' };
  const amount = fenOf(fields['refund_amount']);
  const transactionNo = numberOf(fields['trade_no']);
  const doneAt = isBlank(fields['gmt_refund_pay']) ? askedAt : instantOfBeijing(fields['gmt_refund_pay']);
  if (amount === null || amount === 0n || transactionNo === null || doneAt === null) {
    return { kind: 'unknown', why: 'done_without_facts' };
  }
  return { kind: 'done', amount, doneAt, transactionNo };
}

/** What the question for a bill brought: where to fetch it, that there is none, or nothing that helps. */
export type BillAddress =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'no_bill' }
  | { readonly kind: 'unknown'; readonly why: string };

export function readBillAddress(fields: Fields): BillAddress {
  const url = fields['bill_download_url'];
  if (fields['code'] === success) {
    return typeof url === 'string' && URL.canParse(url) ? { kind: 'address', url } : unknown(fields);
  }
  const reason = String(fields['sub_code'] ?? '').toUpperCase();
  const isNone = /(^|\.)(BILL_NOT_EXIST|NO_BILL_DATA)$/.test(reason);
  return fields['code'] === failed && isNone ? { kind: 'no_bill' } : unknown(fields);
}

/** What a question about an order that cannot exist says of the keys: only this one answer shows that both sides agree. */
export function isNotThere(fields: Fields): boolean {
  return fields['code'] === failed && fields['sub_code'] === notThere;
}

function unknown(fields: Fields): { kind: 'unknown'; why: string } {
  return { kind: 'unknown', why: wordOf(fields) };
}

/** The codes of an answer as one short word of plain characters, for rows and logs. */
export function wordOf(fields: Fields): string {
  const parts = [fields['code'], fields['sub_code']].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  const word = parts.join('_').replace(/[^A-Za-z0-9_.-]/g, '');
  return word === '' ? 'no_code' : word.slice(0, 60);
}

export function numberOf(value: unknown): string | null {
  return typeof value === 'string' && value.length <= numberMax && /^[A-Za-z0-9_.:-]+$/.test(value)
    ? value
    : null;
}

function codeOf(value: unknown): string | null {
  return typeof value === 'string' && value.length <= codeMax && /^https?:\/\/[\x21-\x7e]+$/.test(value)
    ? value
    : null;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
