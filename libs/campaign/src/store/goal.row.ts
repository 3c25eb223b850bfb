import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const big = { type: 'bigint' } as const;

@Entity({ name: 'ask' })
export class AskRow {
  @PrimaryColumn({ name: 'id', ...id }) id!: string;
  @Column({ name: 'campaign_id', ...id }) campaignId!: string;
  @Column({ name: 'position', type: 'smallint', unsigned: true }) position!: number;
  @Column({ name: 'kind', ...word }) kind!: string;
  @Column({ name: 'title', type: 'varchar', length: 120 }) title!: string;
  @Column({ name: 'unit', ...word }) unit!: string;
  @Column({ name: 'unit_label', type: 'varchar', length: 10, nullable: true }) unitLabel!: string | null;
  @Column({ name: 'minimum', ...big }) minimum!: string;
  @Column({ name: 'wanted', ...big }) wanted!: string;
  @Column({ name: 'cap', ...big, nullable: true }) cap!: string | null;
  @Column({ name: 'required', type: 'tinyint' }) required!: number;
  @Column({ name: 'per_person_max', ...big, nullable: true }) perPersonMax!: string | null;
  @Column({ name: 'per_pledge_max', ...big, nullable: true }) perPledgeMax!: string | null;
  @Column({ name: 'goods_mode', ...word, nullable: true }) goodsMode!: string | null;
  @Column({ name: 'return_on', type: 'date', nullable: true }) returnOn!: string | null;
  @Column({ name: 'skill', type: 'varchar', length: 60, nullable: true }) skill!: string | null;
  @Column({ name: 'credential', type: 'varchar', length: 120, nullable: true }) credential!: string | null;
}

@Entity({ name: 'slot' })
export class SlotRow {
  @PrimaryColumn({ name: 'id', ...id }) id!: string;
  @Column({ name: 'ask_id', ...id }) askId!: string;
  @Column({ name: 'campaign_id', ...id }) campaignId!: string;
  @Column({ name: 'starts_at', type: 'datetime', precision: 3 }) startsAt!: Date;
  @Column({ name: 'ends_at', type: 'datetime', precision: 3 }) endsAt!: Date;
  @Column({ name: 'capacity', type: 'int', unsigned: true }) capacity!: number;
  @Column({ name: 'reserved', type: 'int', unsigned: true, default: 0 }) reserved!: number;
}

@Entity({ name: 'cost_line' })
export class CostLineRow {
  @PrimaryColumn({ name: 'campaign_id', ...id }) campaignId!: string;
  @PrimaryColumn({ name: 'position', type: 'smallint', unsigned: true }) position!: number;
  @Column({ name: 'title', type: 'varchar', length: 120 }) title!: string;
  @Column({ name: 'amount', ...big }) amount!: string;
}

@Entity({ name: 'campaign_photo' })
export class CampaignPhotoRow {
  @PrimaryColumn({ name: 'campaign_id', ...id }) campaignId!: string;
  @PrimaryColumn({ name: 'position', type: 'smallint', unsigned: true }) position!: number;
  @Column({ name: 'file_id', ...id }) fileId!: string;
  @Column({ name: 'alt', type: 'varchar', length: 120 }) alt!: string;
}

@Entity({ name: 'milestone' })
export class MilestoneRow {
  @PrimaryColumn({ name: 'campaign_id', ...id }) campaignId!: string;
  @PrimaryColumn({ name: 'position', type: 'smallint', unsigned: true }) position!: number;
  @Column({ name: 'title', type: 'varchar', length: 120 }) title!: string;
  @Column({ name: 'due_on', type: 'date' }) dueOn!: string;
  @Column({ name: 'share_bps', type: 'smallint', unsigned: true }) shareBps!: number;
}
