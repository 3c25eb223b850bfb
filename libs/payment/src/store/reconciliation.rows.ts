import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const number = { ...word, length: 64 } as const;
const hash = { ...id, length: 64 } as const;
const big = { type: 'bigint' } as const;
const count = { type: 'int', unsigned: true } as const;
const small = { type: 'smallint', unsigned: true } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const nullable = { nullable: true } as const;

@Entity('bill_day')
export class BillDayRow {
  @PrimaryColumn(id) id!: string;
  @Column(word) gateway!: string;
  @Column({ ...number, name: 'merchant_ref' }) merchantRef!: string;
  @Column({ ...id, length: 10, name: 'bill_date' }) billDate!: string;
  @Column({ ...instant, name: 'starts_at' }) startsAt!: Date;
  @Column({ ...instant, name: 'ends_at' }) endsAt!: Date;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column(small) downloads!: number;
  @Column(small) tries!: number;
  @Column({ ...instant, ...nullable, name: 'next_try_at' }) nextTryAt!: Date | null;
  @Column({ ...word, ...nullable, length: 60, name: 'last_answer' }) lastAnswer!: string | null;
  @Column({ type: 'varchar', length: 300, ...nullable, name: 'forgone_reason' }) forgoneReason!:
    string | null;
  @Column({ ...id, ...nullable, name: 'forgone_by' }) forgoneBy!: string | null;
  @Column({ ...id, ...nullable, name: 'forgone_confirmed_by' }) forgoneConfirmedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'imported_at' }) importedAt!: Date | null;
  @Column({ ...instant, ...nullable, name: 'closed_at' }) closedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('bill_file')
export class BillFileRow {
  @PrimaryColumn({ ...id, name: 'bill_day_id' }) billDayId!: string;
  @PrimaryColumn(small) edition!: number;
  @Column(hash) sha256!: string;
  @Column({ ...count, name: 'line_count' }) lineCount!: number;
  @Column({ type: 'mediumtext', charset: 'ascii', collation: 'ascii_bin', ...nullable }) sealed!:
    string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('bill_line')
export class BillLineRow {
  @PrimaryColumn({ ...id, name: 'bill_day_id' }) billDayId!: string;
  @PrimaryColumn({ ...count, name: 'line_no' }) lineNo!: number;
  @Column(small) edition!: number;
  @Column(word) kind!: string;
  @Column({ ...number, ...nullable, name: 'our_number' }) ourNumber!: string | null;
  @Column({ ...number, ...nullable, name: 'order_number' }) orderNumber!: string | null;
  @Column({ ...number, name: 'gateway_number' }) gatewayNumber!: string;
  @Column(big) amount!: string;
  @Column({ type: 'tinyint' }) incoming!: boolean;
  @Column(big) fee!: string;
  @Column({ ...instant, name: 'occurred_at' }) occurredAt!: Date;
  @Column({ ...hash, name: 'movement_key' }) movementKey!: string;
  @Column({ ...hash, ...nullable, name: 'leads_key' }) leadsKey!: string | null;
  @Column({ ...word, ...nullable }) verdict!: string | null;
  @Column({ ...id, ...nullable, name: 'custody_account_id' }) custodyAccountId!: string | null;
  @Column({ ...id, ...nullable, name: 'object_id' }) objectId!: string | null;
  @Column({ ...small, ...nullable, name: 'gone_in' }) goneIn!: number | null;
  @Column({ ...id, ...nullable, name: 'corrects_day_id' }) correctsDayId!: string | null;
  @Column({ ...count, ...nullable, name: 'corrects_line_no' }) correctsLineNo!: number | null;
  @Column({ ...big, ...nullable, name: 'fee_before' }) feeBefore!: string | null;
}

@Entity('bill_difference')
export class BillDifferenceRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'bill_day_id' }) billDayId!: string;
  @Column({ ...count, ...nullable, name: 'line_no' }) lineNo!: number | null;
  @Column(word) kind!: string;
  @Column({ ...word, length: 80 }) fact!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, ...nullable, name: 'object_id' }) objectId!: string | null;
  @Column({ ...number, ...nullable, name: 'our_number' }) ourNumber!: string | null;
  @Column({ ...number, ...nullable, name: 'gateway_number' }) gatewayNumber!: string | null;
  @Column({ ...big, ...nullable }) billed!: string | null;
  @Column({ ...big, ...nullable }) booked!: string | null;
  @Column(big) money!: string;
  @Column({ type: 'varchar', length: 200, ...nullable }) detail!: string | null;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...word, ...nullable }) resolution!: string | null;
  @Column({ ...id, ...nullable, name: 'campaign_id' }) campaignId!: string | null;
  @Column({ type: 'varchar', length: 120, ...nullable, name: 'open_item' }) openItem!: string | null;
  @Column({ type: 'varchar', length: 300, ...nullable }) reason!: string | null;
  @Column({ type: 'varchar', length: 500, ...nullable }) evidence!: string | null;
  @Column({ ...id, ...nullable, name: 'explained_by' }) explainedBy!: string | null;
  @Column({ ...id, ...nullable, name: 'confirmed_by' }) confirmedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'confirmed_at' }) confirmedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

export const RECONCILIATION_ROWS = [BillDayRow, BillFileRow, BillLineRow, BillDifferenceRow];
