import { derivedId, newId, type Clock, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf, type SqlValue } from '@hehuo/platform';
import { CHART, type AccountKey } from '../domain/account.js';
import { LedgerError } from '../domain/errors.js';
import type { NewTransfer } from '../domain/transfer.js';
import { accountId } from './identity-of.js';

const rowsPerStatement = 1000;
/** Remembered accounts; about 100 bytes each. */
const accountsMax = 20_000;

interface StoredTransfer {
  readonly id: string;
  readonly kind: string;
  readonly debit_id: string;
  readonly credit_id: string;
  readonly amount: string;
}

/** Writes transfers and the balances of strict accounts. Nothing here reads a balance to decide: the row refuses. */
export class LedgerStore {
  /** All transfers of one transaction are one group: one unit of work for the folder. */
  private readonly groups = new WeakMap<Tx, Id<'grp'>>();
  /** Accounts that were seen committed. Nobody may delete one, so they need not be looked up again. */
  private readonly accounts = new Set<string>();
  /** Transactions that made accounts: they see rows that may yet be rolled back. */
  private readonly makers = new WeakSet<Tx>();

  constructor(private readonly clock: Clock) {}

  /** Which of these transfers are already written. One of another content under a known id is a conflict. */
  async known(tx: Tx, transfers: readonly NewTransfer[]): Promise<Set<string>> {
    const rows = await sqlOf(tx).rows<StoredTransfer>(
      'SELECT id, kind, debit_id, credit_id, amount FROM ledger_transfer WHERE id IN (?)',
      [transfers.map(({ id }) => id)],
    );
    const byId = new Map(transfers.map((transfer) => [transfer.id as string, transfer]));
    for (const row of rows) {
      const asked = byId.get(row.id);
      if (!asked || !sameContent(asked, row)) {
        throw new LedgerError('ledger_transfer_conflict', `transfer ${row.id} exists with other content`, {
          transferId: row.id,
        });
      }
    }
    return new Set(rows.map((row) => row.id));
  }

  async insert(tx: Tx, transfers: readonly NewTransfer[]): Promise<void> {
    const missing = this.unseen(transfers);
    if (missing.size > 0) await this.ensureAccounts(tx, missing);
    const { grp, written } = this.groupOf(tx);
    const rows = transfers.map((t) => [
      t.id,
      grp,
      t.debit.unit,
      t.kind,
      accountId(t.debit),
      accountId(t.credit),
      t.amount,
      t.reason,
      t.ref,
    ]);
    await Promise.all([
      written,
      inChunks(rows, (chunk) =>
        sqlOf(tx).change(
          'INSERT INTO ledger_transfer (id, grp, unit, kind, debit_id, credit_id, amount, reason, ref) VALUES ?',
          [chunk],
        ),
      ),
    ]);
    await this.moveStrict(tx, transfers);
  }

  /**
   * Posts or voids pending transfers that nobody resolved yet, in one statement, and says how many it resolved. The
   * new row's id derives from the pending one's, and a unique key admits one resolution only, whoever comes second.
   */
  async resolve(tx: Tx, how: 'post' | 'void', pendingIds: readonly Id<'trf'>[]): Promise<number> {
    const { grp, written } = this.groupOf(tx);
    await written;
    const prefix = how === 'post' ? 'trp_' : 'trv_';
    const { affectedRows } = await sqlOf(tx).change(
      `INSERT INTO ledger_transfer (id, grp, unit, kind, debit_id, credit_id, amount, resolves, reason, ref)
       SELECT CONCAT(?, SUBSTRING(p.id, 5)), ?, p.unit, ?, p.debit_id, p.credit_id, p.amount, p.id, p.reason, p.ref
       FROM ledger_transfer p LEFT JOIN ledger_transfer r ON r.resolves = p.id
       WHERE p.id IN (?) AND p.kind = 'pending' AND r.id IS NULL`,
      [prefix, grp, how, pendingIds],
    );
    return affectedRows;
  }

