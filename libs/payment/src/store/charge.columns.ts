import type { Id } from '@hehuo/kernel';
import type { Booking, Charge, ChargeState, GatewayName, PayScene } from '../domain/charge.js';

export const CHARGE_COLUMNS = `id, pledge_id, campaign_id, community_id, payer_id, custody_account_id, gateway, merchant_ref, scene,
  number, operation_id, amount, description, pay_by, notify_url, return_url, pay_url, state, version, close_wanted, refusal,
  sent_at, paid_at, paid_amount, transaction_no, booked_as, fence, checks, created_at`;

export interface ChargeColumns {
  readonly id: Id<'chg'>;
  readonly pledge_id: Id<'plg'>;
  readonly campaign_id: Id<'cmp'>;
  readonly community_id: Id<'com'>;
  readonly payer_id: Id<'per'>;
  readonly custody_account_id: Id<'cus'>;
  readonly gateway: GatewayName;
  readonly merchant_ref: string;
  readonly scene: PayScene;
  readonly number: string;
  readonly operation_id: string;
  readonly amount: string;
  readonly description: string;
  readonly pay_by: Date;
  readonly notify_url: string | null;
  readonly return_url: string | null;
  readonly pay_url: string | null;
  readonly state: ChargeState;
  readonly version: number;
  readonly close_wanted: number;
  readonly refusal: string | null;
  readonly sent_at: Date | null;
  readonly paid_at: Date | null;
  readonly paid_amount: string | null;
  readonly transaction_no: string | null;
  readonly booked_as: Booking | null;
  readonly fence: number;
  readonly checks: number;
  readonly created_at: Date;
}

export function chargeOf(row: ChargeColumns): Charge {
  return {
    id: row.id,
    pledgeId: row.pledge_id,
    campaignId: row.campaign_id,
    communityId: row.community_id,
    payerId: row.payer_id,
    custodyAccountId: row.custody_account_id,
    gateway: row.gateway,
    merchantRef: row.merchant_ref,
    scene: row.scene,
    number: row.number,
    operationId: row.operation_id,
    amount: BigInt(row.amount),
    description: row.description,
    payBy: row.pay_by,
    notifyUrl: row.notify_url,
    returnUrl: row.return_url,
    payUrl: row.pay_url,
    state: row.state,
    version: row.version,
    closeWanted: row.close_wanted === 1,
    refusal: row.refusal,
    sentAt: row.sent_at,
    paidAt: row.paid_at,
    paidAmount: row.paid_amount === null ? null : BigInt(row.paid_amount),
    transactionNo: row.transaction_no,
    bookedAs: row.booked_as,
    fence: row.fence,
    checks: row.checks,
    createdAt: row.created_at,
  };
}
