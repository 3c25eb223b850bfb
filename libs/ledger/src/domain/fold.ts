import type { AccountMode } from './account.js';

export interface Transfer {
  readonly id: string;
  readonly kind: 'single' | 'pending' | 'post' | 'void';
  readonly debitId: string;
  readonly creditId: string;
  readonly amount: bigint;
  readonly reason: string;
  readonly ref: string;
  readonly at: Date;
}

export interface Account {
  readonly id: string;
  readonly mode: AccountMode;
  /** Number of the last entry; the next one is one higher. */
  entries: bigint;
  /** Credits less debits, posted and pending, after the last entry. */
  balance: bigint;
  pending: bigint;
  debitsPending: bigint;
  debitsPosted: bigint;
  creditsPending: bigint;
  creditsPosted: bigint;
}

export interface Entry {
  readonly accountId: string;
  readonly seq: bigint;
  readonly grp: string;
  /** Empty where one line stands for all transfers of the group. */
  readonly transferId: string;
  readonly transfers: number;
  readonly reason: string;
  readonly ref: string | null;
  readonly debit: bigint;
  readonly credit: bigint;
  /** Negative where a reservation ends. */
  readonly pendingDebit: bigint;
  readonly pendingCredit: bigint;
  readonly balanceAfter: bigint;
  readonly pendingAfter: bigint;
  readonly at: Date;
}

interface Line {
  transfers: number;
  debit: bigint;
  credit: bigint;
  pendingDebit: bigint;
  pendingCredit: bigint;
  first: Transfer;
  mixed: boolean;
}

/**
 * The entries that one group of transfers makes. A strict account gets a line a transfer. A folded account gets one
 * line a group: two hundred promises of one batch are one line of its statement, and each stays readable as a transfer.
 * Works on the given accounts in place and returns those that moved.
 */
export function entriesOf(
  grp: string,
  transfers: readonly Transfer[],
  accounts: readonly Account[],
): { entries: Entry[]; moved: Account[] } {
  const entries: Entry[] = [];
  const moved: Account[] = [];
  for (const account of accounts) {
    const touching = transfers.filter((t) => t.debitId === account.id || t.creditId === account.id);
    if (touching.length === 0) continue;
    const lines = account.mode === 'strict' ? touching.map((t) => [t]) : [touching];
    for (const group of lines) entries.push(append(account, grp, lineOf(account.id, group)));
    moved.push(account);
  }
  return { entries, moved };
}

function lineOf(accountId: string, transfers: readonly Transfer[]): Line {
  const first = transfers[0]!;
  const line: Line = {
    transfers: transfers.length,
    debit: 0n,
    credit: 0n,
    pendingDebit: 0n,
    pendingCredit: 0n,
    first,
    mixed: false,
  };
  for (const { kind, debitId, amount, reason } of transfers) {
    const side = debitId === accountId ? 'debit' : 'credit';
    const pending = debitId === accountId ? 'pendingDebit' : 'pendingCredit';
    if (kind === 'single' || kind === 'post') line[side] += amount;
    if (kind === 'pending') line[pending] += amount;
    if (kind === 'post' || kind === 'void') line[pending] -= amount;
    line.mixed ||= reason !== first.reason;
  }
  return line;
}

function append(account: Account, grp: string, line: Line): Entry {
  account.entries += 1n;
  account.balance += line.credit - line.debit;
  account.pending += line.pendingCredit - line.pendingDebit;
  account.debitsPosted += line.debit;
  account.creditsPosted += line.credit;
  account.debitsPending += line.pendingDebit;
  account.creditsPending += line.pendingCredit;
  const alone = line.transfers === 1;
  return {
    accountId: account.id,
    seq: account.entries,
    grp,
    transferId: alone ? line.first.id : '',
    transfers: line.transfers,
    reason: line.mixed ? 'several' : line.first.reason,
    ref: alone ? line.first.ref : null,
    debit: line.debit,
    credit: line.credit,
    pendingDebit: line.pendingDebit,
    pendingCredit: line.pendingCredit,
    balanceAfter: account.balance,
    pendingAfter: account.pending,
    at: line.first.at,
  };
}
