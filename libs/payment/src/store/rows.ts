import { Column, Entity, PrimaryColumn } from 'typeorm';
import { CHANNEL_ROWS } from './channel.rows.js';
import { RECONCILIATION_ROWS } from './reconciliation.rows.js';
import { BANK_ROWS } from './bank-rows.js';
import { PAYOUT_ROWS } from './payout-rows.js';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const number = { ...word, length: 64 } as const;
const address = { ...word, length: 500 } as const;
const big = { type: 'bigint' } as const;
const count = { type: 'int', unsigned: true } as const;
const flag = { type: 'tinyint' } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const nullable = { nullable: true } as const;

@Entity('custody_account')
export class CustodyAccountRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ type: 'varchar', length: 120, name: 'owner_name' }) ownerName!: string;
  @Column({ ...word, name: 'owner_kind' }) ownerKind!: string;
  @Column({ ...id, name: 'signatory_one' }) signatoryOne!: string;
  @Column({ ...id, name: 'signatory_two' }) signatoryTwo!: string;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...id, name: 'proposed_by' }) proposedBy!: string;
  @Column({ ...id, ...nullable, name: 'approved_by' }) approvedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'approved_at' }) approvedAt!: Date | null;
  @Column({ ...id, ...nullable, name: 'closed_by' }) closedBy!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('charge')
export class ChargeRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'pledge_id' }) pledgeId!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'payer_id' }) payerId!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column(word) gateway!: string;
  @Column({ ...number, name: 'merchant_ref' }) merchantRef!: string;
  @Column(word) scene!: string;
  @Column(number) number!: string;
  @Column({ ...number, name: 'operation_id' }) operationId!: string;
  @Column({ ...id, ...nullable, name: 'live_of' }) liveOf!: string | null;
  @Column(big) amount!: string;
  @Column({ type: 'varchar', length: 120 }) description!: string;
  @Column({ ...instant, name: 'pay_by' }) payBy!: Date;
  @Column({ ...address, ...nullable, name: 'notify_url' }) notifyUrl!: string | null;
  @Column({ ...address, ...nullable, name: 'return_url' }) returnUrl!: string | null;
  @Column({ ...address, ...nullable, length: 4000, name: 'pay_url' }) payUrl!: string | null;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...flag, name: 'close_wanted' }) closeWanted!: boolean;
  @Column({ ...word, ...nullable, length: 60 }) refusal!: string | null;
  @Column({ ...instant, ...nullable, name: 'sent_at' }) sentAt!: Date | null;
  @Column({ ...instant, ...nullable, name: 'paid_at' }) paidAt!: Date | null;
  @Column({ ...big, ...nullable, name: 'paid_amount' }) paidAmount!: string | null;
  @Column({ ...number, ...nullable, name: 'transaction_no' }) transactionNo!: string | null;
  @Column({ ...word, ...nullable, name: 'booked_as' }) bookedAs!: string | null;
  @Column(count) fence!: number;
  @Column({ ...instant, name: 'lease_until' }) leaseUntil!: Date;
  @Column(count) checks!: number;
  @Column({ ...instant, name: 'checked_at' }) checkedAt!: Date;
  @Column({ ...instant, ...nullable, name: 'next_check_at' }) nextCheckAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('refund')
