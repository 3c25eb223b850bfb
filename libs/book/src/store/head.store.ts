import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import { NO_SUMS, type Sums } from '../domain/line.js';

/** How far a book is written: the number of its last line and the sums up to it. */
export interface Head extends Sums {
  readonly seq: bigint;
}

export const NO_HEAD: Head = { seq: 0n, ...NO_SUMS };

type HeadRecord = Record<'owner' | 'seq' | 'received' | 'returned' | 'spent', string>;

/** The heads of all books, by the id of the campaign, community or custody account, and the months of the accounts. */
@Injectable()
export class HeadStore {
  constructor(private readonly database: Database) {}

  async find(owner: string): Promise<Head> {
    const row = await this.database.row<HeadRecord>(
      'SELECT owner, seq, received, returned, spent FROM book_head WHERE owner = ?',
      [owner],
    );
    return row ? headOf(row) : NO_HEAD;
  }

  /** Locks the heads, in the order of their ids so that two writers wait instead of deadlocking. Makes those that are missing. */
  async lock(tx: Tx, owners: readonly string[]): Promise<Map<string, Head>> {
    const sorted = [...new Set(owners)].sort();
    if (sorted.length === 0) return new Map();
    await sqlOf(tx).change(
      'INSERT INTO book_head (owner) VALUES ? ON DUPLICATE KEY UPDATE owner = VALUES(owner)',
      [sorted.map((owner) => [owner])],
    );
    const rows = await sqlOf(tx).rows<HeadRecord>(
      'SELECT owner, seq, received, returned, spent FROM book_head WHERE owner IN (?) ORDER BY owner FOR UPDATE',
      [sorted],
    );
    return new Map(rows.map((row) => [row.owner, headOf(row)]));
  }

  async write(tx: Tx, owner: string, { seq, received, returned, spent }: Head): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE book_head SET seq = ?, received = ?, returned = ?, spent = ? WHERE owner = ?',
      [seq, received, returned, spent, owner],
    );
  }

  /** The first month of an account that is not frozen, locked; null when the account has no line yet. */
  async lockCalendar(tx: Tx, custodyAccountId: Id<'cus'>): Promise<string | null> {
    const row = await sqlOf(tx).row<{ next: string }>(
      'SELECT next_month AS next FROM book_calendar WHERE custody_account_id = ? FOR UPDATE',
      [custodyAccountId],
    );
    return row?.next ?? null;
  }

  async beginCalendar(
    tx: Tx,
    account: {
      readonly custodyAccountId: Id<'cus'>;
      readonly communityId: Id<'com'>;
      readonly month: string;
    },
  ): Promise<void> {
    await sqlOf(tx).change(
      'INSERT INTO book_calendar (custody_account_id, community_id, next_month) VALUES (?, ?, ?)',
      [account.custodyAccountId, account.communityId, account.month],
    );
  }

  async turnCalendar(tx: Tx, custodyAccountId: Id<'cus'>, from: string, to: string): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE book_calendar SET next_month = ? WHERE custody_account_id = ? AND next_month = ?',
      [to, custodyAccountId, from],
    );
    return affectedRows === 1;
  }

  /** Accounts whose next month is this one or an earlier one. */
  async upTo(
    month: string,
    limit: number,
  ): Promise<{ custodyAccountId: Id<'cus'>; communityId: Id<'com'>; next: string }[]> {
    return this.database.rows(
      `SELECT custody_account_id AS custodyAccountId, community_id AS communityId, next_month AS next FROM book_calendar
       WHERE next_month <= ? ORDER BY next_month, custody_account_id LIMIT ?`,
      [month, limit],
    );
  }

  async communityOf(custodyAccountId: Id<'cus'>): Promise<Id<'com'> | null> {
    const row = await this.database.row<{ communityId: Id<'com'> }>(
      'SELECT community_id AS communityId FROM book_calendar WHERE custody_account_id = ?',
      [custodyAccountId],
    );
    return row?.communityId ?? null;
  }

  /** The database's clock: what is over is judged by it alone. */
  async now(): Promise<Date> {
    const row = await this.database.row<{ at: Date }>('SELECT UTC_TIMESTAMP(3) AS at');
    return row!.at;
  }
}

function headOf(row: HeadRecord): Head {
  return {
    seq: BigInt(row.seq),
    received: BigInt(row.received),
    returned: BigInt(row.returned),
    spent: BigInt(row.spent),
  };
}
