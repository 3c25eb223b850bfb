import { Column, Entity, PrimaryColumn } from 'typeorm';
import { MILESTONE_ROWS } from './milestone-rows.js';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const token = { type: 'char', length: 32, charset: 'ascii', collation: 'ascii_bin' } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const count = { type: 'int', unsigned: true } as const;

@Entity('settlement_run')
export class SettlementRunRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column(word) outcome!: string;
  @Column({ ...word, name: 'payment_mode', nullable: true }) paymentMode!: string | null;
  @Column({ type: 'json', name: 'met_asks' }) metAsks!: unknown;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...id, name: 'cursor_pledge_id' }) cursorPledgeId!: string;
  @Column(count) chunks!: number;
  @Column(count) items!: number;
  @Column({ type: 'varchar', length: 500, name: 'halted_reason', nullable: true }) haltedReason!:
    string | null;
  @Column({ type: 'json', nullable: true }) report!: unknown;
  @Column({ ...instant, name: 'done_at', nullable: true }) doneAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('settlement_item')
export class SettlementItemRow {
  @PrimaryColumn({ ...id, name: 'run_id' }) runId!: string;
  @PrimaryColumn({ ...id, name: 'pledge_id' }) pledgeId!: string;
  @Column({ ...count, name: 'chunk_no' }) chunkNo!: number;
  @Column({ ...id, name: 'ask_id' }) askId!: string;
  @Column(word) kind!: string;
  @Column({ type: 'bigint' }) quantity!: string;
  @Column({ ...word, name: 'from_state' }) fromState!: string;
  @Column({ ...word, nullable: true }) action!: string | null;
  @Column({ ...id, name: 'charge_id', nullable: true }) chargeId!: string | null;
  @Column({ ...word, type: 'char', length: 11 }) state!: string;
  @Column({ type: 'varchar', length: 300, nullable: true }) reason!: string | null;
  @Column({ ...instant, name: 'changed_at' }) changedAt!: Date;
}

@Entity('settlement_chunk')
export class SettlementChunkRow {
  @PrimaryColumn({ ...id, name: 'run_id' }) runId!: string;
  @PrimaryColumn({ ...count, name: 'chunk_no' }) chunkNo!: number;
  @Column({ ...id, name: 'first_pledge_id' }) firstPledgeId!: string;
  @Column({ ...id, name: 'last_pledge_id' }) lastPledgeId!: string;
  @Column(word) state!: string;
  @Column(count) items!: number;
  @Column(count) done!: number;
  @Column(count) waiting!: number;
  @Column({ ...count, name: 'needs_human' }) needsHuman!: number;
  @Column({ ...token, name: 'lease_token', nullable: true }) leaseToken!: string | null;
  @Column({ ...instant, name: 'lease_until' }) leaseUntil!: Date;
  @Column(count) fence!: number;
  @Column(count) attempts!: number;
  @Column({ ...instant, name: 'next_at' }) nextAt!: Date;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('collection_reminder')
export class CollectionReminderRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ type: 'smallint', unsigned: true, name: 'hours_before' }) hoursBefore!: number;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

export const SETTLEMENT_ROWS = [
  SettlementRunRow,
  SettlementItemRow,
  SettlementChunkRow,
  CollectionReminderRow,
  ...MILESTONE_ROWS,
] as const;
