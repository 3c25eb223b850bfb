import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const count = { type: 'int', unsigned: true } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const sealed = { type: 'text', charset: 'ascii', collation: 'ascii_bin' } as const;
const nullable = { nullable: true } as const;

@Entity('merchant_channel')
export class MerchantChannelRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column(word) gateway!: string;
  @Column({ ...word, length: 64, name: 'merchant_ref' }) merchantRef!: string;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...word, ...nullable, length: 130, name: 'live_of' }) liveOf!: string | null;
  @Column({ ...id, name: 'proposed_by' }) proposedBy!: string;
  @Column({ ...id, ...nullable, name: 'approved_by' }) approvedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'approved_at' }) approvedAt!: Date | null;
  @Column({ ...id, ...nullable, name: 'closed_by' }) closedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'next_check_at' }) nextCheckAt!: Date | null;
  @Column({ ...word, name: 'check_state' }) checkState!: string;
  @Column({ ...word, ...nullable, length: 60, name: 'check_detail' }) checkDetail!: string | null;
  @Column({ ...instant, ...nullable, name: 'checked_at' }) checkedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('merchant_key_set')
export class MerchantKeySetRow {
  @PrimaryColumn({ ...id, name: 'channel_id' }) channelId!: string;
  @PrimaryColumn(count) revision!: number;
  @Column(word) state!: string;
  @Column(sealed) sealed!: string;
  @Column({ ...id, name: 'entered_by' }) enteredBy!: string;
  @Column({ ...id, ...nullable, name: 'approved_by' }) approvedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'retired_at' }) retiredAt!: Date | null;
  @Column({ ...word, name: 'check_state' }) checkState!: string;
  @Column({ ...word, ...nullable, length: 60, name: 'check_detail' }) checkDetail!: string | null;
  @Column({ ...instant, ...nullable, name: 'checked_at' }) checkedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('charge_payer_hint')
export class ChargePayerHintRow {
  @PrimaryColumn({ ...id, name: 'charge_id' }) chargeId!: string;
  @Column(sealed) sealed!: string;
}

export const CHANNEL_ROWS = [MerchantChannelRow, MerchantKeySetRow, ChargePayerHintRow];
