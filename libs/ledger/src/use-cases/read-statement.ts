import { Injectable } from '@nestjs/common';
import type { AccountKey } from '../domain/account.js';
import {
  StatementStore,
  type AccountSum,
  type AccountView,
  type StatementLine,
} from '../store/statement.store.js';
import { accountId } from '../store/identity-of.js';

export interface Statement {
  readonly lines: readonly StatementLine[];
  /** Where the next, older page begins; null when there is none. */
  readonly next: bigint | null;
}

@Injectable()
export class ReadStatement {
  constructor(private readonly store: StatementStore) {}

  account(key: AccountKey): Promise<AccountView | null> {
    return this.store.account(key);
  }

  accountsOf(owners: readonly string[]): Promise<AccountView[]> {
    return this.store.accountsOf(owners);
  }

  /** The whole books on one page. Costs a walk over all accounts: for operators and audits, not for pages. */
  sums(): Promise<AccountSum[]> {
    return this.store.sums();
  }

  /** One page of an account's lines, newest first, each with the balance after it. `limit` from 1 to 100. */
  async page(key: AccountKey, before: bigint | null, limit: number): Promise<Statement> {
    const lines = await this.store.lines(accountId(key), before, limit + 1);
    const shown = lines.slice(0, limit);
    return { lines: shown, next: lines.length > limit ? (shown.at(-1)?.seq ?? null) : null };
  }
}
