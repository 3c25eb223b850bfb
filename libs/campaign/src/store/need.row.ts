import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const created = { type: 'datetime', precision: 3, default: () => 'CURRENT_TIMESTAMP(3)' } as const;

@Entity({ name: 'need' })
export class NeedRow {
  @PrimaryColumn({ name: 'id', ...id }) id!: string;
  @Column({ name: 'community_id', ...id }) communityId!: string;
  @Column({ name: 'raised_by', ...id }) raisedBy!: string;
  @Column({ name: 'title', type: 'varchar', length: 60 }) title!: string;
  @Column({ name: 'text', type: 'varchar', length: 2000 }) text!: string;
  @Column({ name: 'place_text', type: 'varchar', length: 200 }) placeText!: string;
  @Column({ name: 'state', ...word }) state!: string;
  @Column({ name: 'echo_count', type: 'int', unsigned: true, default: 0 }) echoCount!: number;
  @Column({ name: 'campaign_id', ...id, nullable: true }) campaignId!: string | null;
  @Column({ name: 'version', type: 'int', unsigned: true, default: 0 }) version!: number;
  @Column({ name: 'created_at', ...created }) createdAt!: Date;
}

@Entity({ name: 'need_echo' })
export class NeedEchoRow {
  @PrimaryColumn({ name: 'need_id', ...id }) needId!: string;
  @PrimaryColumn({ name: 'household_id', ...id }) householdId!: string;
  @Column({ name: 'person_id', ...id }) personId!: string;
  @Column({ name: 'created_at', ...created }) createdAt!: Date;
}
