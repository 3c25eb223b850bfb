import type { VerifiedEvent } from '../../use-cases/gateway.port.js';
import { numberOf } from './answers.js';
import { instantOfBeijing } from './beijing.js';
import { fenOf } from './yuan.js';

/** The fields of a notice by their names, each of them once. */
export type Notice = Readonly<Record<string, string>>;

const fieldsMax = 100;
/** Alipay repeats a notice for 25 hours; what claims to be older or from the future is a recording. */
const ageHoursMax = 48;
const aheadMinutesMax = 10;
/** The column that makes a notice count once. */
const keyMax = 80;

/**
 * The fields of a form as it came; null for what is no form of Alipay's. A name that stands twice is refused: the
 * signature would be checked over one of the values and the other might be read.
 */
export function readForm(body: Uint8Array): Notice | null {
  const text = Buffer.from(body).toString('latin1');
  // Everything outside ASCII is percent-encoded in a form; other bytes would be read differently by different readers.
  if (text === '' || !/^[\x20-\x7e]+$/.test(text)) return null;
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(name) || fields.has(name) || fields.size >= fieldsMax) return null;
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

/** Whether the notice was sent in the last two days. Only asked once the signature holds. */
export function isFresh(notice: Notice, now: Date): boolean {
  const sentAt = instantOfBeijing(notice['notify_time']);
  if (!sentAt) return false;
  const ageMs = now.getTime() - sentAt.getTime();
  return ageMs <= ageHoursMax * 3_600_000 && ageMs >= -aheadMinutesMax * 60_000;
}

/**
 * What a signed notice claims; null for what is none of the agreed ones. A refund is told with the very states of a
 * payment: `TRADE_SUCCESS` after a partial one and `TRADE_CLOSED` after a whole one. Only the refund fields tell them apart.
 */
export function eventOf(notice: Notice): VerifiedEvent | null {
  const key = keyOf(notice['notify_id']);
  const orderNumber = numberOf(notice['out_trade_no']);
  const merchantRef = numberOf(notice['seller_id']);
  const total = fenOf(notice['total_amount']);
  if (notice['notify_type'] !== 'trade_status_sync' || !key || !orderNumber || !merchantRef || !total) {
    return null;
  }
  const told = claimOf(notice);
  if (!told) return null;
  const occurredAt = instantOfBeijing(told.at) ?? instantOfBeijing(notice['notify_time']);
  if (!occurredAt) return null;
  // The refunded sum of a notice is that of all refunds of the order so far, so it says nothing about this one.
  const amount = told.kind === 'refund.done' ? null : total;
  return {
    key,
    orderNumber,
    merchantRef,
    occurredAt,
    amount,
    kind: told.kind,
    refundNumber: told.refundNumber,
  };
}

interface Claim {
  readonly kind: 'charge.paid' | 'charge.closed' | 'refund.done';
  readonly refundNumber: string | null;
  readonly at: string | undefined;
}

function claimOf(notice: Notice): Claim | null {
  const { trade_status: status, gmt_payment: paidAt, gmt_refund: refundedAt, gmt_close: closedAt } = notice;
  const isKnown = status === 'TRADE_SUCCESS' || status === 'TRADE_FINISHED' || status === 'TRADE_CLOSED';
  if (!isKnown) return null;
  const refunded = isBlank(notice['refund_fee']) ? 0n : fenOf(notice['refund_fee']);
  if (refunded === null) return null;
  const isRefund = refunded > 0n || !isBlank(refundedAt);
  if (isRefund && !isBlank(notice['out_biz_no'])) {
    const refundNumber = numberOf(notice['out_biz_no']);
    return refundNumber === null ? null : { kind: 'refund.done', refundNumber, at: refundedAt };
  }
  // Money that went back under no number of ours, or an old order that is finished now: both prove that it was paid.
  const wasPaid = status !== 'TRADE_CLOSED' || isRefund || !isBlank(paidAt);
  return wasPaid
    ? { kind: 'charge.paid', refundNumber: null, at: paidAt }
    : { kind: 'charge.closed', refundNumber: null, at: closedAt };
}

function keyOf(value: string | undefined): string | null {
  return value !== undefined && value.length <= keyMax && /^[A-Za-z0-9_.:-]+$/.test(value) ? value : null;
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || value === '';
}
