import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { Database, type SqlValue } from '@hehuo/platform';
import type { CampaignState } from '../domain/campaign.machine.js';
import type { LegalType } from '../domain/campaign.js';
import type { AskUnit, Kind } from '../domain/kind.js';

export interface CampaignCard {
  readonly id: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly organiserId: Id<'per'>;
  readonly state: CampaignState;
  readonly title: string;
  readonly lead: string;
  readonly placeText: string;
  readonly category: string;
  readonly legalType: LegalType;
  readonly deadline: Date | null;
  readonly timeZone: string;
  readonly noticeEndsAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
  /** Pledges that count. */
  readonly pledges: bigint;
  /** Null before the campaign was ever open. */
  readonly intakeVersion: string | null;
}

export interface AskProgress {
  readonly campaignId: Id<'cmp'>;
  readonly askId: Id<'ask'>;
  readonly kind: Kind;
  readonly title: string;
  readonly unit: AskUnit;
  readonly unitLabel: string | null;
  readonly required: boolean;
  readonly minimum: bigint;
  readonly wanted: bigint;
  readonly reserved: bigint;
}

export interface CampaignFilter {
  readonly communityIds: readonly Id<'com'>[] | null;
  readonly organiserId: Id<'per'> | null;
  readonly states: readonly CampaignState[];
  /** Only those cancelled after the public saw them. */
  readonly hidePrivatelyCancelled: boolean;
  readonly kind: Kind | null;
  readonly before: Id<'cmp'> | null;
  readonly limit: number;
}

const COLUMNS = `c.id, c.community_id AS communityId, c.organiser_id AS organiserId, c.state, c.title,
  c.lead_text AS \`lead\`, c.place_text AS placeText, c.category, c.legal_type AS legalType, c.deadline,
  c.time_zone AS timeZone, c.notice_ends_at AS noticeEndsAt, c.created_at AS createdAt, c.version,
  COALESCE(i.pledges, 0) AS pledges, i.version AS intakeVersion`;

@Injectable()
export class CampaignListStore {
  constructor(private readonly database: Database) {}

  /** Newest first; `before` is the last id of the page before. */
  async list(filter: CampaignFilter): Promise<CampaignCard[]> {
    if (filter.states.length === 0 || filter.communityIds?.length === 0) return [];
    const where = ['c.state IN (?)'];
    const values: SqlValue[] = [filter.states];
    const add = (condition: string, value: SqlValue) => {
      where.push(condition);
      values.push(value);
    };
    if (filter.communityIds) add('c.community_id IN (?)', filter.communityIds);
    if (filter.organiserId) add('c.organiser_id = ?', filter.organiserId);
    if (filter.before) add('c.id < ?', filter.before);
    if (filter.kind)
      add('EXISTS (SELECT 1 FROM ask a WHERE a.campaign_id = c.id AND a.kind = ?)', filter.kind);
    if (filter.hidePrivatelyCancelled) where.push("(c.state <> 'cancelled' OR c.notice_ends_at IS NOT NULL)");
    const rows = await this.database.rows<Omit<CampaignCard, 'pledges'> & { pledges: string }>(
      `SELECT ${COLUMNS} FROM campaign c LEFT JOIN intake i ON i.campaign_id = c.id WHERE ${where.join(' AND ')} ORDER BY c.id DESC LIMIT ?`,
      [...values, filter.limit],
    );
    return rows.map((row) => ({ ...row, pledges: BigInt(row.pledges) }));
  }

  /** What the cards of a page show of each goal vector. */
  async progress(campaignIds: readonly Id<'cmp'>[]): Promise<AskProgress[]> {
    if (campaignIds.length === 0) return [];
    const rows = await this.database.rows<
      Omit<AskProgress, 'minimum' | 'wanted' | 'reserved'> & Record<'minimum' | 'wanted' | 'reserved', string>
    >(
      `SELECT a.campaign_id AS campaignId, a.id AS askId, a.kind, a.title, a.unit, a.unit_label AS unitLabel,
              a.required, a.minimum, a.wanted, COALESCE(i.reserved, 0) AS reserved
       FROM ask a LEFT JOIN ask_intake i ON i.ask_id = a.id WHERE a.campaign_id IN (?) ORDER BY a.campaign_id, a.position`,
      [campaignIds],
    );
    return rows.map((row) => ({
      ...row,
      required: Number(row.required) === 1,
      minimum: BigInt(row.minimum),
      wanted: BigInt(row.wanted),
      reserved: BigInt(row.reserved),
    }));
  }

  /** Campaigns whose notice is over by the database's clock and that no open objection holds back, oldest first. */
  async dueNotices(limit: number): Promise<Id<'cmp'>[]> {
    const rows = await this.database.rows<{ id: Id<'cmp'> }>(
      `SELECT c.id FROM campaign c
       WHERE c.state = 'notice' AND c.notice_ends_at <= UTC_TIMESTAMP(3)
         AND NOT EXISTS (SELECT 1 FROM objection o WHERE o.campaign_id = c.id AND o.state = 'open')
       ORDER BY c.notice_ends_at LIMIT ?`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Households with a pledge that still counts. Reads the pledges: ask only for what has changed. */
  async households(campaignIds: readonly Id<'cmp'>[]): Promise<Map<Id<'cmp'>, number>> {
    if (campaignIds.length === 0) return new Map();
    const rows = await this.database.rows<{ id: Id<'cmp'>; n: string }>(
      `SELECT campaign_id AS id, COUNT(DISTINCT household_id) AS n FROM pledge
       WHERE campaign_id IN (?) AND state NOT IN
         ('withdrawn', 'expired', 'dropped', 'released', 'refunded', 'refund_due')
       GROUP BY campaign_id`,
      [campaignIds],
    );
    return new Map(rows.map(({ id, n }) => [id, Number(n)]));
  }
}
