import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import {
  BILL_DAY_CLOSED,
  downloadsMax,
  overdueDays,
  secondDownloadHours,
  type BillDay,
  type BillDayState,
  type Merchant,
} from '../domain/bill-day.js';
import { OFFLINE, type GatewayName } from '../domain/charge.js';

const COLUMNS = `id, gateway, merchant_ref, bill_date, starts_at, ends_at, state, version, downloads, tries, last_answer,
  forgone_reason, forgone_by, forgone_confirmed_by`;

interface DayColumns {
  readonly id: Id<'bld'>;
  readonly gateway: GatewayName;
  readonly merchant_ref: string;
  readonly bill_date: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly state: BillDayState;
  readonly version: number;
  readonly downloads: number;
  readonly tries: number;
  readonly last_answer: string | null;
  readonly forgone_reason: string | null;
  readonly forgone_by: Id<'per'> | null;
  readonly forgone_confirmed_by: Id<'per'> | null;
}

export type NewBillDay = Pick<BillDay, 'id' | 'gateway' | 'merchantRef' | 'day' | 'startsAt' | 'endsAt'> & {
  readonly readyAt: Date;
};

/** Marks "never" inside LEAST, which knows no null. */
const FAR = "CAST('9999-01-01 00:00:00.000' AS DATETIME(3))";

/** The days of each merchant's bills. */
export class BillDayStore {
  constructor(private readonly database: Database) {}

  async now(): Promise<Date> {
    const row = await this.database.row<{ now: Date }>('SELECT UTC_TIMESTAMP(3) AS now');
    if (!row) throw new Error('the database did not say what time it is');
    return row.now;
  }

  /** Every merchant account that is or was in use, with the last day that is known of it. */
  async merchants(): Promise<(Merchant & { readonly lastDay: string | null })[]> {
    const rows = await this.database.rows<{
      gateway: GatewayName;
      merchantRef: string;
      lastDay: string | null;
    }>(
      `SELECT m.gateway, m.merchant_ref AS merchantRef, MAX(b.bill_date) AS lastDay FROM merchant_channel m
       LEFT JOIN bill_day b ON b.gateway = m.gateway AND b.merchant_ref = m.merchant_ref
       WHERE m.approved_by IS NOT NULL AND m.gateway <> ? GROUP BY m.gateway, m.merchant_ref ORDER BY m.gateway, m.merchant_ref`,
      [OFFLINE],
    );
    return rows;
  }

  async firstChargeAt({ gateway, merchantRef }: Merchant): Promise<Date | null> {
    const row = await this.database.row<{ at: Date | null }>(
      'SELECT MIN(created_at) AS at FROM charge WHERE gateway = ? AND merchant_ref = ?',
      [gateway, merchantRef],
    );
    return row?.at ?? null;
  }

