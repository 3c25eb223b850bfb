import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const instant = { type: 'datetime', precision: 3 } as const;

@Entity('pledge')
export class PledgeRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'ask_id' }) askId!: string;
  @Column({ ...id, name: 'slot_id', nullable: true }) slotId!: string | null;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'person_id' }) personId!: string;
  @Column({ ...id, name: 'household_id' }) householdId!: string;
  @Column(word) kind!: string;
  @Column({ type: 'bigint' }) quantity!: string;
  @Column({ type: 'smallint', unsigned: true }) places!: number;
  @Column(word) state!: string;
  @Column({ type: 'int', unsigned: true }) version!: number;
  @Column({ type: 'tinyint' }) anonymous!: boolean;
  @Column({ ...id, name: 'attention_of', nullable: true }) attentionOf!: string | null;
  @Column({ ...id, name: 'submitted_by' }) submittedBy!: string;
  @Column({ type: 'varchar', length: 300, name: 'consent_evidence', nullable: true }) consentEvidence!:
    string | null;
  @Column({ type: 'char', length: 43, charset: 'ascii', collation: 'ascii_bin', name: 'once_hash' })
  onceHash!: string;
  @Column({ type: 'char', length: 64, charset: 'ascii', collation: 'ascii_bin', name: 'request_hash' })
  requestHash!: string;
  @Column({ ...word, name: 'failure_policy' }) failurePolicy!: string;
  @Column({ ...word, name: 'surplus_policy' }) surplusPolicy!: string;
  @Column({ ...word, name: 'scope_change_policy' }) scopeChangePolicy!: string;
  @Column({ ...word, name: 'goods_mode', nullable: true }) goodsMode!: string | null;
  @Column({ ...instant, name: 'pay_by', nullable: true }) payBy!: Date | null;
  @Column({ ...id, name: 'winning_charge_id', nullable: true }) winningChargeId!: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('pledge_text')
export class PledgeTextRow {
  @PrimaryColumn({ ...id, name: 'pledge_id' }) pledgeId!: string;
  @Column({ type: 'varchar', length: 2000 }) text!: string;
}

@Entity('intake')
export class IntakeRow {
  @PrimaryColumn({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column(word) state!: string;
  @Column(instant) deadline!: Date;
  @Column({ type: 'bigint', unsigned: true }) pledges!: string;
  @Column({ ...instant, name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @Column({ type: 'bigint', unsigned: true }) version!: string;
  @Column({ type: 'smallint', unsigned: true, name: 'match_pools' }) matchPools!: number;
  @Column({ ...instant, name: 'handed_over_at', nullable: true }) handedOverAt!: Date | null;
}

@Entity('ask_intake')
export class AskIntakeRow {
  @PrimaryColumn({ ...id, name: 'ask_id' }) askId!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ type: 'bigint' }) reserved!: string;
  @Column({ type: 'bigint' }) held!: string;
  @Column({ type: 'bigint' }) pledges!: string;
}

@Entity('campaign_snapshot')
export class CampaignSnapshotRow {
  @PrimaryColumn({ ...id, name: 'campaign_id' }) campaignId!: string;
  @PrimaryColumn(word) stage!: string;
  @Column(word) outcome!: string;
  @Column({ type: 'json' }) asks!: unknown;
  @Column({ type: 'bigint', unsigned: true }) pledges!: string;
  @Column({ ...instant, name: 'decided_at' }) decidedAt!: Date;
}

export const PLEDGE_ROWS = [PledgeRow, PledgeTextRow, IntakeRow, AskIntakeRow, CampaignSnapshotRow];