export class RefundRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'charge_id' }) chargeId!: string;
  @Column({ ...id, name: 'pledge_id' }) pledgeId!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column(word) gateway!: string;
  @Column({ ...number, name: 'merchant_ref' }) merchantRef!: string;
  @Column({ ...number, name: 'order_number' }) orderNumber!: string;
  @Column({ ...big, name: 'order_amount' }) orderAmount!: string;
  @Column(number) number!: string;
  @Column({ type: 'smallint', unsigned: true }) attempt!: number;
  @Column({ ...word, length: 80 }) fact!: string;
  @Column({ ...word, length: 40 }) reason!: string;
  @Column(big) amount!: string;
  @Column(word) source!: string;
  @Column({ ...instant, name: 'paid_at' }) paidAt!: Date;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...word, ...nullable }) stuck!: string | null;
  @Column({ ...word, ...nullable, length: 60, name: 'stuck_detail' }) stuckDetail!: string | null;
  @Column({ ...instant, ...nullable, name: 'waiting_since' }) waitingSince!: Date | null;
  @Column({ ...instant, ...nullable, name: 'sent_at' }) sentAt!: Date | null;
  @Column({ ...instant, ...nullable, name: 'called_at' }) calledAt!: Date | null;
  @Column(flag) doubtful!: boolean;
  @Column(count) fence!: number;
  @Column({ ...instant, name: 'lease_until' }) leaseUntil!: Date;
  @Column(count) tries!: number;
  @Column({ ...instant, ...nullable, name: 'next_try_at' }) nextTryAt!: Date | null;
  @Column({ ...instant, ...nullable, name: 'done_at' }) doneAt!: Date | null;
  @Column({ ...number, ...nullable, name: 'transaction_no' }) transactionNo!: string | null;
  @Column({ type: 'varchar', length: 60, ...nullable }) voucher!: string | null;
  @Column({ type: 'varchar', length: 500, ...nullable }) evidence!: string | null;
  @Column({ ...id, ...nullable, name: 'entered_by' }) enteredBy!: string | null;
  @Column({ ...id, ...nullable, name: 'confirmed_by' }) confirmedBy!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('offline_receipt')
export class OfflineReceiptRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'pledge_id' }) pledgeId!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'payer_id' }) payerId!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column(word) method!: string;
  @Column({ type: 'varchar', length: 60, name: 'receipt_number' }) receiptNumber!: string;
  @Column(big) expected!: string;
  @Column(big) amount!: string;
  @Column({ ...instant, name: 'received_at' }) receivedAt!: Date;
  @Column({ type: 'varchar', length: 500 }) evidence!: string;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...id, name: 'entered_by' }) enteredBy!: string;
  @Column({ ...id, ...nullable, name: 'confirmed_by' }) confirmedBy!: string | null;
  @Column({ ...id, ...nullable, name: 'refused_by' }) refusedBy!: string | null;
  @Column({ type: 'varchar', length: 300, ...nullable }) refusal!: string | null;
  @Column({ ...instant, ...nullable, name: 'decided_at' }) decidedAt!: Date | null;
  @Column({ type: 'varchar', length: 60, ...nullable, name: 'live_number' }) liveNumber!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
  @Column({ ...number, name: 'operation_id' }) operationId!: string;
}

@Entity('gateway_event')
export class GatewayEventRow {
  @PrimaryColumn(id) id!: string;
  @Column(word) gateway!: string;
  @Column({ ...word, length: 80, name: 'event_key' }) eventKey!: string;
  @Column(word) kind!: string;
  @Column({ ...number, name: 'order_number' }) orderNumber!: string;
  @Column({ ...number, ...nullable, name: 'refund_number' }) refundNumber!: string | null;
  @Column({ ...big, ...nullable }) amount!: string | null;
  @Column({ ...number, name: 'merchant_ref' }) merchantRef!: string;
  @Column({ ...instant, name: 'occurred_at' }) occurredAt!: Date;
  @Column({ type: 'mediumtext', charset: 'ascii', collation: 'ascii_bin' }) raw!: string;
  @Column(word) state!: string;
  @Column(count) tries!: number;
  @Column({ ...instant, ...nullable, name: 'next_try_at' }) nextTryAt!: Date | null;
  @Column({ ...instant, ...nullable, name: 'applied_at' }) appliedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

export const PAYMENT_ROWS = [
  ...RECONCILIATION_ROWS,
  ...[CustodyAccountRow, ...CHANNEL_ROWS, ChargeRow, RefundRow, OfflineReceiptRow, GatewayEventRow],
  ...BANK_ROWS,
  ...PAYOUT_ROWS,
];
