import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const hash = { type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const;
const instant = { type: 'datetime', precision: 3 } as const;

@Entity('region')
export class RegionRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...word }) kind!: string;
  @Column({ ...id, name: 'parent_id', nullable: true }) parentId!: string | null;
  @Column({ type: 'varchar', length: 40 }) name!: string;
  @Column({ type: 'varchar', length: 160 }) path!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('community')
export class CommunityRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'street_id' }) streetId!: string;
  @Column({ type: 'varchar', length: 40 }) name!: string;
  @Column({ type: 'varchar', length: 200 }) path!: string;
  @Column({ type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin', name: 'time_zone' })
  timeZone!: string;
  @Column({ type: 'int', unsigned: true, name: 'household_count' }) householdCount!: number;
  @Column({ type: 'varchar', length: 40, nullable: true }) phone!: string | null;
  @Column({ type: 'int', unsigned: true, default: 0 }) version!: number;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('estate')
export class EstateRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ type: 'varchar', length: 60 }) name!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('grid')
export class GridRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...word }) kind!: string;
  @Column({ ...id, name: 'parent_id', nullable: true }) parentId!: string | null;
  @Column({ type: 'varchar', length: 60 }) name!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('household')
export class HouseholdRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'estate_id' }) estateId!: string;
  @Column({ ...id, name: 'grid_id', nullable: true }) gridId!: string | null;
  @Column({ type: 'varchar', length: 300, charset: 'ascii', collation: 'ascii_bin', name: 'door_sealed' })
  doorSealed!: string;
  @Column({ ...hash, name: 'door_index' }) doorIndex!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('door_code')
export class DoorCodeRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'household_id' }) householdId!: string;
  @Column({ ...hash, name: 'code_hash' }) codeHash!: string;
  @Column({ type: 'smallint', unsigned: true, name: 'uses_left' }) usesLeft!: number;
  @Column({ ...instant, name: 'expires_at' }) expiresAt!: Date;
  @Column({ ...instant, name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
  @Column({ ...id, name: 'issued_by' }) issuedBy!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('membership')
export class MembershipRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column({ ...id, name: 'household_id' }) householdId!: string;
  @Column({ ...word }) state!: string;
  @Column({ type: 'int', unsigned: true, default: 0 }) version!: number;
  @Column({ ...id, name: 'open_for', nullable: true }) openFor!: string | null;
  @Column({ ...word, nullable: true }) basis!: string | null;
  @Column({ type: 'tinyint' }) adult!: number;
  @Column({
    type: 'varchar',
    length: 160,
    charset: 'ascii',
    collation: 'ascii_bin',
    name: 'birth_sealed',
    nullable: true,
  })
  birthSealed!: string | null;
  @Column({ ...id, name: 'guardian_id', nullable: true }) guardianId!: string | null;
  @Column({ type: 'varchar', length: 200, nullable: true }) note!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) reason!: string | null;
  @Column({ ...id, name: 'reviewed_by', nullable: true }) reviewedBy!: string | null;
  @Column({ ...instant, name: 'reviewed_at', nullable: true }) reviewedAt!: Date | null;
  @Column({ ...instant, name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('community_policy')
export class CommunityPolicyRow {
  @PrimaryColumn({ ...id, name: 'community_id' }) communityId!: string;
  @PrimaryColumn({ type: 'int', unsigned: true }) version!: number;
  @Column({ ...instant, name: 'effective_from' }) effectiveFrom!: Date;
  @Column({ type: 'smallint', unsigned: true, name: 'attention_numerator' }) attentionNumerator!: number;
  @Column({ type: 'smallint', unsigned: true, name: 'attention_denominator' }) attentionDenominator!: number;
  @Column({ type: 'smallint', unsigned: true, name: 'notice_days' }) noticeDays!: number;
  @Column({ type: 'smallint', unsigned: true, name: 'collection_hours' }) collectionHours!: number;
  @Column({ type: 'smallint', unsigned: true, name: 'campaign_days_max' }) campaignDaysMax!: number;
  @Column({ type: 'bigint', name: 'money_per_person_max', nullable: true }) moneyPerPersonMax!: string | null;
  @Column({ type: 'smallint', unsigned: true, name: 'workday_minutes' }) workdayMinutes!: number;
  @Column({ ...id, name: 'changed_by' }) changedBy!: string;
  @Column({ type: 'varchar', length: 500 }) reason!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('trusted_neighbour')
export class TrustedNeighbourRow {
  @PrimaryColumn({ ...id }) id!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column({ ...id, name: 'open_for', nullable: true }) openFor!: string | null;
  @Column({ ...id, name: 'granted_by' }) grantedBy!: string;
  @Column({ ...instant, name: 'until_at' }) untilAt!: Date;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
  @Column({ ...id, name: 'ended_by', nullable: true }) endedBy!: string | null;
  @Column({ ...instant, name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

/** Columns only, for the test that compares them with the schema. */
export const COMMUNITY_ROWS = [
  RegionRow,
  CommunityRow,
  EstateRow,
  GridRow,
  HouseholdRow,
  DoorCodeRow,
  MembershipRow,
  CommunityPolicyRow,
  TrustedNeighbourRow,
];
