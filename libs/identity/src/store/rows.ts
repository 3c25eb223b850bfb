import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const hash = { type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const;
const instant = { type: 'datetime', precision: 3 } as const;

@Entity('person')
export class PersonRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...word }) state!: string;
  @Column({ type: 'int', unsigned: true, default: 0 }) version!: number;
  @Column({
    type: 'varchar',
    length: 160,
    charset: 'ascii',
    collation: 'ascii_bin',
    name: 'phone_sealed',
    nullable: true,
  })
  phoneSealed!: string | null;
  @Column({ ...hash, name: 'phone_index', nullable: true }) phoneIndex!: string | null;
  @Column({
    type: 'varchar',
    length: 400,
    charset: 'ascii',
    collation: 'ascii_bin',
    name: 'name_sealed',
    nullable: true,
  })
  nameSealed!: string | null;
  @Column({
    type: 'varchar',
    length: 160,
    charset: 'ascii',
    collation: 'ascii_bin',
    name: 'birth_sealed',
    nullable: true,
  })
  birthSealed!: string | null;
  @Column({ type: 'varchar', length: 10, charset: 'ascii', collation: 'ascii_bin', default: 'zh-CN' })
  locale!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
  @Column({ ...instant, name: 'deleted_at', nullable: true }) deletedAt!: Date | null;
}

@Entity('sign_in_code')
export class SignInCodeRow {
  @PrimaryColumn({ ...hash, name: 'phone_index' }) phoneIndex!: string;
  @Column({ ...hash, name: 'code_hash' }) codeHash!: string;
  @Column({ type: 'smallint', unsigned: true, default: 0 }) tries!: number;
  @Column({ ...instant, name: 'sent_at' }) sentAt!: Date;
  @Column({ ...instant, name: 'expires_at' }) expiresAt!: Date;
  @Column({ ...instant, name: 'used_at', nullable: true }) usedAt!: Date | null;
}

@Entity('attempt_count')
export class AttemptCountRow {
  @PrimaryColumn({ ...word }) scope!: string;
  @PrimaryColumn({ ...hash }) subject!: string;
  @Column({ ...instant, name: 'window_starts' }) windowStarts!: Date;
  @Column({ ...instant, name: 'window_ends' }) windowEnds!: Date;
  @Column({ type: 'int', unsigned: true }) used!: number;
}

