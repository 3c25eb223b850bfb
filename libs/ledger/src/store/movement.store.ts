import type { Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { AccountCode } from '../domain/account.js';

/** An account with entries that a reader has not read yet. */
export interface UnreadAccount {
  readonly accountId: string;
  readonly code: AccountCode;
  readonly owner: string;
  /** Number of the last entry that was read; 0 before the first. */
  readonly read: bigint;
}

/** One entry of a strict account, with the other side of its transfer. */
export interface Movement {
  readonly seq: bigint;
  readonly transferId: string;
  readonly at: Date;
  readonly reason: string;
  readonly ref: string;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly otherCode: AccountCode;
  readonly otherOwner: string;
}

type MovementRow = Record<
  'seq' | 'transfer_id' | 'reason' | 'ref' | 'debit' | 'credit' | 'other_code' | 'other_owner',
  string
> & { at: Date };

/**
 * For contexts that read accounts on, entry after entry, and never miss one: entries of an account are numbered without
 * a gap and only appended, so "read up to number n" says everything. Strict accounts only: they have a line a transfer.
 */
export class MovementStore {
  constructor(private readonly database: Database) {}

  /** Accounts of these kinds, in fen, that have more entries than the reader has read. */
  async unread(reader: string, codes: readonly AccountCode[], limit: number): Promise<UnreadAccount[]> {
    const rows = await this.database.rows<{ id: string; code: AccountCode; owner: string; seq: string }>(
      `SELECT a.id, a.code, a.owner, COALESCE(r.seq, 0) AS seq FROM ledger_account a
       LEFT JOIN ledger_reader r ON r.reader = ? AND r.account_id = a.id
       WHERE a.unit = 'fen' AND a.code IN (?) AND a.mode = 'strict' AND a.entries > COALESCE(r.seq, 0) LIMIT ?`,
      [reader, codes, limit],
    );
    return rows.map(({ id, code, owner, seq }) => ({ accountId: id, code, owner, read: BigInt(seq) }));
  }

  /** The entries after one, in the order of their numbers. */
  async after(accountId: string, read: bigint, limit: number): Promise<Movement[]> {
    const rows = await this.database.rows<MovementRow>(
      `SELECT e.seq, e.transfer_id, e.at, e.reason, t.ref, e.debit, e.credit, o.code AS other_code, o.owner AS other_owner
       FROM ledger_entry e JOIN ledger_transfer t ON t.id = e.transfer_id
       JOIN ledger_account o ON o.id = IF(t.debit_id = e.account_id, t.credit_id, t.debit_id)
       WHERE e.account_id = ? AND e.seq > ? ORDER BY e.seq LIMIT ?`,
      [accountId, read, limit],
    );
    return rows.map((row) => ({
      seq: BigInt(row.seq),
      transferId: row.transfer_id,
      at: row.at,
      reason: row.reason,
      ref: row.ref,
      debit: BigInt(row.debit),
      credit: BigInt(row.credit),
      otherCode: row.other_code as AccountCode,
      otherOwner: row.other_owner,
    }));
  }

  /** Who gave the money that went on its way under these references: the owner of the account that it came from. */
  async giversOf(
    refs: readonly string[],
    from: readonly AccountCode[],
    into: readonly AccountCode[],
  ): Promise<Map<string, string>> {
    if (refs.length === 0) return new Map();
    const rows = await this.database.rows<{ ref: string; owner: string }>(
      `SELECT t.ref, MIN(d.owner) AS owner FROM ledger_transfer t
       JOIN ledger_account d ON d.id = t.debit_id AND d.code IN (?)
       JOIN ledger_account c ON c.id = t.credit_id AND c.code IN (?)
       WHERE t.ref IN (?) GROUP BY t.ref`,
      [from, into, refs],
    );
    return new Map(rows.map(({ ref, owner }) => [ref, owner]));
  }

  /** Marks entries as read, in the transaction of what was made of them. False when another reader was faster. */
  async markRead(
    tx: Tx,
    reader: string,
    account: Pick<UnreadAccount, 'accountId' | 'read'>,
    upTo: bigint,
  ): Promise<boolean> {
    const { accountId, read } = account;
    await sqlOf(tx).change(
      `INSERT INTO ledger_reader (reader, account_id, seq) VALUES (?, ?, 0)
       ON DUPLICATE KEY UPDATE account_id = VALUES(account_id)`,
      [reader, accountId],
    );
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE ledger_reader SET seq = ? WHERE reader = ? AND account_id = ? AND seq = ?',
      [upTo, reader, accountId, read],
    );
    return affectedRows === 1;
  }
}
