import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', charset: 'ascii', collation: 'ascii_bin' } as const;
const hash = { ...word, type: 'char', length: 64 } as const;
const count = { type: 'int', unsigned: true } as const;
const token = { type: 'char', length: 32, charset: 'ascii', collation: 'ascii_bin' } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const serial = { type: 'bigint', unsigned: true } as const;

@Entity('outbox')
export class OutboxRow {
  @PrimaryColumn(serial) id!: string;
  @Column({ ...word, length: 60 }) topic!: string;
  @Column({ ...word, length: 60 }) ref!: string;
  @Column({ ...instant, name: 'not_before', nullable: true }) notBefore!: Date | null;
  @Column({ ...token, name: 'lease_token', nullable: true }) leaseToken!: string | null;
  @Column({ ...instant, name: 'lease_until' }) leaseUntil!: Date;
  @Column({ type: 'int', unsigned: true }) attempts!: number;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('state_log')
export class StateLogRow {
  @PrimaryColumn(serial) id!: string;
  @Column({ ...word, length: 30, name: 'object_type' }) objectType!: string;
  @Column({ ...id, name: 'object_id' }) objectId!: string;
  @Column({ ...word, length: 30, name: 'from_state', nullable: true }) fromState!: string | null;
  @Column({ ...word, length: 30, name: 'to_state' }) toState!: string;
  @Column({ ...word, length: 40 }) event!: string;
  @Column({ ...word, length: 60 }) actor!: string;
  @Column({ type: 'varchar', length: 500, nullable: true }) reason!: string | null;
  @Column({ ...word, length: 60, name: 'request_id' }) requestId!: string;
  @Column(instant) at!: Date;
}

@Entity('lease')
export class LeaseRow {
  @PrimaryColumn({ ...word, length: 60 }) name!: string;
  @Column(token) owner!: string;
  @Column(instant) until!: Date;
}

@Entity('idempotency')
export class IdempotencyRow {
  @PrimaryColumn({ ...id, name: 'person_id' }) personId!: string;
  @PrimaryColumn({ ...word, length: 60 }) route!: string;
  @PrimaryColumn({ ...word, length: 64, name: 'client_key' }) clientKey!: string;
  @Column({ type: 'binary', length: 32 }) fingerprint!: Buffer;
  @Column({ type: 'mediumtext' }) answer!: string;
  @Column({ type: 'int', unsigned: true }) replays!: number;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('stored_file')
export class StoredFileRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'owner_id' }) ownerId!: string;
  @Column({ ...id, name: 'community_id', nullable: true }) communityId!: string | null;
  @Column({ ...word, length: 30 }) purpose!: string;
  @Column({ ...word, length: 30 }) type!: string;
  @Column(hash) sha256!: string;
  @Column(count) bytes!: number;
  @Column({ ...hash, name: 'medium_sha256', nullable: true }) mediumSha256!: string | null;
  @Column({ ...count, name: 'medium_bytes', nullable: true }) mediumBytes!: number | null;
  @Column({ ...hash, name: 'small_sha256', nullable: true }) smallSha256!: string | null;
  @Column({ ...count, name: 'small_bytes', nullable: true }) smallBytes!: number | null;
  @Column({ ...count, nullable: true }) width!: number | null;
  @Column({ ...count, nullable: true }) height!: number | null;
  @Column({ ...word, length: 30 }) state!: string;
  @Column(count) version!: number;
  @Column({ ...word, length: 30, name: 'object_type', nullable: true }) objectType!: string | null;
  @Column({ ...id, name: 'object_id', nullable: true }) objectId!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

export const PLATFORM_ROWS = [OutboxRow, StateLogRow, LeaseRow, IdempotencyRow, StoredFileRow];
