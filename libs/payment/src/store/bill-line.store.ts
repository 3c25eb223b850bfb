import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf, type Sql } from '@hehuo/platform';
import { bytesKeptDays, type BillDay } from '../domain/bill-day.js';
import { movementKey, type LineVerdict } from '../domain/bill-matching.js';
import type { BillLine } from '../domain/findings.js';

export const rowsPerStatement = 500;
/** What a row of the longest bills may hold; of a longer one only the fingerprint is kept. */
const sealedCharactersMax = 8_000_000;
const numberCharactersMax = 64;

export const LINE_COLUMNS = `bill_day_id, line_no, edition, kind, our_number, order_number, gateway_number, amount, incoming, fee,
  occurred_at, movement_key, leads_key, verdict, custody_account_id, object_id, gone_in, corrects_day_id, corrects_line_no,
  fee_before`;

export interface LineColumns {
  readonly bill_day_id: Id<'bld'>;
  readonly line_no: number;
  readonly edition: number;
  readonly kind: BillLine['kind'];
  readonly our_number: string | null;
  readonly order_number: string | null;
  readonly gateway_number: string;
  readonly amount: string;
  readonly incoming: number;
  readonly fee: string;
  readonly occurred_at: Date;
  readonly movement_key: string;
  readonly leads_key: string | null;
  readonly verdict: LineVerdict | null;
  readonly custody_account_id: Id<'cus'> | null;
  readonly object_id: string | null;
  readonly gone_in: number | null;
  readonly corrects_day_id: Id<'bld'> | null;
  readonly corrects_line_no: number | null;
  readonly fee_before: string | null;
}

/** Which line of which day. */
export interface LinePlace {
  readonly billDayId: Id<'bld'>;
  readonly lineNo: number;
}

/** A line as it is kept, with what was found about it. */
export interface StoredLine extends BillLine, LinePlace {
  readonly edition: number;
  readonly movementKey: string;
  readonly leadsKey: string | null;
  readonly verdict: LineVerdict | null;
  readonly custodyAccountId: Id<'cus'> | null;
  readonly objectId: string | null;
  /** The first edition of its day's bill that no longer had it. */
  readonly goneIn: number | null;
  /** With `fee_corrected`: the telling whose fee it replaces. */
  readonly corrects: LinePlace | null;
  /** With `fee_corrected`: fen that were booked as the movement's fee until then. */
  readonly feeBefore: bigint | null;
}

export interface LineDecision {
  readonly lineNo: number;
  readonly verdict: LineVerdict;
  readonly custodyAccountId: Id<'cus'>;
  readonly objectId: string | null;
  readonly leadsKey: string | null;
  readonly corrects: StoredLine | null;
}

