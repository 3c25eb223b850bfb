import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const hash = { ...id, length: 64 } as const;
const month = { ...id, length: 7 } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const big = { type: 'bigint' } as const;
const seq = { type: 'bigint', unsigned: true } as const;
const count = { type: 'int', unsigned: true } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const nullable = { nullable: true } as const;

@Entity('book_line')
export class BookLineRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'transfer_id' }) transferId!: string;
  @Column({ ...id, name: 'account_id' }) accountId!: string;
  @Column({ ...word, name: 'account_code' }) accountCode!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...seq, name: 'community_seq' }) communitySeq!: string;
  @Column({ ...big, name: 'community_balance' }) communityBalance!: string;
  @Column({ ...id, ...nullable, name: 'campaign_id' }) campaignId!: string | null;
  @Column({ ...seq, ...nullable, name: 'campaign_seq' }) campaignSeq!: string | null;
  @Column({ ...big, ...nullable, name: 'campaign_balance' }) campaignBalance!: string | null;
  @Column({ ...id, ...nullable, name: 'custody_account_id' }) custodyAccountId!: string | null;
  @Column({ ...seq, ...nullable, name: 'custody_seq' }) custodySeq!: string | null;
  @Column({ ...big, ...nullable, name: 'custody_balance' }) custodyBalance!: string | null;
  @Column(month) month!: string;
  @Column(word) flow!: string;
  @Column(big) amount!: string;
  @Column({ ...word, length: 40 }) reason!: string;
  @Column(id) ref!: string;
  @Column(instant) at!: Date;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('book_head')
export class BookHeadRow {
  @PrimaryColumn(id) owner!: string;
  @Column(seq) seq!: string;
  @Column(big) received!: string;
  @Column(big) returned!: string;
  @Column(big) spent!: string;
}

@Entity('book_calendar')
export class BookCalendarRow {
  @PrimaryColumn({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...month, name: 'next_month' }) nextMonth!: string;
}

@Entity('book_statement')
export class BookStatementRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'custody_account_id' }) custodyAccountId!: string;
  @Column(count) number!: number;
  @Column(month) month!: string;
  @Column(big) opening!: string;
  @Column(big) received!: string;
  @Column(big) returned!: string;
  @Column(big) spent!: string;
  @Column(big) closing!: string;
  @Column({ ...seq, name: 'line_count' }) lineCount!: string;
  @Column({ type: 'json' }) campaigns!: unknown;
  @Column({ ...hash, name: 'lines_hash' }) linesHash!: string;
  @Column({ ...hash, name: 'previous_hash' }) previousHash!: string;
  @Column(hash) hash!: string;
  @Column({ ...word, length: 16, name: 'key_id' }) keyId!: string;
  @Column({ ...word, length: 88 }) signature!: string;
  @Column({ ...instant, name: 'frozen_at' }) frozenAt!: Date;
}

@Entity('statement_key')
export class StatementKeyRow {
  @PrimaryColumn({ ...word, length: 16, name: 'key_id' }) keyId!: string;
  @Column({ ...word, length: 120, name: 'public_key' }) publicKey!: string;
  @Column({ ...word, ...nullable, length: 300, name: 'private_sealed' }) privateSealed!: string | null;
  @Column({ type: 'tinyint', ...nullable, name: 'made_here' }) madeHere!: boolean | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('book_challenge')
export class BookChallengeRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'line_id' }) lineId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, ...nullable, name: 'campaign_id' }) campaignId!: string | null;
  @Column({ ...id, ...nullable, name: 'custody_account_id' }) custodyAccountId!: string | null;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column({ ...id, ...nullable, name: 'live_of' }) liveOf!: string | null;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...instant, ...nullable, name: 'due_at' }) dueAt!: Date | null;
  @Column({ ...instant, ...nullable, name: 'reminded_at' }) remindedAt!: Date | null;
  @Column({ ...instant, ...nullable, name: 'ended_at' }) endedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('book_message')
export class BookMessageRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'challenge_id' }) challengeId!: string;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column(word) speaker!: string;
  @Column({ type: 'varchar', length: 2000 }) text!: string;
  @Column({ ...id, ...nullable, name: 'hidden_by' }) hiddenBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'hidden_at' }) hiddenAt!: Date | null;
  @Column({ type: 'varchar', length: 300, ...nullable, name: 'hidden_reason' }) hiddenReason!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('charity_receipt')
export class CharityReceiptRow {
  @PrimaryColumn({ ...id, name: 'charge_id' }) chargeId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ type: 'varchar', length: 60 }) number!: string;
  @Column({ type: 'varchar', length: 120 }) issuer!: string;
  @Column({ ...id, length: 10, name: 'issued_on' }) issuedOn!: string;
  @Column({ ...id, name: 'entered_by' }) enteredBy!: string;
  @Column(count) version!: number;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

export const BOOK_ROWS = [
  BookLineRow,
  BookHeadRow,
  BookCalendarRow,
  BookStatementRow,
  StatementKeyRow,
  BookChallengeRow,
  BookMessageRow,
  CharityReceiptRow,
];
