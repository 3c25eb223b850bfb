import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql, type SqlValue } from '@hehuo/platform';
import type { BookCode, Flow, Line, Place } from '../domain/line.js';

/** Which of the books that a line stands in. */
export type Book = { readonly campaignId: Id<'cmp'> } | { readonly communityId: Id<'com'> };

const COLUMNS = `id, transfer_id, account_id, account_code, community_id, community_seq, community_balance, campaign_id,
  campaign_seq, campaign_balance, custody_account_id, custody_seq, custody_balance, month, flow, amount, reason, ref, at`;

interface LineRecord {
  readonly [column: string]: string | null | Date;
  readonly at: Date;
}

const rowsPerStatement = 500;

@Injectable()
export class LineStore {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, lines: readonly Line[]): Promise<void> {
    for (let at = 0; at < lines.length; at += rowsPerStatement) {
      await sqlOf(tx).change(`INSERT INTO book_line (${COLUMNS}) VALUES ?`, [
        lines.slice(at, at + rowsPerStatement).map(valuesOf),
      ]);
    }
  }

  async find(id: Id<'bln'>, by: Sql = this.database): Promise<Line | null> {
    const row = await by.row<LineRecord>(`SELECT ${COLUMNS} FROM book_line WHERE id = ?`, [id]);
    return row && lineOf(row);
  }

  /** Newest first, from below `before`. */
  async newest(book: Book, before: bigint, limit: number): Promise<Line[]> {
    const [owner, seq, id] = keyOf(book);
    return this.read(`WHERE ${owner} = ? AND ${seq} < ? ORDER BY ${seq} DESC LIMIT ?`, [id, before, limit]);
  }

  /** Oldest first, after one number and up to another. */
  async oldest(book: Book, after: bigint, upTo: bigint, limit: number): Promise<Line[]> {
    const [owner, seq, id] = keyOf(book);
    return this.read(`WHERE ${owner} = ? AND ${seq} > ? AND ${seq} <= ? ORDER BY ${seq} LIMIT ?`, [
      ...[id, after, upTo, limit],
    ]);
  }

  /** The lines of one statement in their order. */
  async ofMonth(
    statement: { readonly custodyAccountId: Id<'cus'>; readonly month: string },
    after: bigint,
    limit: number,
    by: Sql = this.database,
  ): Promise<Line[]> {
    const { custodyAccountId, month } = statement;
    return this.read(
      'WHERE custody_account_id = ? AND month = ? AND custody_seq > ? ORDER BY custody_seq LIMIT ?',
      [custodyAccountId, month, after, limit],
      by,
    );
  }

  /** The month of an account's first line; null before there is one. */
  async firstMonth(custodyAccountId: Id<'cus'>): Promise<string | null> {
    const row = await this.database.row<{ month: string | null }>(
      'SELECT MIN(month) AS month FROM book_line WHERE custody_account_id = ?',
      [custodyAccountId],
    );
    return row?.month ?? null;
  }

  private async read(where: string, values: readonly SqlValue[], by: Sql = this.database): Promise<Line[]> {
    const rows = await by.rows<LineRecord>(`SELECT ${COLUMNS} FROM book_line ${where}`, values);
    return rows.map(lineOf);
  }
}

function keyOf(book: Book): [owner: string, seq: string, id: string] {
  return 'campaignId' in book
    ? ['campaign_id', 'campaign_seq', book.campaignId]
    : ['community_id', 'community_seq', book.communityId];
}

function valuesOf(line: Line): SqlValue[] {
  const { community, campaign, custody } = line;
  return [
    ...[line.id, line.transferId, line.accountId, line.accountCode],
    ...[community.owner, community.seq, community.balance],
    ...[campaign?.owner ?? null, campaign?.seq ?? null, campaign?.balance ?? null],
    ...[custody?.owner ?? null, custody?.seq ?? null, custody?.balance ?? null],
    ...[line.month, line.flow, line.amount, line.reason, line.ref, line.at],
  ];
}

function lineOf(row: LineRecord): Line {
  const place = <Owner extends string>(of: string): Place<Owner> | null => {
    const owner = row[of === 'custody' ? 'custody_account_id' : `${of}_id`];
    if (owner === null) return null;
    return {
      owner: owner as Owner,
      seq: BigInt(row[`${of}_seq`] as string),
      balance: BigInt(row[`${of}_balance`] as string),
    };
  };
  return {
    id: row['id'] as Id<'bln'>,
    transferId: row['transfer_id'] as string,
    accountId: row['account_id'] as string,
    accountCode: row['account_code'] as BookCode,
    community: place<Id<'com'>>('community')!,
    campaign: place<Id<'cmp'>>('campaign'),
    custody: place<Id<'cus'>>('custody'),
    month: row['month'] as string,
    flow: row['flow'] as Flow,
    amount: BigInt(row['amount'] as string),
    reason: row['reason'] as string,
    ref: row['ref'] as string,
    at: row.at,
  };
}
