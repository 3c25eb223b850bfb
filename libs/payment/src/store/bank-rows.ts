import { Column, Entity, PrimaryColumn } from 'typeorm';

const ascii = { charset: 'ascii', collation: 'ascii_bin' } as const;
const id = { type: 'char', length: 30, ...ascii } as const;
const word = { type: 'varchar', length: 30, ...ascii } as const;
const big = { type: 'bigint' } as const;
const count = { type: 'int', unsigned: true } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const nullable = { nullable: true } as const;

@Entity('bank_statement')
export class BankStatementRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ type: 'char', length: 64, ...ascii, name: 'file_sha256' }) fileSha256!: string;
  @Column({ ...count, name: 'line_count' }) lineCount!: number;
  @Column(count) incoming!: number;
  @Column(count) reversals!: number;
  @Column({ ...count, name: 'created_lines' }) createdLines!: number;
  @Column({ ...count, name: 'known_lines' }) knownLines!: number;
  @Column({ ...id, name: 'imported_by' }) importedBy!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('bank_line')
export class BankLineRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'statement_id' }) statementId!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...word, length: 90, name: 'line_key' }) lineKey!: string;
  @Column({ ...word, ...nullable, length: 60, name: 'bank_serial' }) bankSerial!: string | null;
  @Column({ ...instant, name: 'occurred_at' }) occurredAt!: Date;
  @Column(big) amount!: string;
  @Column({ ...word, length: 500, name: 'payer_sealed' }) payerSealed!: string;
  @Column({ ...word, length: 1500, name: 'remark_sealed' }) remarkSealed!: string;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...instant, ...nullable, name: 'matched_at' }) matchedAt!: Date | null;
  @Column({ ...id, ...nullable, name: 'receipt_id' }) receiptId!: string | null;
  @Column({ ...id, ...nullable, name: 'live_pledge' }) livePledge!: string | null;
  @Column({ ...id, ...nullable, name: 'accepted_by' }) acceptedBy!: string | null;
  @Column({ ...id, ...nullable, name: 'dismissed_by' }) dismissedBy!: string | null;
  @Column({ type: 'varchar', length: 300, ...nullable }) dismissal!: string | null;
  @Column({ ...instant, ...nullable, name: 'decided_at' }) decidedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('bank_proposal')
export class BankProposalRow {
  @PrimaryColumn({ ...id, name: 'line_id' }) lineId!: string;
  @PrimaryColumn({ ...id, name: 'pledge_id' }) pledgeId!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'payer_id' }) payerId!: string;
  @Column(big) expected!: string;
  @Column(word) score!: string;
  @Column(word) why!: string;
  @Column({ type: 'smallint', unsigned: true }) place!: number;
}

export const BANK_ROWS = [BankStatementRow, BankLineRow, BankProposalRow];
