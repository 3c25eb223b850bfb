import { expect } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { BOOK_INVARIANTS, BookModule, ReadBook, WriteBook, type Book, type PublicLine } from '@hehuo/book';
import { newId, UnitOfWork, type Id } from '@hehuo/kernel';
import {
  FoldLedger,
  Ledger,
  LEDGER_INVARIANTS,
  transferId,
  type AccountCode,
  type NewTransfer,
} from '@hehuo/ledger';
import { checkInvariants, PlatformModule, SystemClock } from '@hehuo/platform';
import { SettlementModule } from '@hehuo/settlement';
import { introduce } from '@hehuo/testing';
import { createConnection } from 'mysql2/promise';
import type { CampaignFixture, OpenCampaign } from '../../support/open-campaign.js';
import { actorOf } from '../../support/world.js';
import { SettlementWorld } from '../settlement/world.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const INDEX_KEY = Buffer.alloc(32, 8).toString('base64');
const clock = new SystemClock();

export const id = <P extends string>(prefix: P): Id<P> => newId(prefix, clock.now().getTime());

export interface Side {
  readonly code: AccountCode;
  readonly owner: string;
}

/** Pledges, payments and settlement on real services, and beside them the public book that follows their ledger. */
export class BookWorld {
  private constructor(
    readonly money: SettlementWorld,
    readonly app: TestingModule,
  ) {}

  static async start(statementKey: string | null = null): Promise<BookWorld> {
    const money = await SettlementWorld.start();
    return new BookWorld(money, await bookOn(money.db.url, statementKey));
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.money.stop();
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get(token as never, { strict: false }) as T;
  }

  get sql() {
    return this.money.sql;
  }

  /** A campaign whose people have names. */
  async campaign(fixture: Partial<CampaignFixture> = {}): Promise<OpenCampaign> {
    const open = await this.money.campaign({
      asks: [{ kind: 'money', minimum: 3_000n, perPersonMax: 1_000_000n }],
      paymentMode: 'pay_now',
      ...fixture,
    });
    for (const [index, personId] of open.people.slice(0, 4).entries()) {
      const changes = { name: ['王小明', '李大力', '陈美丽', '赵一'][index]! };
      await introduce(this.app, actorOf(personId), changes);
    }
    return open;
  }

  /** Moves money as some future part of the platform may: by the ledger alone. */
  async move(
    reason: string,
    amount: bigint,
    debit: Side,
    credit: Side,
    ref: string = id('xyz'),
  ): Promise<string> {
    const transfer: NewTransfer = {
      ...{ id: transferId(`${reason}:${ref}:${id('key')}`), kind: 'single', amount, reason, ref },
      debit: { unit: 'fen', ...debit },
      credit: { unit: 'fen', ...credit },
    };
    await this.get(UnitOfWork).run((tx) => this.get(Ledger).post(tx, [transfer]));
    return transfer.id;
  }

  /** As if the movement had been booked at another instant; before it is folded. */
  async dated(transfer: string, at: string): Promise<void> {
    await this.asOwner('UPDATE ledger_transfer SET created_at = ? WHERE id = ?', [at, transfer]);
  }

  async asOwner(text: string, values: readonly string[] = []): Promise<void> {
    const owner = await createConnection({ uri: this.money.db.ownerUrl, timezone: 'Z' });
    try {
      await owner.query(text, [...values]);
    } finally {
      await owner.end();
    }
  }

  /** Folds the ledger and writes the book until nothing is left. */
  async write(): Promise<void> {
    while (await this.get(FoldLedger).execute());
    while (await this.get(WriteBook).execute());
  }

  /** The whole book as it is read page by page, oldest line first. */
  async linesOf(book: Book, pageLines = 50): Promise<PublicLine[]> {
    const all: PublicLine[] = [];
    for (let before: bigint | null = null; ;) {
      const { lines } = await this.get(ReadBook).page(book, before, pageLines);
      all.push(...lines);
      if (lines.length < pageLines) return all.reverse();
      const last = lines.at(-1)!.line;
      before = 'campaignId' in book ? last.campaign!.seq : last.community.seq;
    }
  }

  async expectSound(): Promise<void> {
    await this.write();
    expect(await checkInvariants(this.sql, [...LEDGER_INVARIANTS, ...BOOK_INVARIANTS])).toEqual([]);
  }
}

/** One process of the platform with its book, on a database that others use too. */
export async function bookOn(url: string, statementKey: string | null = null): Promise<TestingModule> {
  const settlement = SettlementModule.with({ gateways: {}, publicUrl: 'http://127.0.0.1:3000' });
  const testing = await Test.createTestingModule({
    imports: [
      PlatformModule.with({
        database: { url, poolMax: 8, entities: [] },
        ...{ fieldKey: KEY, blindIndexKey: INDEX_KEY },
      }),
      settlement,
      BookModule.with({ statementKey, payment: settlement }),
    ],
  }).compile();
  return testing.init();
}
