import { Injectable } from '@nestjs/common';
import { derivedId, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { MovementStore, transferId, type UnreadAccount } from '@hehuo/ledger';
import { append, campaignOf, custodyOf, type Writing } from '../domain/append.js';
import {
  BOOK_CODES,
  CAMPAIGN_CODES,
  crossingOf,
  isBookCode,
  isTransit,
  TRANSIT_CODES,
  type Crossing,
  type Entry,
} from '../domain/line.js';
import { mergeByTime } from '../domain/merge.js';
import { HeadStore, NO_HEAD } from '../store/head.store.js';
import { LineStore } from '../store/line.store.js';
import { BookPlaces } from './book-places.js';

/** The name under which the ledger keeps how far this book has read. */
const READER = 'public-book';
const accountsMax = 5_000;
const entriesPerAccountMax = 500;
const entriesPerRoundMax = 1_000;

/** Somebody else wrote these lines meanwhile: nothing of this transaction counts. */
class Overtaken extends Error {}

/** What is known outside of the transaction about the entries that it will write. */
interface Surroundings {
  readonly communityId: Id<'com'>;
  readonly timeZone: string;
  readonly givers: ReadonlyMap<string, string>;
  /** The account of each campaign. */
  readonly accounts: ReadonlyMap<Id<'cmp'>, Id<'cus'> | null>;
}

/**
 * Carries what the ledger booked into the public book, line after line, one community a transaction. Safe to run any
 * number of times and by any number of processes: an entry is read once, and its line has an id of its own.
 */
@Injectable()
export class WriteBook {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly movements: MovementStore,
    private readonly places: BookPlaces,
    private readonly heads: HeadStore,
    private readonly lines: LineStore,
  ) {}

  /** One round over all communities that have something new; true when there may be more. */
  async execute(): Promise<boolean> {
    const unread = await this.movements.unread(READER, BOOK_CODES, accountsMax);
    const byCommunity = new Map<Id<'com'>, UnreadAccount[]>();
    for (const account of unread) {
      const communityId = await this.places.communityOf(account.owner);
      if (communityId === null) continue;
      byCommunity.set(communityId, [...(byCommunity.get(communityId) ?? []), account]);
    }
    for (const [communityId, accounts] of byCommunity) await this.writeOne(communityId, accounts);
    return byCommunity.size > 0;
  }

  private async writeOne(communityId: Id<'com'>, accounts: readonly UnreadAccount[]): Promise<void> {
    const entries = await this.next(accounts);
    const crossings = entries.map(crossingOf).filter((crossing) => crossing !== null);
    const around = await this.look(communityId, crossings);
    try {
      await this.uow.run((tx) => this.write(tx, accounts, entries, crossings, around));
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }

  private async next(accounts: readonly UnreadAccount[]): Promise<Entry[]> {
    const queues = [];
    for (const { accountId, code, owner, read } of accounts) {
      if (!isBookCode(code)) continue;
      const found = await this.movements.after(accountId, read, entriesPerAccountMax);
      const waiting = found.map((entry) => ({ ...entry, accountId, accountCode: code, accountOwner: owner }));
      queues.push({ waiting, more: found.length === entriesPerAccountMax });
    }
    return mergeByTime(queues, entriesPerRoundMax);
  }

  private async look(communityId: Id<'com'>, crossings: readonly Crossing[]): Promise<Surroundings> {
    const refs = crossings.filter(({ entry }) => isTransit(entry.accountCode)).map(({ entry }) => entry.ref);
    const givers = await this.movements.giversOf([...new Set(refs)], CAMPAIGN_CODES, TRANSIT_CODES);
    const accounts = new Map<Id<'cmp'>, Id<'cus'> | null>();
    for (const crossing of crossings) {
      const campaignId = campaignOf(crossing, givers);
      if (campaignId === null || accounts.has(campaignId)) continue;
      accounts.set(campaignId, (await this.places.campaign(campaignId))?.custodyAccountId ?? null);
    }
    const { timeZone } = await this.places.community(communityId);
    return { communityId, timeZone, givers, accounts };
  }

  private async write(
    tx: Tx,
    accounts: readonly UnreadAccount[],
    entries: readonly Entry[],
    crossings: readonly Crossing[],
    around: Surroundings,
  ): Promise<void> {
    for (const account of accounts) {
      const last = entries.findLast(({ accountId }) => accountId === account.accountId);
      if (last && !(await this.movements.markRead(tx, READER, account, last.seq))) throw new Overtaken();
    }
    if (crossings.length === 0) return;
    const { communityId, timeZone, givers } = around;
    const campaign = (crossing: Crossing) => campaignOf(crossing, givers);
    const custody = (crossing: Crossing, campaignId: Id<'cmp'> | null) =>
      custodyOf(crossing, campaignId && (around.accounts.get(campaignId) ?? null));
    const custodyIds = new Set(
      crossings.map((crossing) => custody(crossing, campaign(crossing))).filter((id) => id !== null),
    );
    const owners = [communityId, ...custodyIds, ...around.accounts.keys()];
    const heads = new Map<string, typeof NO_HEAD>(await this.heads.lock(tx, owners));
    const months = await this.lockMonths(tx, [...custodyIds].sort());
    const known = new Set(months.keys());
    const idOf: Writing['idOf'] = ({ entry }) =>
      derivedId('bln', transferId(`book:${entry.transferId}:${entry.accountId}`));
    const writing = { communityId, timeZone, heads, months, campaignOf: campaign, custodyOf: custody, idOf };
    await this.lines.insert(tx, append(crossings, writing));
    for (const owner of owners) await this.heads.write(tx, owner, heads.get(owner)!);
    for (const [custodyAccountId, month] of months) {
      if (!known.has(custodyAccountId))
        await this.heads.beginCalendar(tx, { custodyAccountId, communityId, month });
    }
  }

  private async lockMonths(tx: Tx, ids: readonly Id<'cus'>[]): Promise<Map<Id<'cus'>, string>> {
    const months = new Map<Id<'cus'>, string>();
    for (const id of ids) {
      const month = await this.heads.lockCalendar(tx, id);
      if (month !== null) months.set(id, month);
    }
    return months;
  }
}
