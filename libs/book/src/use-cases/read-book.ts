import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { BookError } from '../domain/errors.js';
import { HeadStore, type Head } from '../store/head.store.js';
import { LineStore, type Book } from '../store/line.store.js';
import { BookPlaces } from './book-places.js';
import { PublicLines, type PublicLine } from './public-lines.js';

export interface BookPage {
  readonly head: Head;
  readonly timeZone: string;
  readonly lines: readonly PublicLine[];
}

export interface BookExport {
  readonly timeZone: string;
  /** Oldest first, up to the line that was the last when the export began. */
  readonly pages: AsyncGenerator<readonly PublicLine[]>;
}

const exportPageLines = 500;

/** The public book of a campaign or of a community: anybody reads it. */
@Injectable()
export class ReadBook {
  constructor(
    private readonly places: BookPlaces,
    private readonly heads: HeadStore,
    private readonly lines: LineStore,
    private readonly dressing: PublicLines,
  ) {}

  /** Newest first, from below the number `before`. Throws `book_not_found`. */
  async page(book: Book, before: bigint | null, limit: number): Promise<BookPage> {
    const { timeZone, owner } = await this.open(book);
    const head = await this.heads.find(owner);
    // Lines written after the sums were read wait for the next look, so that a page adds up.
    const below = before !== null && before <= head.seq ? before : head.seq + 1n;
    const lines = await this.lines.newest(book, below, limit);
    return { head, timeZone, lines: await this.dressing.of(lines) };
  }

  /** Throws `book_not_found` before the first page. */
  async export(book: Book): Promise<BookExport> {
    const { timeZone, owner } = await this.open(book);
    const { seq } = await this.heads.find(owner);
    return { timeZone, pages: this.pages(book, seq) };
  }

  /** Throws `book_line_not_found`. */
  async line(lineId: Id<'bln'>): Promise<PublicLine> {
    const line = await this.lines.find(lineId);
    if (!line) throw new BookError('book_line_not_found', 'the book has no such line');
    return (await this.dressing.of([line]))[0]!;
  }

  private async *pages(book: Book, upTo: bigint): AsyncGenerator<readonly PublicLine[]> {
    for (let after = 0n; after < upTo;) {
      const lines = await this.lines.oldest(book, after, upTo, exportPageLines);
      if (lines.length === 0) return;
      yield await this.dressing.of(lines);
      after += BigInt(lines.length);
    }
  }

  private async open(book: Book): Promise<{ timeZone: string; owner: string }> {
    if ('communityId' in book) {
      return { timeZone: (await this.places.community(book.communityId)).timeZone, owner: book.communityId };
    }
    const campaign = await this.places.publicCampaign(book.campaignId);
    return { timeZone: campaign.timeZone, owner: book.campaignId };
  }
}
