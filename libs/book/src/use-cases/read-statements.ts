import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { ReadCustody } from '@hehuo/payment';
import { BookError } from '../domain/errors.js';
import type { Line } from '../domain/line.js';
import { canonicalStatement, type Statement } from '../domain/statement.js';
import { StatementStore } from '../store/statement.store.js';
import { BookPlaces } from './book-places.js';
import { MonthLines } from './month-lines.js';

export interface StatementView {
  readonly statement: Statement;
  /** The legal body that holds the money. */
  readonly custodian: string;
  /** What was hashed and signed, byte for byte. */
  readonly text: string;
}

/** Frozen months, for anybody. */
@Injectable()
export class ReadStatements {
  constructor(
    private readonly statements: StatementStore,
    private readonly lines: MonthLines,
    private readonly places: BookPlaces,
    private readonly custody: ReadCustody,
  ) {}

  /** Newest month first. Throws `book_not_found`. */
  async ofCommunity(
    communityId: Id<'com'>,
    before: { readonly month: string; readonly id: string } | null,
    limit: number,
  ): Promise<Statement[]> {
    await this.places.community(communityId);
    return this.statements.ofCommunity(communityId, before, limit);
  }

  /** Throws `statement_not_found`. */
  async one(id: Id<'stm'>): Promise<StatementView> {
    const statement = await this.found(id);
    const custody = await this.custody.byId(statement.custodyAccountId);
    return { statement, custodian: custody?.account.ownerName ?? '', text: canonicalStatement(statement) };
  }

  /** The lines that were frozen, in their order. Throws `statement_not_found` before the first page. */
  async linesOf(
    id: Id<'stm'>,
  ): Promise<{ statement: Statement; timeZone: string; pages: AsyncGenerator<readonly Line[]> }> {
    const statement = await this.found(id);
    const { timeZone } = await this.places.community(statement.communityId);
    return { statement, timeZone, pages: this.lines.pages(statement) };
  }

  private async found(id: Id<'stm'>): Promise<Statement> {
    const statement = await this.statements.find(id);
    if (statement) return statement;
    throw new BookError('statement_not_found', 'there is no such statement');
  }
}
