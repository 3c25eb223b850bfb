import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { Database } from '@hehuo/platform';
import { canonicalStatement, figuresOf, NO_HASH, totalOf, type Statement } from '../domain/statement.js';
import { KeyStore } from '../store/key.store.js';
import { StatementStore } from '../store/statement.store.js';
import { hashOf, MonthLines } from './month-lines.js';
import { isSigned } from './statement-keys.js';

export interface StatementFault {
  /** Null where the statement itself is missing. */
  readonly statementId: Id<'stm'> | null;
  readonly custodyAccountId: Id<'cus'>;
  readonly month: string;
  readonly what: 'figures' | 'lines' | 'chain' | 'hash' | 'signature' | 'key' | 'missing';
}

export interface Verdict {
  readonly statements: number;
  readonly faults: readonly StatementFault[];
}

const pageItems = 100;

/** Writes every statement again from the lines of the book and compares: figures, hashes, the chain and the signature, and that no month is gone. */
@Injectable()
export class VerifyStatements {
  constructor(
    private readonly database: Database,
    private readonly statements: StatementStore,
    private readonly lines: MonthLines,
    private readonly keys: KeyStore,
  ) {}

  async execute(): Promise<Verdict> {
    const keys = new Map((await this.keys.all()).map(({ keyId, publicKey }) => [keyId, publicKey]));
    const faults: StatementFault[] = [];
    let count = 0;
    for await (const { custodyAccountId, next } of this.accounts()) {
      const months = new Set<string>();
      let before: Statement | null = null;
      for await (const statement of this.chain(custodyAccountId)) {
        count += 1;
        for (const what of await this.faultsOf(statement, before, keys)) {
          faults.push({ statementId: statement.id, custodyAccountId, month: statement.month, what });
        }
        before = statement;
        months.add(statement.month);
      }
      for (const month of await this.lines.monthsBefore(custodyAccountId, next)) {
        if (!months.has(month)) faults.push({ statementId: null, custodyAccountId, month, what: 'missing' });
      }
    }
    return { statements: count, faults };
  }

  private async faultsOf(
    statement: Statement,
    before: Statement | null,
    keys: ReadonlyMap<string, string>,
  ): Promise<StatementFault['what'][]> {
    const faults: StatementFault['what'][] = [];
    const campaigns = figuresOf(
      before?.campaigns ?? [],
      await this.statements.sumsOf(this.database, statement),
    );
    const { lineCount, linesHash } = await this.lines.digest(statement);
    const again = { ...statement, ...totalOf(campaigns), campaigns };
    const text = canonicalStatement(statement);
    if (canonicalStatement(again) !== text) faults.push('figures');
    if (lineCount !== statement.lineCount || linesHash !== statement.linesHash) faults.push('lines');
    const isNext = statement.number === (before?.number ?? 0) + 1;
    if (!isNext || statement.previousHash !== (before?.hash ?? NO_HASH)) faults.push('chain');
    if (hashOf(text) !== statement.hash) faults.push('hash');
    const publicKey = keys.get(statement.keyId);
    if (publicKey === undefined) faults.push('key');
    else if (!isSigned(publicKey, text, statement.signature)) faults.push('signature');
    return faults;
  }

  private async *accounts(): AsyncGenerator<{ custodyAccountId: Id<'cus'>; next: string }> {
    for (let after = ''; ;) {
      const page = await this.statements.accounts(after, pageItems);
      yield* page;
      if (page.length < pageItems) return;
      after = page.at(-1)!.custodyAccountId;
    }
  }

  private async *chain(custodyAccountId: Id<'cus'>): AsyncGenerator<Statement> {
    for (let after = 0; ;) {
      const page = await this.statements.ofAccount(custodyAccountId, after, pageItems);
      yield* page;
      if (page.length < pageItems) return;
      after = page.at(-1)!.number;
    }
  }
}
