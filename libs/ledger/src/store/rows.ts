import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const big = { type: 'bigint' } as const;

@Entity('ledger_account')
export class LedgerAccountRow {
  @PrimaryColumn(id) id!: string;
  @Column(word) unit!: string;
  @Column(word) code!: string;
  @Column(id) owner!: string;
  @Column(word) mode!: string;
  @Column({ type: 'tinyint' }) guarded!: boolean;
  @Column({ ...big, name: 'debits_pending' }) debitsPending!: string;
  @Column({ ...big, name: 'debits_posted' }) debitsPosted!: string;
  @Column({ ...big, name: 'credits_pending' }) creditsPending!: string;
  @Column({ ...big, name: 'credits_posted' }) creditsPosted!: string;
  @Column({ ...big, unsigned: true }) entries!: string;
}

@Entity('ledger_transfer')
export class LedgerTransferRow {
  @PrimaryColumn(id) id!: string;
  @Column(id) grp!: string;
  @Column(word) unit!: string;
  @Column(word) kind!: string;
  @Column({ ...id, name: 'debit_id' }) debitId!: string;
  @Column({ ...id, name: 'credit_id' }) creditId!: string;
  @Column(big) amount!: string;
  @Column({ ...id, nullable: true }) resolves!: string | null;
  @Column({ ...word, length: 40 }) reason!: string;
  @Column(id) ref!: string;
  @Column({ type: 'datetime', precision: 3, name: 'created_at' }) createdAt!: Date;
}

@Entity('ledger_unfolded')
export class LedgerUnfoldedRow {
  @PrimaryColumn(id) grp!: string;
  @Column({ type: 'datetime', precision: 3, name: 'created_at' }) createdAt!: Date;
}

@Entity('ledger_entry')
export class LedgerEntryRow {
  @PrimaryColumn({ ...id, name: 'account_id' }) accountId!: string;
  @PrimaryColumn({ ...big, unsigned: true }) seq!: string;
  @Column(id) grp!: string;
  @Column({ ...id, name: 'transfer_id' }) transferId!: string;
  @Column({ type: 'int', unsigned: true }) transfers!: number;
  @Column({ ...word, length: 40 }) reason!: string;
  @Column({ ...id, nullable: true }) ref!: string | null;
  @Column(big) debit!: string;
  @Column(big) credit!: string;
  @Column({ ...big, name: 'pending_debit' }) pendingDebit!: string;
  @Column({ ...big, name: 'pending_credit' }) pendingCredit!: string;
  @Column({ ...big, name: 'balance_after' }) balanceAfter!: string;
  @Column({ ...big, name: 'pending_after' }) pendingAfter!: string;
  @Column({ type: 'datetime', precision: 3 }) at!: Date;
}

@Entity('ledger_reader')
export class LedgerReaderRow {
  @PrimaryColumn(word) reader!: string;
  @PrimaryColumn({ ...id, name: 'account_id' }) accountId!: string;
  @Column({ ...big, unsigned: true }) seq!: string;
}

export const LEDGER_ROWS = [
  LedgerAccountRow,
  LedgerTransferRow,
  LedgerUnfoldedRow,
  LedgerEntryRow,
  LedgerReaderRow,
];
