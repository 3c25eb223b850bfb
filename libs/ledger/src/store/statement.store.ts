import { Database } from '@hehuo/platform';
import type { AccountCode, AccountKey, Unit } from '../domain/account.js';
import { accountId } from './identity-of.js';

export interface AccountView {
  readonly id: string;
  readonly unit: Unit;
  readonly code: AccountCode;
  readonly owner: string;
  readonly debitsPosted: bigint;
  readonly creditsPosted: bigint;
  readonly debitsPending: bigint;
  readonly creditsPending: bigint;
}

/** All accounts of one kind in one unit, added up. Over a whole unit debits and credits are equal. */
export interface AccountSum extends Omit<AccountView, 'id' | 'owner'> {
  readonly accounts: bigint;
}

export interface StatementLine {
  readonly seq: bigint;
  readonly at: Date;
  readonly reason: string;
  readonly ref: string | null;
  readonly transfers: number;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly pending: bigint;
  readonly balanceAfter: bigint;
  readonly pendingAfter: bigint;
}

type AccountRow = Record<'id' | 'unit' | 'code' | 'owner' | 'dp' | 'cp' | 'dr' | 'cr', string>;
const ACCOUNT_COLUMNS =
  'id, unit, code, owner, debits_posted AS dp, credits_posted AS cp, debits_pending AS dr, credits_pending AS cr';

/** Reads of the books. Nothing decides by them. */
export class StatementStore {
  constructor(private readonly database: Database) {}

  async account(key: AccountKey): Promise<AccountView | null> {
    const row = await this.database.row<AccountRow>(
      `SELECT ${ACCOUNT_COLUMNS} FROM ledger_account WHERE id = ?`,
      [accountId(key)],
    );
    return row && accountView(row);
  }

  async accountsOf(owners: readonly string[]): Promise<AccountView[]> {
    if (owners.length === 0) return [];
    const rows = await this.database.rows<AccountRow>(
      `SELECT ${ACCOUNT_COLUMNS} FROM ledger_account WHERE owner IN (?) ORDER BY unit, code, owner`,
      [owners],
    );
    return rows.map(accountView);
  }

  async sums(): Promise<AccountSum[]> {
    const rows = await this.database.rows<
      Record<'unit' | 'code' | 'accounts' | 'dp' | 'cp' | 'dr' | 'cr', string>
    >(
      `SELECT unit, code, COUNT(*) AS accounts, SUM(debits_posted) AS dp, SUM(credits_posted) AS cp,
              SUM(debits_pending) AS dr, SUM(credits_pending) AS cr
       FROM ledger_account GROUP BY unit, code ORDER BY unit, code`,
    );
    return rows.map((row) => ({
      unit: row.unit as Unit,
      code: row.code as AccountCode,
      accounts: BigInt(row.accounts),
      debitsPosted: BigInt(row.dp),
      creditsPosted: BigInt(row.cp),
      debitsPending: BigInt(row.dr),
      creditsPending: BigInt(row.cr),
    }));
  }

  /** Newest first, from below `beforeSeq`; as many lines as asked, so that the cost does not grow with the account. */
  async lines(account: string, beforeSeq: bigint | null, limit: number): Promise<StatementLine[]> {
    const rows = await this.database.rows<
      Record<'seq' | 'reason' | 'debit' | 'credit' | 'pending' | 'balance' | 'pendingAfter', string> & {
        at: Date;
        ref: string | null;
        transfers: number;
      }
    >(
      `SELECT seq, at, reason, ref, transfers, debit, credit, pending_credit - pending_debit AS pending,
              balance_after AS balance, pending_after AS pendingAfter
       FROM ledger_entry WHERE account_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
      [account, beforeSeq ?? '18446744073709551615', limit],
    );
    return rows.map((r) => ({
      seq: BigInt(r.seq),
      at: r.at,
      reason: r.reason,
      ref: r.ref,
      transfers: r.transfers,
      debit: BigInt(r.debit),
      credit: BigInt(r.credit),
      pending: BigInt(r.pending),
      balanceAfter: BigInt(r.balance),
      pendingAfter: BigInt(r.pendingAfter),
    }));
  }
}

function accountView(row: AccountRow): AccountView {
  return {
    id: row.id,
    unit: row.unit as Unit,
    code: row.code as AccountCode,
    owner: row.owner,
    debitsPosted: BigInt(row.dp),
    creditsPosted: BigInt(row.cp),
    debitsPending: BigInt(row.dr),
    creditsPending: BigInt(row.cr),
  };
}
