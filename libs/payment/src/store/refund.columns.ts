import type { Id } from '@hehuo/kernel';
import type { GatewayName, RefundSource } from '../domain/charge.js';
import type { Refund, RefundState, Stuck } from '../domain/refund.js';

export const REFUND_COLUMNS = `id, charge_id, pledge_id, campaign_id, community_id, custody_account_id, gateway,
  merchant_ref, order_number, order_amount, number, attempt, fact, reason, amount, source, paid_at, state, version, stuck, stuck_detail,
  waiting_since, sent_at, doubtful, fence, tries, done_at, transaction_no, voucher, evidence, entered_by, confirmed_by,
  created_at`;

export interface RefundColumns {
  readonly id: Id<'rfd'>;
  readonly charge_id: Id<'chg'>;
  readonly pledge_id: Id<'plg'>;
  readonly campaign_id: Id<'cmp'>;
  readonly community_id: Id<'com'>;
  readonly custody_account_id: Id<'cus'>;
  readonly gateway: GatewayName;
  readonly merchant_ref: string;
  readonly order_number: string;
  readonly order_amount: string;
  readonly number: string;
  readonly attempt: number;
  readonly fact: string;
  readonly reason: string;
  readonly amount: string;
  readonly source: RefundSource;
  readonly paid_at: Date;
  readonly state: RefundState;
  readonly version: number;
  readonly stuck: Stuck | null;
  readonly stuck_detail: string | null;
  readonly waiting_since: Date | null;
  readonly sent_at: Date | null;
  readonly doubtful: number;
  readonly fence: number;
  readonly tries: number;
  readonly done_at: Date | null;
  readonly transaction_no: string | null;
  readonly voucher: string | null;
  readonly evidence: string | null;
  readonly entered_by: Id<'per'> | null;
  readonly confirmed_by: Id<'per'> | null;
  readonly created_at: Date;
}

export function refundOf(row: RefundColumns): Refund {
  return {
    id: row.id,
    chargeId: row.charge_id,
    pledgeId: row.pledge_id,
    campaignId: row.campaign_id,
    communityId: row.community_id,
    custodyAccountId: row.custody_account_id,
    gateway: row.gateway,
    merchantRef: row.merchant_ref,
    orderNumber: row.order_number,
    orderAmount: BigInt(row.order_amount),
    number: row.number,
    attempt: row.attempt,
    fact: row.fact,
    reason: row.reason,
    amount: BigInt(row.amount),
    source: row.source,
    paidAt: row.paid_at,
    state: row.state,
    version: row.version,
    stuck: row.stuck,
    stuckDetail: row.stuck_detail,
    waitingSince: row.waiting_since,
    sentAt: row.sent_at,
    doubtful: row.doubtful === 1,
    fence: row.fence,
    tries: row.tries,
    doneAt: row.done_at,
    transactionNo: row.transaction_no,
    voucher: row.voucher,
    evidence: row.evidence,
    enteredBy: row.entered_by,
    confirmedBy: row.confirmed_by,
    createdAt: row.created_at,
  };
}
