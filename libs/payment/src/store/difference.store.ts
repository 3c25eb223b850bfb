import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql, type SqlValue } from '@hehuo/platform';
import type { Merchant } from '../domain/bill-day.js';
import {
  DIFFERENCE_IN_SUSPENSE,
  DIFFERENCE_OPEN,
  type Difference,
  type DifferenceKind,
  type DifferenceState,
  type Explanation,
  type Resolution,
} from '../domain/difference.js';

const COLUMNS = `id, bill_day_id, line_no, kind, custody_account_id, community_id, object_id, our_number, gateway_number, billed,
  booked, money, detail, state, version, resolution, campaign_id, open_item, reason, evidence, explained_by, confirmed_by, created_at`;

interface DifferenceColumns {
  readonly id: Id<'dif'>;
  readonly bill_day_id: Id<'bld'>;
  readonly line_no: number | null;
  readonly kind: DifferenceKind;
  readonly custody_account_id: Id<'cus'>;
  readonly community_id: Id<'com'>;
  readonly object_id: string | null;
  readonly our_number: string | null;
  readonly gateway_number: string | null;
  readonly billed: string | null;
  readonly booked: string | null;
  readonly money: string;
  readonly detail: string | null;
  readonly state: DifferenceState;
  readonly version: number;
  readonly resolution: Resolution | null;
  readonly campaign_id: Id<'cmp'> | null;
  readonly open_item: string | null;
  readonly reason: string | null;
  readonly evidence: string | null;
  readonly explained_by: Id<'per'> | null;
  readonly confirmed_by: Id<'per'> | null;
  readonly created_at: Date;
}

export type NewDifference = Pick<
  Difference,
  | 'id'
  | 'billDayId'
  | 'lineNo'
  | 'kind'
  | 'custodyAccountId'
  | 'communityId'
  | 'objectId'
  | 'ourNumber'
  | 'gatewayNumber'
  | 'billed'
  | 'booked'
  | 'money'
  | 'detail'
> & {
  /** One fact, one difference, however often a day is matched. */
  readonly fact: string;
};

export interface DifferencePage {
  readonly states: readonly DifferenceState[];
  /** Null means every community. */
  readonly communityIds: readonly Id<'com'>[] | null;
  readonly after: string | null;
  readonly limit: number;
}

/** What books and bills do not agree on. Every write that changes a state names the version that it was decided on. */
export class DifferenceStore {
  constructor(private readonly database: Database) {}

  async find(id: Id<'dif'>, by: Sql = this.database): Promise<Difference | null> {
    const row = await by.row<DifferenceColumns>(`SELECT ${COLUMNS} FROM bill_difference WHERE id = ?`, [id]);
    return row && differenceOf(row);
  }

  async ofDay(dayId: Id<'bld'>, by: Sql = this.database): Promise<Difference[]> {
    const rows = await by.rows<DifferenceColumns>(
      `SELECT ${COLUMNS} FROM bill_difference WHERE bill_day_id = ? ORDER BY id`,
      [dayId],
    );
    return rows.map(differenceOf);
  }

  async knownFacts(tx: Tx, facts: readonly string[]): Promise<Set<string>> {
    if (facts.length === 0) return new Set();
    const rows = await sqlOf(tx).rows<{ fact: string }>(
      'SELECT fact FROM bill_difference WHERE fact IN (?)',
      [facts],
    );
    return new Set(rows.map(({ fact }) => fact));
  }

  async insert(tx: Tx, differences: readonly NewDifference[]): Promise<void> {
    if (differences.length === 0) return;
    const rows = differences.map((d): SqlValue[] => [
      ...[d.id, d.billDayId, d.lineNo, d.kind, d.fact, d.custodyAccountId, d.communityId, d.objectId],
      ...[d.ourNumber, d.gatewayNumber, d.billed, d.booked, d.money, d.detail, 'open'],
    ]);
    await sqlOf(tx).change(
      `INSERT INTO bill_difference (id, bill_day_id, line_no, kind, fact, custody_account_id, community_id, object_id,
         our_number, gateway_number, billed, booked, money, detail, state) VALUES ?`,
      [rows],
    );
  }

