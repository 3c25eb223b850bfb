import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const instant = { type: 'datetime', precision: 3, nullable: true } as const;
const created = { type: 'datetime', precision: 3, default: () => 'CURRENT_TIMESTAMP(3)' } as const;

@Entity({ name: 'review_item' })
export class ReviewItemRow {
  @PrimaryColumn({ name: 'campaign_id', ...id }) campaignId!: string;
  @PrimaryColumn({ name: 'round', type: 'smallint', unsigned: true }) round!: number;
  @PrimaryColumn({ name: 'item', ...word }) item!: string;
  @Column({ name: 'verdict', ...word }) verdict!: string;
  @Column({ name: 'reason', type: 'varchar', length: 500, nullable: true }) reason!: string | null;
  @Column({ name: 'reviewer_id', ...id }) reviewerId!: string;
  @Column({ name: 'created_at', ...created }) createdAt!: Date;
}

@Entity({ name: 'objection' })
export class ObjectionRow {
  @PrimaryColumn({ name: 'id', ...id }) id!: string;
  @Column({ name: 'campaign_id', ...id }) campaignId!: string;
  @Column({ name: 'round', type: 'smallint', unsigned: true }) round!: number;
  @Column({ name: 'person_id', ...id }) personId!: string;
  @Column({ name: 'text', type: 'varchar', length: 1000 }) text!: string;
  @Column({ name: 'state', ...word }) state!: string;
  @Column({ name: 'answer', type: 'varchar', length: 1000, nullable: true }) answer!: string | null;
  @Column({ name: 'answered_by', ...id, nullable: true }) answeredBy!: string | null;
  @Column({ name: 'answered_at', ...instant }) answeredAt!: Date | null;
  @Column({ name: 'created_at', ...created }) createdAt!: Date;
}

@Entity({ name: 'task' })
export class TaskRow {
  @PrimaryColumn({ name: 'id', ...id }) id!: string;
  @Column({ name: 'community_id', ...id }) communityId!: string;
  @Column({ name: 'kind', ...word }) kind!: string;
  @Column({ name: 'campaign_id', ...id }) campaignId!: string;
  @Column({ name: 'state', ...word }) state!: string;
  @Column({ name: 'done_by', ...id, nullable: true }) doneBy!: string | null;
  @Column({ name: 'done_at', ...instant }) doneAt!: Date | null;
  @Column({ name: 'created_at', ...created }) createdAt!: Date;
}
