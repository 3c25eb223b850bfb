import { Injectable } from '@nestjs/common';
import { Clock, newId, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { lastFreezable, monthAfter } from '../domain/month.js';
import { canonicalStatement, figuresOf, NO_HASH, totalOf, type Statement } from '../domain/statement.js';
import { HeadStore } from '../store/head.store.js';
import { StatementStore } from '../store/statement.store.js';
import { BookPlaces } from './book-places.js';
import { hashOf, MonthLines } from './month-lines.js';
import { StatementKeys, type SigningKey } from './statement-keys.js';
import { Trail } from './trail.js';

/** Frozen a month earlier or later on the other side of the world: a bound for all zones, not a decision. */
const EARLIEST_ZONE = 'Pacific/Kiritimati';

/** Which accounts have a month that is over and not frozen. */
@Injectable()
export class DueStatements {
  constructor(
    private readonly heads: HeadStore,
    private readonly places: BookPlaces,
  ) {}

  /** Judged by the clock of the database and the calendar of each community. */
  async execute(limit: number): Promise<Id<'cus'>[]> {
    const now = await this.heads.now();
    const candidates = await this.heads.upTo(lastFreezable(now, EARLIEST_ZONE), limit);
    const due: Id<'cus'>[] = [];
    for (const { custodyAccountId, communityId, next } of candidates) {
      const { timeZone } = await this.places.community(communityId);
      if (next <= lastFreezable(now, timeZone)) due.push(custodyAccountId);
    }
    return due;
  }
}

/** What freezing writes: the content, its hash chained to the one before, and the signature. */
@Injectable()
export class SealMonth {
  constructor(
    private readonly statements: StatementStore,
    private readonly lines: MonthLines,
    private readonly clock: Clock,
    private readonly trail: Trail,
  ) {}

  async execute(
    tx: Tx,
    account: {
      readonly custodyAccountId: Id<'cus'>;
      readonly communityId: Id<'com'>;
      readonly month: string;
    },
    key: SigningKey,
  ): Promise<void> {
    const before = await this.statements.last(tx, account.custodyAccountId);
    const campaigns = figuresOf(before?.campaigns ?? [], await this.statements.sumsOf(tx, account));
    const content = {
      ...account,
      ...totalOf(campaigns),
      ...(await this.lines.digest(account, sqlOf(tx))),
      number: (before?.number ?? 0) + 1,
      campaigns,
      previousHash: before?.hash ?? NO_HASH,
      keyId: key.keyId,
    };
    const text = canonicalStatement(content);
    const id = newId('stm', this.clock.now().getTime());
    const statement: Omit<Statement, 'frozenAt'> = {
      ...content,
      id,
      hash: hashOf(text),
      signature: key.sign(text),
    };
    await this.statements.insert(tx, statement);
    const change = { objectType: 'book_statement', objectId: id, from: null, to: 'frozen', event: 'freeze' };
    await this.trail.leave(tx, change, 'book.frozen');
  }
}

/** Freezes the next month of one custody account, when it is over for long enough. Later movements go into the month after. */
@Injectable()
export class FreezeMonth {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly heads: HeadStore,
    private readonly places: BookPlaces,
    private readonly keys: StatementKeys,
    private readonly seal: SealMonth,
  ) {}

  /** True when a month was frozen; ask again, there may be another. */
  async execute(custodyAccountId: Id<'cus'>): Promise<boolean> {
    const communityId = await this.heads.communityOf(custodyAccountId);
    if (communityId === null) return false;
    const { timeZone } = await this.places.community(communityId);
    const last = lastFreezable(await this.heads.now(), timeZone);
    const key = await this.keys.current();
    return this.uow.run(async (tx) => {
      // The lock keeps new lines out of the month while it is added up.
      const month = await this.heads.lockCalendar(tx, custodyAccountId);
      if (month === null || month > last) return false;
      await this.seal.execute(tx, { custodyAccountId, communityId, month }, key);
      return this.heads.turnCalendar(tx, custodyAccountId, month, monthAfter(month));
    });
  }
}
