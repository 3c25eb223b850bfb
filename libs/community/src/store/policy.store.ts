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
}

function versionOf({ numerator, denominator, moneyPerPersonMax, ...row }: PolicyRecord): PolicyVersion {
  return {
    ...row,
    attentionShare: { numerator, denominator },
    moneyPerPersonMax: moneyPerPersonMax === null ? null : BigInt(moneyPerPersonMax),
  };
}
