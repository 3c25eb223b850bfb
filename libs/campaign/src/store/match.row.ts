import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const big = { type: 'bigint' } as const;

@Entity('match_pool')
export class MatchPoolRow {
  @PrimaryColumn(id) id!: string;
  @Column({ type: 'varchar', length: 120, name: 'donor_name' }) donorName!: string;
  @Column({ ...word, name: 'donor_kind' }) donorKind!: string;
  @Column(word) unit!: string;
  @Column({ ...word, length: 60 }) kinds!: string;
  @Column({ type: 'int', unsigned: true, name: 'factor_bps' }) factorBps!: number;
  @Column(big) total!: string;
  @Column({ ...big, name: 'cap_per_campaign' }) capPerCampaign!: string;
  @Column({ ...big, name: 'cap_per_person' }) capPerPerson!: string;
  @Column({ ...big, name: 'condition_minimum' }) conditionMinimum!: string;
  @Column({ ...instant, name: 'starts_at' }) startsAt!: Date;
  @Column({ ...instant, name: 'ends_at' }) endsAt!: Date;
  @Column(word) state!: string;
  @Column({ type: 'int', unsigned: true }) version!: number;
  @Column(big) reserved!: string;
  @Column(big) released!: string;
  @Column(big) spent!: string;
  @Column({ ...id, name: 'proposed_by' }) proposedBy!: string;
  @Column({ ...id, name: 'activated_by', nullable: true }) activatedBy!: string | null;
  @Column({ ...instant, name: 'activated_at', nullable: true }) activatedAt!: Date | null;
  @Column({ ...id, name: 'closed_by', nullable: true }) closedBy!: string | null;
  @Column({ ...instant, name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('match_pool_community')
export class MatchPoolCommunityRow {
  @PrimaryColumn({ ...id, name: 'community_id' }) communityId!: string;
  @PrimaryColumn({ ...id, name: 'pool_id' }) poolId!: string;
}

@Entity('match_exclusion')
export class MatchExclusionRow {
  @PrimaryColumn({ ...id, name: 'pool_id' }) poolId!: string;
  @PrimaryColumn({ ...id, name: 'campaign_id' }) campaignId!: string;
  @PrimaryColumn(word) kind!: string;
  @PrimaryColumn({ ...id, name: 'ref_id' }) refId!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('match_campaign')
export class MatchCampaignRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'pool_id' }) poolId!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column(word) state!: string;
  @Column({ type: 'int', unsigned: true }) version!: number;
  @Column(big) reserved!: string;
  @Column(big) released!: string;
  @Column(big) confirmed!: string;
  @Column(big) received!: string;
  @Column({ ...big, nullable: true }) residents!: string | null;
  @Column({ ...instant, name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column({ type: 'varchar', length: 60, nullable: true }) voucher!: string | null;
  @Column({ type: 'varchar', length: 500, nullable: true }) evidence!: string | null;
  @Column({ ...instant, name: 'receipt_at', nullable: true }) receiptAt!: Date | null;
  @Column({ ...id, name: 'entered_by', nullable: true }) enteredBy!: string | null;
  @Column({ ...id, name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column(big) returned!: string;
  @Column({ ...big, name: 'receipt_amount', nullable: true }) receiptAmount!: string | null;
  @Column({ type: 'varchar', length: 500, name: 'write_off_reason', nullable: true }) writeOffReason!:
    string | null;
  @Column({ ...id, name: 'write_off_by', nullable: true }) writeOffBy!: string | null;
  @Column({ ...id, name: 'written_off_by', nullable: true }) writtenOffBy!: string | null;
  @Column({ ...instant, name: 'written_off_at', nullable: true }) writtenOffAt!: Date | null;
  @Column({ ...id, name: 'bound_by' }) boundBy!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('match_reservation')
export class MatchReservationRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'pledge_id' }) pledgeId!: string;
  @Column({ ...id, name: 'pool_id' }) poolId!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'ask_id' }) askId!: string;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column({ ...id, name: 'household_id' }) householdId!: string;
  @Column(big) own!: string;
  @Column(big) amount!: string;
  @Column({ ...big, name: 'full_amount' }) fullAmount!: string;
  @Column(word) code!: string;
  @Column(word) state!: string;
  @Column({ ...word, nullable: true }) reason!: string | null;
  @Column(big) returned!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('match_return')
export class MatchReturnRow {
  @PrimaryColumn({ ...id, name: 'reservation_id' }) reservationId!: string;
  @PrimaryColumn({ ...id, name: 'cause_id' }) causeId!: string;
  @Column(word) cause!: string;
  @Column({ ...id, name: 'binding_id' }) bindingId!: string;
  @Column({ ...big, name: 'own_back' }) ownBack!: string;
  @Column(big) wanted!: string;
  @Column(big) amount!: string;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

export const MATCH_ROWS = [
  MatchPoolRow,
  MatchPoolCommunityRow,
  MatchExclusionRow,
  MatchCampaignRow,
  MatchReservationRow,
  MatchReturnRow,
];
