import type { Tx } from '@hehuo/kernel';
import { Database, sqlOf, type SqlValue } from '@hehuo/platform';
import { entriesOf, type Account, type Transfer } from '../domain/fold.js';

/** The folder's hands: reads a group of transfers, appends entries, moves the balances of folded accounts. */
export class FoldStore {
  constructor(private readonly database: Database) {}

  async waiting(limit: number): Promise<string[]> {
    const rows = await this.database.rows<{ grp: string }>(
      'SELECT grp FROM ledger_unfolded ORDER BY created_at, grp LIMIT ?',
      [limit],
    );
    return rows.map(({ grp }) => grp);
  }

  async ageSeconds(): Promise<number> {
    const row = await this.database.row<{ age: string | null }>(
      'SELECT TIMESTAMPDIFF(SECOND, MIN(created_at), UTC_TIMESTAMP(3)) AS age FROM ledger_unfolded',
    );
    return Number(row?.age ?? 0);
  }

  async fold(tx: Tx, grp: string): Promise<void> {
    // The delete comes first: a second folder waits on the row, then finds it gone and does nothing.
    const { affectedRows } = await sqlOf(tx).change('DELETE FROM ledger_unfolded WHERE grp = ?', [grp]);
    if (affectedRows === 0) return;
    const transfers = await this.transfersOf(tx, grp);
    const accounts = await this.lockAccounts(tx, [
      ...new Set(transfers.flatMap((t) => [t.debitId, t.creditId])),
    ]);
    const { entries, moved } = entriesOf(grp, transfers, accounts);
    if (entries.length === 0) return;
    await sqlOf(tx).change(
      `INSERT INTO ledger_entry (account_id, seq, grp, transfer_id, transfers, reason, ref, debit, credit, pending_debit,
         pending_credit, balance_after, pending_after, at) VALUES ?`,
      [
        entries.map((e) => [
          e.accountId,
          e.seq,
          e.grp,
          e.transferId,
          e.transfers,
          e.reason,
          e.ref,
          e.debit,
          e.credit,
          e.pendingDebit,
          e.pendingCredit,
          e.balanceAfter,
          e.pendingAfter,
          e.at,
        ]) as unknown as SqlValue[],
      ],
    );
    for (const account of moved) await this.write(tx, account);
  }

  private async transfersOf(tx: Tx, grp: string): Promise<Transfer[]> {
    const rows = await sqlOf(tx).rows<{
      id: string;
      kind: Transfer['kind'];
      debit_id: string;
      credit_id: string;
      amount: string;
      reason: string;
      ref: string;
      created_at: Date;
    }>(
      'SELECT id, kind, debit_id, credit_id, amount, reason, ref, created_at FROM ledger_transfer WHERE grp = ? ORDER BY id',
      [grp],
    );
    return rows.map((r) => ({
      id: r.id,
      kind: r.kind,
      debitId: r.debit_id,
      creditId: r.credit_id,
      amount: BigInt(r.amount),
      reason: r.reason,
      ref: r.ref,
      at: r.created_at,
    }));
  }

  private async lockAccounts(tx: Tx, ids: readonly string[]): Promise<Account[]> {
    if (ids.length === 0) return [];
    const rows = await sqlOf(tx).rows<{
      id: string;
      mode: Account['mode'];
      debits_pending: string;
      debits_posted: string;
      credits_pending: string;
      credits_posted: string;
      entries: string;
      balance: string | null;
      pending: string | null;
    }>(
      `SELECT a.id, a.mode, a.debits_pending, a.debits_posted, a.credits_pending, a.credits_posted, a.entries,
              e.balance_after AS balance, e.pending_after AS pending
       FROM ledger_account a LEFT JOIN ledger_entry e ON e.account_id = a.id AND e.seq = a.entries
       WHERE a.id IN (?) ORDER BY a.id FOR UPDATE`,
      [ids],
    );
    return rows.map((r) => ({
      id: r.id,
      mode: r.mode,
      entries: BigInt(r.entries),
      balance: BigInt(r.balance ?? 0),
      pending: BigInt(r.pending ?? 0),
      debitsPending: BigInt(r.debits_pending),
      debitsPosted: BigInt(r.debits_posted),
      creditsPending: BigInt(r.credits_pending),
      creditsPosted: BigInt(r.credits_posted),
    }));
  }

  private async write(tx: Tx, account: Account): Promise<void> {
    // A strict account's sums moved with the transfer itself; only its entry count is the folder's.
    await (account.mode === 'strict'
      ? sqlOf(tx).change('UPDATE ledger_account SET entries = ? WHERE id = ?', [account.entries, account.id])
      : sqlOf(tx).change(
          `UPDATE ledger_account SET entries = ?, debits_pending = ?, debits_posted = ?, credits_pending = ?, credits_posted = ?
           WHERE id = ?`,
          [
            account.entries,
            account.debitsPending,
            account.debitsPosted,
            account.creditsPending,
            account.creditsPosted,
            account.id,
          ],
        ));
  }
}