@Entity('sms_outbox')
export class SmsOutboxRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...hash, name: 'phone_index' }) phoneIndex!: string;
  @Column({ type: 'varchar', length: 160, charset: 'ascii', collation: 'ascii_bin', name: 'phone_sealed' })
  phoneSealed!: string;
  @Column({ ...word }) template!: string;
  @Column({ type: 'varchar', length: 160, charset: 'ascii', collation: 'ascii_bin', name: 'code_sealed' })
  codeSealed!: string;
  @Column({ ...word }) state!: string;
  @Column({ type: 'smallint', unsigned: true, default: 0 }) attempts!: number;
  @Column({ ...instant, name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  @Column({ ...instant, name: 'expires_at' }) expiresAt!: Date;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('staff_credential')
export class StaffCredentialRow {
  @PrimaryColumn({ ...id, name: 'person_id' }) personId!: string;
  @Column({ type: 'varchar', length: 60, charset: 'ascii', collation: 'ascii_bin' }) login!: string;
  @Column({ type: 'varchar', length: 200, charset: 'ascii', collation: 'ascii_bin', name: 'password_hash' })
  passwordHash!: string;
  @Column({ type: 'varchar', length: 200, charset: 'ascii', collation: 'ascii_bin', name: 'totp_sealed' })
  totpSealed!: string;
  @Column({ type: 'bigint', unsigned: true, name: 'totp_step', default: 0 }) totpStep!: string;
  @Column({ type: 'tinyint', name: 'must_change', default: 1 }) mustChange!: number;
  @Column({ ...id, name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
  @Column({ ...instant, name: 'changed_at', nullable: true }) changedAt!: Date | null;
}

@Entity('session')
export class SessionRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column({ ...word }) kind!: string;
  @Column({ ...hash, name: 'token_hash' }) tokenHash!: string;
  @Column({ type: 'varchar', length: 60 }) device!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
  @Column({ ...instant, name: 'seen_at' }) seenAt!: Date;
  @Column({ ...instant, name: 'expires_at' }) expiresAt!: Date;
  @Column({ ...instant, name: 'ends_at' }) endsAt!: Date;
  @Column({ ...instant, name: 'second_factor_at', nullable: true }) secondFactorAt!: Date | null;
  @Column({ ...instant, name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
}

@Entity('role_grant')
export class RoleGrantRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column({ ...word }) role!: string;
  @Column({ ...id, name: 'community_id', nullable: true }) communityId!: string | null;
  @Column({ ...word }) state!: string;
  @Column({ type: 'int', unsigned: true, default: 0 }) version!: number;
  @Column({ ...id, name: 'granted_by', nullable: true }) grantedBy!: string | null;
  @Column({ ...id, name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column({ ...id, name: 'ended_by', nullable: true }) endedBy!: string | null;
  @Column({
    type: 'varchar',
    length: 100,
    charset: 'ascii',
    collation: 'ascii_bin',
    name: 'open_key',
    nullable: true,
  })
  openKey!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
  @Column({ ...instant, name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

@Entity('consent')
export class ConsentRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column({ ...id, name: 'given_by' }) givenBy!: string;
  @Column({ ...word }) kind!: string;
  @Column({ type: 'varchar', length: 20, charset: 'ascii', collation: 'ascii_bin' }) version!: string;
  @Column({ type: 'varchar', length: 120, default: '' }) receiver!: string;
  @Column({ type: 'tinyint', unsigned: true, name: 'open_slot', nullable: true }) openSlot!: number | null;
  @Column({ ...instant, name: 'given_at' }) givenAt!: Date;
  @Column({ ...instant, name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
}

@Entity('partner')
export class PartnerRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...word }) kind!: string;
  @Column({ type: 'varchar', length: 120 }) name!: string;
  @Column({ ...word, name: 'legal_status' }) legalStatus!: string;
  @Column({
    type: 'varchar',
    length: 40,
    charset: 'ascii',
    collation: 'ascii_bin',
    name: 'registration_no',
    nullable: true,
  })
  registrationNo!: string | null;
  @Column({ type: 'varchar', length: 1000 }) about!: string;
  @Column({ ...word }) state!: string;
  @Column({ type: 'int', unsigned: true, default: 0 }) version!: number;
  @Column({ ...id, name: 'applied_by' }) appliedBy!: string;
  @Column({ ...id, name: 'reviewed_by', nullable: true }) reviewedBy!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) reason!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
  @Column({ ...instant, name: 'reviewed_at', nullable: true }) reviewedAt!: Date | null;
}

@Entity('partner_evidence')
export class PartnerEvidenceRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'partner_id' }) partnerId!: string;
  @Column({ ...word }) kind!: string;
  @Column({ type: 'varchar', length: 200 }) reference!: string;
  @Column({ type: 'date', name: 'valid_until', nullable: true }) validUntil!: string | null;
  @Column({ ...id, name: 'added_by' }) addedBy!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('partner_member')
export class PartnerMemberRow {
  @PrimaryColumn({ type: 'bigint', unsigned: true, generated: 'increment' }) id!: string;
  @Column({ ...id, name: 'partner_id' }) partnerId!: string;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column({ ...word }) duty!: string;
  @Column({ type: 'tinyint', unsigned: true, name: 'open_slot', nullable: true }) openSlot!: number | null;
  @Column({ ...id, name: 'added_by' }) addedBy!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
  @Column({ ...instant, name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

/** One row that whoever makes the first admin holds. */
@Entity('first_admin_lock')
export class FirstAdminLockRow {
  @PrimaryColumn({ type: 'tinyint', unsigned: true }) id!: number;
}

/** Columns only, for the test that compares them with the schema. */
export const IDENTITY_ROWS = [
  PersonRow,
  SignInCodeRow,
  AttemptCountRow,
  SmsOutboxRow,
  StaffCredentialRow,
  SessionRow,
  RoleGrantRow,
  ConsentRow,
  PartnerRow,
  PartnerEvidenceRow,
  PartnerMemberRow,
  FirstAdminLockRow,
];
