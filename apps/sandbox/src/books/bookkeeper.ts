import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.js';
import { Books } from './books.js';
import { journalVersion, type Entry } from './entries.js';
import { DamagedJournalError, Journal, type Replay } from './journal.js';

/** Joins memory and journal: an entry is folded at once, so that the next decision sees it, and written in its group. */
export class Bookkeeper {
  private group: Entry[] = [];
  private depth = 0;
  private groupAt = 0;

  private constructor(
    readonly books: Books,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  static async open(
    folder: string,
    clock: Clock,
    onFailure: (error: Error) => void,
  ): Promise<{ keeper: Bookkeeper; replay: Replay }> {
    const books = new Books();
    const { journal, replay } = await Journal.open(
      folder,
      ({ at, entries }) => {
        for (const entry of entries) {
          if (entry.kind === 'books.opened' && entry.version !== journalVersion) {
            throw new DamagedJournalError(
              `The journal has version ${entry.version}, this program ${journalVersion}.`,
            );
          }
          books.fold(at, entry);
        }
      },
      onFailure,
    );
    const keeper = new Bookkeeper(books, journal, clock);
    if (replay.lines === 0) {
      const booksId = randomBytes(3).toString('hex').toUpperCase();
      keeper.record({ kind: 'books.opened', version: journalVersion, booksId });
      await keeper.flushed();
    }
    return { keeper, replay };
  }

  /** Everything recorded inside `work` becomes one journal line: after a crash it is there whole or not at all. */
  together<T>(work: () => T): T {
    if (this.depth === 0) this.groupAt = this.clock.nowMs();
    this.depth += 1;
    try {
      return work();
    } finally {
      this.depth -= 1;
      if (this.depth === 0 && this.group.length > 0) {
        const entries = this.group;
        this.group = [];
        this.journal.append(this.groupAt, entries);
      }
    }
  }

  record(entry: Entry): void {
    this.together(() => {
      this.books.fold(this.groupAt, entry);
      this.group.push(entry);
    });
  }

  /** Unique over the life of these books, and different from those of any other books. */
  nextNumber(prefix: string): string {
    return `${prefix}${this.books.booksId}${String(this.books.entryCount + 1).padStart(10, '0')}`;
  }

  /** Nothing may be answered or sent before this resolves: it covers all that memory holds at the moment of the call. */
  flushed(): Promise<void> {
    return this.journal.flushed();
  }

  close(): Promise<void> {
    return this.journal.close();
  }
}
