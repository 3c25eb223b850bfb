import { Controller, Get, Header, Headers, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ReadBook, type Book } from '@hehuo/book';
import type { Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { IdOf } from '../http/id.pipe.js';
import type { Language } from '../http/language.js';
import { keysetOf, pageOf } from '../http/paging.js';
import { bookCsv } from './book-csv.js';
import {
  bookLineView,
  BookLineView,
  BookQuery,
  BookView,
  LanguageQuery,
  languageOf,
  totalsView,
} from './book.dto.js';

const bySeq = [(part: string) => /^[1-9][0-9]{0,17}$/.test(part)];
const CSV = 'text/csv; charset=utf-8';

/** What anybody may read about the money of a campaign or a community. */
@ApiTags('public book')
@Controller('v1')
export class BookController {
  constructor(private readonly books: ReadBook) {}

  @Get('campaigns/:id/book')
  @Policy('book.read', { polled: true })
  @ApiOperation({
    summary: 'every movement of a campaign’s money: received less returned less spent is held',
  })
  @ApiOkResponse({ type: BookView })
  ofCampaign(
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Query() query: BookQuery,
    @Headers('accept-language') header?: string,
  ): Promise<BookView> {
    return this.page({ campaignId }, query, languageOf(query.lang, header));
  }

  @Get('communities/:id/book')
  @Policy('book.read', { polled: true })
  @ApiOperation({ summary: 'the same for all campaigns of a community together' })
  @ApiOkResponse({ type: BookView })
  ofCommunity(
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() query: BookQuery,
    @Headers('accept-language') header?: string,
  ): Promise<BookView> {
    return this.page({ communityId }, query, languageOf(query.lang, header));
  }

  @Get('campaigns/:id/book.csv')
  @Policy('book.read', { requestsPerMinute: 30 })
  @Header('cache-control', 'no-cache')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'the whole book as a file, equal to the screen to the fen, oldest line first' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  fileOfCampaign(
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Query() { lang }: LanguageQuery,
    @Headers('accept-language') header?: string,
  ): Promise<StreamableFile> {
    return this.file({ campaignId }, campaignId, languageOf(lang, header));
  }

  @Get('communities/:id/book.csv')
  @Policy('book.read', { requestsPerMinute: 30 })
  @Header('cache-control', 'no-cache')
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'the whole book of a community as a file' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  fileOfCommunity(
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() { lang }: LanguageQuery,
    @Headers('accept-language') header?: string,
  ): Promise<StreamableFile> {
    return this.file({ communityId }, communityId, languageOf(lang, header));
  }

  @Get('book-lines/:id')
  @Policy('book.read', { polled: true })
  @ApiOperation({ summary: 'one line, with its place in the book of the community' })
  @ApiOkResponse({ type: BookLineView })
  async line(
    @Param('id', IdOf('bln')) id: Id<'bln'>,
    @Query() { lang }: LanguageQuery,
    @Headers('accept-language') header?: string,
  ): Promise<BookLineView> {
    const found = await this.books.line(id);
    return bookLineView(found, { communityId: found.line.community.owner }, languageOf(lang, header));
  }

  private async page(book: Book, { cursor, limit }: BookQuery, language: Language): Promise<BookView> {
    const before = keysetOf(cursor, bySeq)?.[0];
    const found = await this.books.page(book, before === undefined ? null : BigInt(before), limit + 1);
    const views = found.lines.map((line) => bookLineView(line, book, language));
    const page = pageOf(
      views,
      limit,
      ({ number }) => [number],
      (view) => view,
    );
    return { totals: totalsView(found), items: [...page.items], next: page.next };
  }

  private async file(book: Book, name: string, language: Language): Promise<StreamableFile> {
    const csv = bookCsv(await this.books.export(book), book, language);
    return new StreamableFile(csv, { type: CSV, disposition: `attachment; filename="book-${name}.csv"` });
  }
}
