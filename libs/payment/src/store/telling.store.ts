import type { Tx } from '@hehuo/kernel';
import { sqlOf, type SqlValue } from '@hehuo/platform';
import {
  LINE_COLUMNS,
  lineOf,
  rowsPerStatement,
  type LineColumns,
  type StoredLine,
} from './bill-line.store.js';

/** A movement that was told: who told it first, and the telling that holds now, with the day of its bill. */
export interface Telling {
  readonly first: StoredLine;
  readonly last: StoredLine;
  readonly lastDay: string;
}

/** Who told what of a movement, over the bills of all days. */
export class TellingStore {
  /** What was told of these movements, on whatever day. */
  async told(tx: Tx, keys: readonly string[]): Promise<Map<string, Telling>> {
    const found = new Map<string, Telling>();
    for (let at = 0; at < keys.length; at += rowsPerStatement) {
      const some = keys.slice(at, at + rowsPerStatement);
      const first = await this.tellings(tx, 'l.leads_key IN (?)', [some]);
      for (const { line, day } of first)
        found.set(line.movementKey, { first: line, last: line, lastDay: day });
      const last = await this.tellings(
        tx,
        `l.movement_key IN (?) AND l.verdict = 'fee_corrected' AND NOT EXISTS (SELECT 1 FROM bill_line n
           WHERE n.corrects_day_id = l.bill_day_id AND n.corrects_line_no = l.line_no)`,
        [some],
      );
      for (const { line, day } of last) {
        const telling = found.get(line.movementKey);
        if (telling) found.set(line.movementKey, { ...telling, last: line, lastDay: day });
      }
    }
    return found;
  }

  private async tellings(
    tx: Tx,
    which: string,
    values: readonly SqlValue[],
  ): Promise<{ readonly line: StoredLine; readonly day: string }[]> {
    const rows = await sqlOf(tx).rows<LineColumns & { readonly bill_date: string }>(
      `SELECT ${LINE_COLUMNS.replace(/(\w+)/g, 'l.$1')}, b.bill_date FROM bill_line l JOIN bill_day b ON b.id = l.bill_day_id
       WHERE ${which}`,
      values,
    );
    return rows.map((row) => ({ line: lineOf(row), day: row.bill_date }));
  }

  /** Which lines told of these charges and refunds, as `day:line`. */
  async tellers(tx: Tx, objectIds: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let at = 0; at < objectIds.length; at += rowsPerStatement) {
      const rows = await sqlOf(tx).rows<Pick<LineColumns, 'object_id' | 'bill_day_id' | 'line_no'>>(
        `SELECT object_id, bill_day_id, line_no FROM bill_line WHERE object_id IN (?)
           AND verdict IN ('matched', 'amount', 'status')`,
        [objectIds.slice(at, at + rowsPerStatement)],
      );
      for (const row of rows) found.set(String(row.object_id), `${row.bill_day_id}:${row.line_no}`);
    }
    return found;
  }
}
