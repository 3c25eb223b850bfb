import { Injectable } from '@nestjs/common';
import { type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import { DEFAULT_POLICY, type CommunityPolicy } from '../domain/policy.js';

interface PolicyRecord {
  version: number;
  numerator: number;
  denominator: number;
  noticeDays: number;
  collectionHours: number;
  campaignDaysMax: number;
  moneyPerPersonMax: string | null;
  workdayMinutes: number;
  effectiveFrom: Date;
  reason: string;
}

export interface PolicyVersion extends CommunityPolicy {
  readonly effectiveFrom: Date;
  readonly reason: string;
}

const COLUMNS = `version, attention_numerator AS numerator, attention_denominator AS denominator,
  notice_days AS noticeDays, collection_hours AS collectionHours, campaign_days_max AS campaignDaysMax,
  money_per_person_max AS moneyPerPersonMax, workday_minutes AS workdayMinutes, effective_from AS effectiveFrom, reason`;

@Injectable()
export class PolicyStore {
  constructor(private readonly database: Database) {}

  async current(communityId: Id<'com'>, tx?: Tx): Promise<CommunityPolicy> {
    const sql: Sql = tx ? sqlOf(tx) : this.database;
    const row = await sql.row<PolicyRecord>(
      `SELECT ${COLUMNS} FROM community_policy
       WHERE community_id = ? AND effective_from <= UTC_TIMESTAMP(3) ORDER BY version DESC LIMIT 1`,
      [communityId],
    );
    return row ? versionOf(row) : DEFAULT_POLICY;
  }

  async history(communityId: Id<'com'>): Promise<PolicyVersion[]> {
    const rows = await this.database.rows<PolicyRecord>(
      `SELECT ${COLUMNS} FROM community_policy WHERE community_id = ? ORDER BY version DESC LIMIT 100`,
      [communityId],
    );
    return rows.map(versionOf);
  }

  /** The number of the newest version, in force or to come; 0 when there is none. */
  async newest(tx: Tx, communityId: Id<'com'>): Promise<number> {
    const row = await sqlOf(tx).row<{ version: number | null }>(
      'SELECT MAX(version) AS version FROM community_policy WHERE community_id = ?',
      [communityId],
    );
    return Number(row?.version ?? 0);
  }

  /** Two writers of one version: the second is a duplicate key `PRIMARY`. */
  async add(
    tx: Tx,
    communityId: Id<'com'>,
    policy: CommunityPolicy,
    change: { by: Id<'per'>; reason: string; effectiveFrom: Date | null },
  ): Promise<void> {
    const { numerator, denominator } = policy.attentionShare;
    await sqlOf(tx).change(
      `INSERT INTO community_policy (community_id, version, effective_from, attention_numerator, attention_denominator,
         notice_days, collection_hours, campaign_days_max, money_per_person_max, workday_minutes, changed_by, reason)
       VALUES (?, ?, COALESCE(?, UTC_TIMESTAMP(3)), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        communityId,
        policy.version,
        change.effectiveFrom,
        numerator,
        denominator,
        policy.noticeDays,
        policy.collectionHours,
        policy.campaignDaysMax,
        policy.moneyPerPersonMax,
        policy.workdayMinutes,
        change.by,
        change.reason,
      ],
    );
  }
}

function versionOf({ numerator, denominator, moneyPerPersonMax, ...row }: PolicyRecord): PolicyVersion {
  return {
    ...row,
    attentionShare: { numerator, denominator },
    moneyPerPersonMax: moneyPerPersonMax === null ? null : BigInt(moneyPerPersonMax),
  };
}
