import { Column, Entity, PrimaryColumn } from 'typeorm';

const id = { type: 'char', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const word = { type: 'varchar', length: 30, charset: 'ascii', collation: 'ascii_bin' } as const;
const instant = { type: 'datetime', precision: 3, nullable: true } as const;

@Entity({ name: 'campaign' })
export class CampaignRow {
  @PrimaryColumn({ name: 'id', ...id }) id!: string;
  @Column({ name: 'community_id', ...id }) communityId!: string;
  @Column({ name: 'organiser_id', ...id }) organiserId!: string;
  @Column({ name: 'need_id', ...id, nullable: true }) needId!: string | null;
  @Column({ name: 'state', ...word }) state!: string;
  @Column({ name: 'version', type: 'int', unsigned: true, default: 0 }) version!: number;
  @Column({ name: 'round', type: 'smallint', unsigned: true, default: 0 }) round!: number;
  @Column({ name: 'title', type: 'varchar', length: 60 }) title!: string;
  @Column({ name: 'lead_text', type: 'varchar', length: 120 }) lead!: string;
  @Column({ name: 'story', type: 'text' }) story!: string;
  @Column({ name: 'beneficiaries', type: 'varchar', length: 500 }) beneficiaries!: string;
  @Column({ name: 'place_text', type: 'varchar', length: 200 }) placeText!: string;
  @Column({ name: 'plan', type: 'text' }) plan!: string;
  @Column({ name: 'risks', type: 'text' }) risks!: string;
  @Column({ name: 'category', ...word }) category!: string;
  @Column({ name: 'legal_type', ...word }) legalType!: string;
  @Column({ name: 'external_url', type: 'varchar', length: 500, nullable: true }) externalUrl!: string | null;
  @Column({ name: 'payment_mode', ...word, nullable: true }) paymentMode!: string | null;
  @Column({ name: 'custody_account_id', ...id, nullable: true }) custodyAccountId!: string | null;
  @Column({ name: 'deadline', ...instant }) deadline!: Date | null;
  @Column({ name: 'time_zone', ...word, length: 40 }) timeZone!: string;
  @Column({ name: 'notice_days', type: 'smallint', unsigned: true }) noticeDays!: number;
  @Column({ name: 'notice_ends_at', ...instant }) noticeEndsAt!: Date | null;
  @Column({ name: 'collection_hours', type: 'smallint', unsigned: true }) collectionHours!: number;
  @Column({ name: 'collection_ends_at', ...instant }) collectionEndsAt!: Date | null;
  @Column({ name: 'failure_policy', ...word }) failurePolicy!: string;
  @Column({ name: 'surplus_policy', ...word }) surplusPolicy!: string;
  @Column({ name: 'scope_change_policy', ...word }) scopeChangePolicy!: string;
  @Column({ name: 'extension_days_max', type: 'smallint', unsigned: true, default: 0 })
  extensionDaysMax!: number;
  @Column({ name: 'extension_reached_percent', type: 'smallint', unsigned: true, default: 0 })
  extensionReachedPercent!: number;
  @Column({ name: 'extended_at', ...instant }) extendedAt!: Date | null;
  @Column({ name: 'suspended_from', ...word, nullable: true }) suspendedFrom!: string | null;
  @Column({ name: 'suspended_at', ...instant }) suspendedAt!: Date | null;
  @Column({ name: 'suspended_reason', type: 'varchar', length: 500, nullable: true })
  suspendedReason!: string | null;
  @Column({ name: 'halted_reason', type: 'varchar', length: 500, nullable: true }) haltedReason!:
    string | null;
  @Column({ name: 'cancelled_reason', type: 'varchar', length: 500, nullable: true })
  cancelledReason!: string | null;
  @Column({ name: 'submitted_at', ...instant }) submittedAt!: Date | null;
  @Column({ name: 'opened_at', ...instant }) openedAt!: Date | null;
  @Column({ name: 'closed_at', ...instant }) closedAt!: Date | null;
  @Column({ name: 'decided_at', ...instant }) decidedAt!: Date | null;
  @Column({ name: 'created_at', type: 'datetime', precision: 3, default: () => 'CURRENT_TIMESTAMP(3)' })
  createdAt!: Date;
}
