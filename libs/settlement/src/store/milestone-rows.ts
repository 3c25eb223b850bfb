import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const big = { type: 'bigint' } as const;
const count = { type: 'int', unsigned: true } as const;
const small = { type: 'smallint', unsigned: true } as const;
const instant = { type: 'datetime', precision: 3 } as const;
const prose = { type: 'varchar', length: 500 } as const;
const nullable = { nullable: true } as const;

@Entity('milestone_budget')
export class MilestoneBudgetRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column(word) part!: string;
  @Column({ ...small, ...nullable }) position!: number | null;
  @Column({ ...small, name: 'share_bps' }) shareBps!: number;
  @Column(big) budget!: string;
  @Column({ ...big, name: 'paid_out' }) paidOut!: string;
  @Column({ ...big, name: 'given_back' }) givenBack!: string;
  @Column({ ...big, name: 'left_over' }) leftOver!: string;
  @Column({ ...id, ...nullable, name: 'payee_id' }) payeeId!: string | null;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('milestone_decision')
export class MilestoneDecisionRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column(word) part!: string;
  @Column(word) kind!: string;
  @Column({ ...word, ...nullable, name: 'live_part' }) livePart!: string | null;
  @Column(prose) reason!: string;
  @Column({ ...prose, ...nullable }) evidence!: string | null;
  @Column({ ...id, ...nullable, name: 'payee_id' }) payeeId!: string | null;
  @Column({ ...big, ...nullable }) amount!: string | null;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...id, name: 'proposed_by' }) proposedBy!: string;
  @Column({ ...id, ...nullable, name: 'decided_by' }) decidedBy!: string | null;
  @Column({ ...instant, ...nullable, name: 'decided_at' }) decidedAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('refund_run')
export class RefundRunRow {
  @PrimaryColumn(id) id!: string;
  @Column({ ...id, name: 'campaign_id' }) campaignId!: string;
  @Column({ ...id, name: 'community_id' }) communityId!: string;
  @Column({ ...id, name: 'decision_id' }) decisionId!: string;
  @Column(word) part!: string;
  @Column(small) round!: number;
  @Column(big) amount!: string;
  @Column(big) requested!: string;
  @Column(count) shares!: number;
  @Column({ ...id, name: 'cursor_pledge_id' }) cursorPledgeId!: string;
  @Column(word) state!: string;
  @Column(count) version!: number;
  @Column({ ...instant, ...nullable, name: 'done_at' }) doneAt!: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt!: Date;
}

@Entity('refund_share')
export class RefundShareRow {
  @PrimaryColumn({ ...id, name: 'run_id' }) runId!: string;
  @PrimaryColumn({ ...id, name: 'pledge_id' }) pledgeId!: string;
  @Column({ ...id, name: 'charge_id' }) chargeId!: string;
  @Column(big) weight!: string;
  @Column(big) amount!: string;
}

export const MILESTONE_ROWS = [MilestoneBudgetRow, MilestoneDecisionRow, RefundRunRow, RefundShareRow];