  async insert(tx: Tx, days: readonly NewBillDay[]): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO bill_day (id, gateway, merchant_ref, bill_date, starts_at, ends_at, state, next_try_at) VALUES ?`,
      [days.map((d) => [d.id, d.gateway, d.merchantRef, d.day, d.startsAt, d.endsAt, 'due', d.readyAt])],
    );
  }

  async find(dayId: Id<'bld'>, by: Sql = this.database): Promise<BillDay | null> {
    const row = await by.row<DayColumns>(`SELECT ${COLUMNS} FROM bill_day WHERE id = ?`, [dayId]);
    return row && dayOf(row);
  }

  /** Locked: whatever is imported, matched or closed of a day is done by one at a time. */
  async lock(tx: Tx, dayId: Id<'bld'>): Promise<BillDay | null> {
    const row = await sqlOf(tx).row<DayColumns>(`SELECT ${COLUMNS} FROM bill_day WHERE id = ? FOR UPDATE`, [
      dayId,
    ]);
    return row && dayOf(row);
  }

  async ofMerchant(
    { gateway, merchantRef }: Merchant,
    day: string,
    by: Sql = this.database,
  ): Promise<BillDay | null> {
    const row = await by.row<DayColumns>(
      `SELECT ${COLUMNS} FROM bill_day WHERE gateway = ? AND merchant_ref = ? AND bill_date = ?`,
      [gateway, merchantRef, day],
    );
    return row && dayOf(row);
  }

  /** The day of the merchant that has this instant, locked; null where it is not over, or has no bill. */
  async lockAt(tx: Tx, { gateway, merchantRef }: Merchant, at: Date): Promise<BillDay | null> {
    const last = await sqlOf(tx).row<Pick<DayColumns, 'id' | 'ends_at'>>(
      `SELECT id, ends_at FROM bill_day WHERE gateway = ? AND merchant_ref = ? AND starts_at <= ?
       ORDER BY bill_date DESC LIMIT 1`,
      [gateway, merchantRef, at],
    );
    return last && last.ends_at > at ? this.lock(tx, last.id) : null;
  }

  /** Money of the day was learned of after it was closed. The day is locked. */
  async reopen(tx: Tx, { id }: BillDay, to: BillDayState): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE bill_day SET state = ?, version = version + 1, closed_at = NULL WHERE id = ?',
      [to, id],
    );
  }

  /** Whether the bill came long enough ago to be asked for a second time. */
  async wantsSecondDownload(dayId: Id<'bld'>): Promise<boolean> {
    const row = await this.database.row<{ id: string }>(
      `SELECT id FROM bill_day WHERE id = ? AND downloads BETWEEN 1 AND ?
         AND imported_at <= UTC_TIMESTAMP(3) - INTERVAL ${secondDownloadHours} HOUR`,
      [dayId, downloadsMax - 1],
    );
    return row !== null;
  }

  /** Takes a due day to work on it; should this process die, it is due again after `seconds`. */
  async claim(dayId: Id<'bld'>, seconds: number): Promise<boolean> {
    const { affectedRows } = await this.database.change(
      `UPDATE bill_day SET next_try_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE id = ? AND next_try_at <= UTC_TIMESTAMP(3)`,
      [seconds, dayId],
    );
    return affectedRows === 1;
  }

  /** The bill was not to be had: it is asked for again, unless the day was closed without it. Null seconds: nobody asks again. */
  async postpone(dayId: Id<'bld'>, answer: string, seconds: number | null): Promise<void> {
    await this.database.change(
      `UPDATE bill_day SET tries = tries + 1, last_answer = ?,
         next_try_at = IF(? IS NULL OR state = 'without_bill', NULL, UTC_TIMESTAMP(3) + INTERVAL ? SECOND) WHERE id = ?`,
      [answer.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 60), seconds, seconds ?? 0, dayId],
    );
  }

  /** The second question was answered, or nobody waits for its answer any more. */
  async endDownloads(dayId: Id<'bld'>): Promise<void> {
    await this.database.change('UPDATE bill_day SET downloads = ?, tries = 0 WHERE id = ?', [
      downloadsMax,
      dayId,
    ]);
  }

  async noteDownload(tx: Tx, { id, version }: BillDay, to: BillDayState): Promise<void> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE bill_day SET state = ?, version = version + 1, downloads = downloads + 1, tries = 0, last_answer = NULL,
         imported_at = COALESCE(imported_at, UTC_TIMESTAMP(3)) WHERE id = ? AND version = ?`,
      [to, id, version],
    );
    if (affectedRows !== 1) throw new Error(`bill day ${id} moved under its lock`);
  }

  /** Writes where a matched day stands and when it is looked at again; null seconds where only a person can go on. */
  async settle(tx: Tx, { id, version }: BillDay, to: BillDayState, seconds: number | null): Promise<void> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE bill_day SET state = ?, version = version + 1,
         closed_at = IF(? = 'explained', COALESCE(closed_at, UTC_TIMESTAMP(3)), NULL),
         next_try_at = NULLIF(LEAST(
           IF(downloads < ${downloadsMax}, imported_at + INTERVAL ${secondDownloadHours} HOUR, ${FAR}),
           IF(? IS NULL, ${FAR}, UTC_TIMESTAMP(3) + INTERVAL ? SECOND)), ${FAR})
       WHERE id = ? AND version = ?`,
      [to, to, seconds, seconds ?? 0, id, version],
    );
    if (affectedRows !== 1) throw new Error(`bill day ${id} moved under its lock`);
  }

  /** Whether the bill is lacking for so long that it blocks payouts. */
  async lacksBill(tx: Tx, dayId: Id<'bld'>): Promise<boolean> {
    const row = await sqlOf(tx).row<{ id: string }>(
      `SELECT id FROM bill_day WHERE id = ? AND state = 'due' AND ends_at < UTC_TIMESTAMP(3) - INTERVAL ${overdueDays} DAY`,
      [dayId],
    );
    return row !== null;
  }

  /** Another proposal replaces one that nobody confirmed. The day is locked. */
  async proposeToForgo(tx: Tx, { id }: BillDay, by: Id<'per'>, reason: string): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE bill_day SET version = version + 1, forgone_reason = ?, forgone_by = ? WHERE id = ?',
      [reason, by, id],
    );
  }

  /** Nobody asks for this bill any more. The day is locked. */
  async forgo(tx: Tx, { id }: BillDay, by: Id<'per'>): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE bill_day SET state = 'without_bill', version = version + 1, forgone_confirmed_by = ?,
         closed_at = UTC_TIMESTAMP(3), next_try_at = NULL WHERE id = ?`,
      [by, id],
    );
  }

  /** A day that waits for what just happened is looked at now. */
  async wake(tx: Tx, dayIds: readonly Id<'bld'>[]): Promise<void> {
    if (dayIds.length === 0) return;
    await sqlOf(tx).change(
      "UPDATE bill_day SET next_try_at = UTC_TIMESTAMP(3) WHERE id IN (?) AND state = 'matched'",
      [dayIds],
    );
  }

  async due(limit: number): Promise<Id<'bld'>[]> {
    const rows = await this.database.rows<{ id: Id<'bld'> }>(
      'SELECT id FROM bill_day WHERE next_try_at <= UTC_TIMESTAMP(3) ORDER BY next_try_at, id LIMIT ?',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Days that ended, of one merchant or one date where those are named; the oldest first. */
  async list(wanted: Partial<Merchant> & { readonly day?: string }, limit: number): Promise<BillDay[]> {
    const rows = await this.database.rows<DayColumns>(
      `SELECT ${COLUMNS} FROM bill_day WHERE (? IS NULL OR gateway = ?) AND (? IS NULL OR merchant_ref = ?)
         AND (? IS NULL OR bill_date = ?) AND (? IS NOT NULL OR state NOT IN (?))
       ORDER BY bill_date, gateway, merchant_ref LIMIT ?`,
      [
        ...[
          wanted.gateway ?? null,
          wanted.gateway ?? null,
          wanted.merchantRef ?? null,
          wanted.merchantRef ?? null,
        ],
        ...[wanted.day ?? null, wanted.day ?? null, wanted.day ?? null, BILL_DAY_CLOSED, limit],
      ],
    );
    return rows.map(dayOf);
  }

  async overdue(): Promise<number> {
    const row = await this.database.row<{ n: string }>(
      `SELECT COUNT(*) AS n FROM bill_day WHERE state NOT IN (?)
         AND ends_at < UTC_TIMESTAMP(3) - INTERVAL ${overdueDays} DAY`,
      [BILL_DAY_CLOSED],
    );
    return Number(row?.n ?? 0);
  }
}

export function dayOf(row: DayColumns): BillDay {
  return {
    id: row.id,
    gateway: row.gateway,
    merchantRef: row.merchant_ref,
    day: row.bill_date,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state,
    version: row.version,
    downloads: row.downloads,
    tries: row.tries,
    lastAnswer: row.last_answer,
    forgone:
      row.forgone_reason === null || row.forgone_by === null
        ? null
        : {
            reason: row.forgone_reason,
            proposedBy: row.forgone_by,
            confirmedBy: row.forgone_confirmed_by,
          },
  };
}