/** Files and lines of bills. The bytes are kept sealed and for a while only: gateways put payers' accounts into them. */
export class BillLineStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /**
   * Writes down a file unless it is the newest one again. The number of its edition, or null for one that is known. A gateway
   * that takes a correction back gives out former bytes as a new edition.
   */
  async addFile(tx: Tx, dayId: Id<'bld'>, raw: Uint8Array, lineCount: number): Promise<number | null> {
    const sha256 = createHash('sha256').update(raw).digest('hex');
    const files = await sqlOf(tx).rows<{ edition: number; sha256: string }>(
      'SELECT edition, sha256 FROM bill_file WHERE bill_day_id = ? ORDER BY edition',
      [dayId],
    );
    if (files.at(-1)?.sha256 === sha256) return null;
    const edition = files.length + 1;
    const sealed = this.cipher.seal(placeOf(dayId, edition), gzipSync(raw).toString('base64'));
    await sqlOf(tx).change(
      'INSERT INTO bill_file (bill_day_id, edition, sha256, line_count, sealed) VALUES (?)',
      [[dayId, edition, sha256, lineCount, sealed.length > sealedCharactersMax ? null : sealed]],
    );
    return edition;
  }

  /** Adds lines behind those that the day has. */
  async insert(
    tx: Tx,
    day: BillDay,
    edition: number,
    lines: readonly BillLine[],
    after: number,
  ): Promise<void> {
    const rows = lines.map((line, at) => [
      ...[day.id, after + at + 1, edition, line.kind, clean(line.ourNumber), clean(line.orderNumber)],
      ...[
        clean(line.gatewayNumber) ?? 'none',
        line.amount,
        line.incoming,
        line.fee,
        line.at,
        keyOf(day, line),
      ],
    ]);
    for (let at = 0; at < rows.length; at += rowsPerStatement) {
      await sqlOf(tx).change(
        `INSERT INTO bill_line (bill_day_id, line_no, edition, kind, our_number, order_number, gateway_number, amount, incoming,
           fee, occurred_at, movement_key) VALUES ?`,
        [rows.slice(at, at + rowsPerStatement)],
      );
    }
  }

  async ofDay(dayId: Id<'bld'>, by: Sql = this.database): Promise<StoredLine[]> {
    const rows = await by.rows<LineColumns>(
      `SELECT ${LINE_COLUMNS} FROM bill_line WHERE bill_day_id = ? ORDER BY line_no`,
      [dayId],
    );
    return rows.map(lineOf);
  }

  /** Lines that nobody has decided, and those that say done while our row did not, unless a person explained them. */
  async undecided(dayId: Id<'bld'>, by: Sql = this.database): Promise<StoredLine[]> {
    const rows = await by.rows<LineColumns>(
      `SELECT ${LINE_COLUMNS.replace(/(\w+)/g, 'l.$1')} FROM bill_line l
       WHERE l.bill_day_id = ? AND (l.verdict IS NULL OR (l.verdict = 'status' AND NOT EXISTS (
         SELECT 1 FROM bill_difference d WHERE d.bill_day_id = l.bill_day_id AND d.line_no = l.line_no
           AND d.kind = 'status' AND d.state NOT IN ('open', 'proposed'))))
       ORDER BY l.line_no`,
      [dayId],
    );
    return rows.map(lineOf);
  }

  /** Lines that an edition of the day's bill no longer has. They stay for good; the next edition is not compared with them. */
  async leave(tx: Tx, dayId: Id<'bld'>, edition: number, gone: readonly StoredLine[]): Promise<void> {
    const numbers = gone.map(({ lineNo }) => lineNo);
    for (let at = 0; at < numbers.length; at += rowsPerStatement) {
      await sqlOf(tx).change('UPDATE bill_line SET gone_in = ? WHERE bill_day_id = ? AND line_no IN (?)', [
        edition,
        dayId,
        numbers.slice(at, at + rowsPerStatement),
      ]);
    }
  }

  /** Fails on a unique key when another day's line told the same movement, or corrected the same telling, meanwhile. */
  async decide(tx: Tx, dayId: Id<'bld'>, decisions: readonly LineDecision[]): Promise<void> {
    for (let at = 0; at < decisions.length; at += rowsPerStatement) {
      await Promise.all(
        decisions
          .slice(at, at + rowsPerStatement)
          .map(({ lineNo, verdict, custodyAccountId, objectId, leadsKey, corrects }) =>
            sqlOf(tx).change(
              `UPDATE bill_line SET verdict = ?, custody_account_id = ?, object_id = ?, leads_key = ?, corrects_day_id = ?,
                 corrects_line_no = ?, fee_before = ? WHERE bill_day_id = ? AND line_no = ?`,
              [
                ...[verdict, custodyAccountId, objectId, leadsKey, corrects?.billDayId ?? null],
                ...[corrects?.lineNo ?? null, corrects?.fee ?? null, dayId, lineNo],
              ],
            ),
          ),
      );
    }
  }

  /** Lines of the given accounts, and those not decided yet, in the order of the bill. */
  async page(
    dayId: Id<'bld'>,
    accounts: readonly Id<'cus'>[],
    after: number,
    limit: number,
  ): Promise<StoredLine[]> {
    if (accounts.length === 0) return [];
    const rows = await this.database.rows<LineColumns>(
      `SELECT ${LINE_COLUMNS} FROM bill_line WHERE bill_day_id = ? AND line_no > ? AND custody_account_id IN (?)
       ORDER BY line_no LIMIT ?`,
      [dayId, after, accounts, limit],
    );
    return rows.map(lineOf);
  }

  /** Removes the bytes of bills that are old enough. Returns of how many, at most `limit`. */
  async forgetBytes(limit: number): Promise<number> {
    const { affectedRows } = await this.database.change(
      `UPDATE bill_file SET sealed = NULL WHERE sealed IS NOT NULL
         AND created_at < UTC_TIMESTAMP(3) - INTERVAL ${bytesKeptDays} DAY ORDER BY created_at LIMIT ?`,
      [limit],
    );
    return affectedRows;
  }
}

/** A key is unique over all merchants, so the merchant is part of it. */
function keyOf({ gateway, merchantRef }: BillDay, line: BillLine): string {
  return createHash('sha256')
    .update(`${gateway}|${merchantRef}|${movementKey(line)}`)
    .digest('hex');
}

/** A number that is none must not keep the rest of a bill out of the books. */
function clean(number: string | null): string | null {
  if (number === null || number === '') return null;
  return number.replaceAll(/[^\x21-\x7e]/g, '?').slice(0, numberCharactersMax);
}

function placeOf(dayId: Id<'bld'>, edition: number): string {
  return `bill_file|sealed|${dayId}|${edition}`;
}

export function lineOf(row: LineColumns): StoredLine {
  return {
    billDayId: row.bill_day_id,
    lineNo: row.line_no,
    edition: row.edition,
    kind: row.kind,
    ourNumber: row.our_number,
    orderNumber: row.order_number,
    gatewayNumber: row.gateway_number,
    amount: BigInt(row.amount),
    incoming: row.incoming === 1,
    fee: BigInt(row.fee),
    at: row.occurred_at,
    movementKey: row.movement_key,
    leadsKey: row.leads_key,
    verdict: row.verdict,
    custodyAccountId: row.custody_account_id,
    objectId: row.object_id,
    goneIn: row.gone_in,
    corrects:
      row.corrects_day_id === null || row.corrects_line_no === null
        ? null
        : { billDayId: row.corrects_day_id, lineNo: row.corrects_line_no },
    feeBefore: row.fee_before === null ? null : BigInt(row.fee_before),
  };
}