  /**
   * Money that no bill had and that a bill of this merchant has by now. What was learned late heals only by a line that was
   * matched with it: a `status` line may have been explained as other money before.
   */
  async toldMeanwhile(tx: Tx, { gateway, merchantRef }: Merchant): Promise<Difference[]> {
    const rows = await sqlOf(tx).rows<DifferenceColumns>(
      `SELECT ${COLUMNS.replace(/(\w+)/g, 'd.$1')} FROM bill_difference d JOIN bill_day b ON b.id = d.bill_day_id
       WHERE b.gateway = ? AND b.merchant_ref = ? AND d.state IN (?)
         AND EXISTS (SELECT 1 FROM bill_line l WHERE l.object_id = d.object_id
           AND ((d.kind = 'missing_remote' AND l.verdict IN ('matched', 'amount', 'status'))
             OR (d.kind = 'learned_late' AND l.verdict IN ('matched', 'amount'))))`,
      [gateway, merchantRef, DIFFERENCE_OPEN],
    );
    return rows.map(differenceOf);
  }

  async heal(tx: Tx, { id, version }: Difference): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      "UPDATE bill_difference SET state = 'healed', version = version + 1 WHERE id = ? AND version = ? AND state IN (?)",
      [id, version, DIFFERENCE_OPEN],
    );
    return affectedRows === 1;
  }

  async propose(
    tx: Tx,
    { id, version }: Difference,
    by: Id<'per'>,
    explanation: Explanation,
  ): Promise<boolean> {
    const { resolution, campaignId, openItem, reason, evidence } = explanation;
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE bill_difference SET state = 'proposed', version = version + 1, resolution = ?, campaign_id = ?, open_item = ?,
         reason = ?, evidence = ?, explained_by = ?, confirmed_by = NULL WHERE id = ? AND version = ?`,
      [resolution, campaignId, openItem, reason, evidence, by, id, version],
    );
    return affectedRows === 1;
  }

  async confirm(tx: Tx, { id, version }: Difference, by: Id<'per'>, to: DifferenceState): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE bill_difference SET state = ?, version = version + 1, confirmed_by = ?, confirmed_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ? AND state = 'proposed'`,
      [to, by, id, version],
    );
    return affectedRows === 1;
  }

  async page({ states, communityIds, after, limit }: DifferencePage): Promise<Difference[]> {
    if (communityIds?.length === 0) return [];
    const rows = await this.database.rows<DifferenceColumns>(
      `SELECT ${COLUMNS} FROM bill_difference WHERE state IN (?) AND id > ?
         ${communityIds ? 'AND community_id IN (?)' : ''} ORDER BY id LIMIT ?`,
      [states, after ?? '', ...(communityIds ? [communityIds] : []), limit],
    );
    return rows.map(differenceOf);
  }

  async countOpen(): Promise<number> {
    const row = await this.database.row<{ n: string }>(
      'SELECT COUNT(*) AS n FROM bill_difference WHERE state IN (?)',
      [DIFFERENCE_OPEN],
    );
    return Number(row?.n ?? 0);
  }

  /** Fen in suspense, what came and what is missing added up without their signs. */
  async moneyInSuspense(): Promise<bigint> {
    const row = await this.database.row<{ sum: string | null }>(
      'SELECT SUM(ABS(money)) AS sum FROM bill_difference WHERE state IN (?)',
      [DIFFERENCE_IN_SUSPENSE],
    );
    return BigInt(row?.sum ?? 0);
  }
}

function differenceOf(row: DifferenceColumns): Difference {
  const { resolution, reason, evidence } = row;
  return {
    id: row.id,
    billDayId: row.bill_day_id,
    lineNo: row.line_no,
    kind: row.kind,
    custodyAccountId: row.custody_account_id,
    communityId: row.community_id,
    objectId: row.object_id,
    ourNumber: row.our_number,
    gatewayNumber: row.gateway_number,
    billed: row.billed === null ? null : BigInt(row.billed),
    booked: row.booked === null ? null : BigInt(row.booked),
    money: BigInt(row.money),
    detail: row.detail,
    state: row.state,
    version: row.version,
    explanation:
      resolution === null || reason === null || evidence === null
        ? null
        : { resolution, campaignId: row.campaign_id, openItem: row.open_item, reason, evidence },
    explainedBy: row.explained_by,
    confirmedBy: row.confirmed_by,
    createdAt: row.created_at,
  };
}