  /** How many of these pending transfers are resolved in the given way. */
  async resolvedAs(tx: Tx, how: 'post' | 'void', pendingIds: readonly Id<'trf'>[]): Promise<number> {
    const prefix = how === 'post' ? 'trp' : 'trv';
    const row = await sqlOf(tx).row<{ n: string }>(
      'SELECT COUNT(*) AS n FROM ledger_transfer WHERE id IN (?)',
      [pendingIds.map((id) => derivedId(prefix, id))],
    );
    return Number(row?.n ?? 0);
  }

  private groupOf(tx: Tx): { grp: Id<'grp'>; written: Promise<unknown> } {
    const known = this.groups.get(tx);
    if (known) return { grp: known, written: Promise.resolve() };
    const grp = newId('grp', this.clock.now().getTime());
    this.groups.set(tx, grp);
    return { grp, written: sqlOf(tx).change('INSERT INTO ledger_unfolded (grp) VALUES (?)', [grp]) };
  }

  private unseen(transfers: readonly NewTransfer[]): Map<string, AccountKey> {
    const keys = new Map<string, AccountKey>();
    for (const { debit, credit } of transfers) {
      for (const key of [debit, credit]) {
        const id = accountId(key);
        if (!this.accounts.has(id)) keys.set(id, key);
      }
    }
    return keys;
  }

  private async ensureAccounts(tx: Tx, keys: Map<string, AccountKey>): Promise<void> {
    const rows = await sqlOf(tx).rows<{ id: string }>('SELECT id FROM ledger_account WHERE id IN (?)', [
      [...keys.keys()],
    ]);
    if (this.accounts.size > accountsMax) this.accounts.clear();
    for (const { id } of rows) {
      keys.delete(id);
      if (!this.makers.has(tx)) this.accounts.add(id);
    }
    if (keys.size === 0) return;
    this.makers.add(tx);
    // Two first transfers may both make the account; the key makes the second a no-op. Sorted, so that they cannot deadlock.
    const missing = [...keys]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { unit, code, owner }]) => [id, unit, code, owner, CHART[code].mode, CHART[code].guarded]);
    await sqlOf(tx).change(
      'INSERT INTO ledger_account (id, unit, code, owner, mode, guarded) VALUES ? ON DUPLICATE KEY UPDATE id = VALUES(id)',
      [missing as unknown as SqlValue[]],
    );
  }

  private async moveStrict(tx: Tx, transfers: readonly NewTransfer[]): Promise<void> {
    const moves = new Map<string, { debit: bigint; credit: bigint }>();
    const add = (key: AccountKey, side: 'debit' | 'credit', amount: bigint): void => {
      if (CHART[key.code].mode !== 'strict') return;
      const move = moves.get(accountId(key)) ?? { debit: 0n, credit: 0n };
      move[side] += amount;
      moves.set(accountId(key), move);
    };
    for (const { debit, credit, amount } of transfers) {
      add(debit, 'debit', amount);
      add(credit, 'credit', amount);
    }
    // Always in the order of the ids: two transactions over the same accounts then wait instead of deadlocking.
    for (const [id, { debit, credit }] of [...moves].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const { affectedRows } = await sqlOf(tx).change(
        `UPDATE ledger_account SET credits_posted = credits_posted + ?, debits_posted = debits_posted + ?
         WHERE id = ? AND (guarded = 0 OR debits_pending + debits_posted + ? <= credits_posted + ?)`,
        [credit, debit, id, debit, credit],
      );
      if (affectedRows !== 1) {
        throw new LedgerError('ledger_insufficient', 'the account does not hold that much', {
          accountId: id,
        });
      }
    }
  }
}

function sameContent(asked: NewTransfer, row: StoredTransfer): boolean {
  return (
    row.kind === asked.kind &&
    row.debit_id === accountId(asked.debit) &&
    row.credit_id === accountId(asked.credit) &&
    BigInt(row.amount) === asked.amount
  );
}

async function inChunks<T>(rows: readonly T[], write: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsPerStatement)
    await write(rows.slice(at, at + rowsPerStatement));
}
