import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const big = { type: 'bigint' } as const;
const count = { type: 'int', unsigned: true } as const;
const small = { type: 'smallint', unsigned: true } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const line = { type: 'varchar', length: 60 } as const;
const prose = { type: 'varchar', length: 300 } as const;
const nullable = { nullable: true } as const;

@Entity('payee')
export class PayeeRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column(word) kind!: string;
  @Column({ ...id, ...nullable, name: 'partner_id' }) partnerId!: string | null;
  @Column({ ...id, ...nullable, name: 'person_id' }) personId!: string | null;
  @Column({ ...word, length: 700, name: 'name_sealed' }) nameSealed!: string;
  @Column({ type: 'varchar', length: 120, name: 'bank_name' }) bankName!: string;
  @Column({ ...word, length: 200, name: 'account_sealed' }) accountSealed!: string;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...count, name: 'account_version' }) accountVersion!: number;
  @Column({ ...id, name: 'entered_by' }) enteredBy!: string;
  @Column({ ...id, ...nullable, name: 'confirmed_by' }) confirmedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'confirmed_at' }) confirmedAt!: Date | null;
  @Column({ ...instant, name: 'changed_at' }) changedAt!: Date;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('payout')
export class PayoutRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column({ ...id, name: 'payee_id' }) payeeId!: string;
  @Column(word) part!: string;
  @Column(big) amount!: string;
  @Column(prose) purpose!: string;
  @Column({ ...count, name: 'account_version' }) accountVersion!: number;
  @Column({ ...instant, name: 'account_changed_at' }) accountChangedAt!: Date;
  @Column({ ...id, name: 'account_entered_by' }) accountEnteredBy!: string;
  @Column({ ...id, ...nullable, name: 'partner_id' }) partnerId!: string | null;
  @Column({ ...id, ...nullable, name: 'payee_person_id' }) payeePersonId!: string | null;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...id, name: 'proposed_by' }) proposedBy!: string;
  @Column({ ...id, ...nullable, name: 'approved_by' }) approvedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'approved_at' }) approvedAt!: Date | null;
  @Column({ ...id, ...nullable, name: 'released_by' }) releasedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'released_at' }) releasedAt!: Date | null;
  @Column({ ...id, ...nullable, name: 'sent_by' }) sentBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'sent_at' }) sentAt!: Date | null;
  @Column({ ...id, ...nullable, name: 'ended_by' }) endedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'ended_at' }) endedAt!: Date | null;
  @Column({ ...line, ...nullable }) voucher!: string | null;
  @Column({ ...line, ...nullable, name: 'live_voucher' }) liveVoucher!: string | null;
  @Column({ ...prose, ...nullable }) reason!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('payout_voucher')
export class PayoutVoucherRow {
  @PrimaryColumn({ ...id, name: 'payout_id' }) payoutId!: string;
  @PrimaryColumn(small) position!: number;
  @Column({ ...id, name: 'payee_id' }) payeeId!: string;
  @Column(line) number!: string;
  @Column({ ...line, ...nullable, name: 'live_number' }) liveNumber!: string | null;
  @Column({ type: 'varchar', length: 120 }) title!: string;
  @Column(big) amount!: string;
  @Column({ ...id, ...nullable, name: 'file_id' }) fileId!: string | null;
  @Column({ type: 'varchar', length: 500, ...nullable }) evidence!: string | null;
}

@Entity('claw_back')
export class ClawBackRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'payout_id' }) payoutId!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column(big) amount!: string;
  @Column(line) voucher!: string;
  @Column({ ...line, ...nullable, name: 'live_voucher' }) liveVoucher!: string | null;
  @Column(prose) reason!: string;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...id, name: 'entered_by' }) enteredBy!: string;
  @Column({ ...id, ...nullable, name: 'decided_by' }) decidedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'decided_at' }) decidedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

export const PAYOUT_ROWS = [PayeeRow, PayoutRow, PayoutVoucherRow, ClawBackRow];
