import { Controller, Get, Headers, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ReadStatements, StatementKeys } from '@hehuo/book';
import { isId, type Id } from '@hehuo/kernel';
import { Policy } from '../access/policy.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf, PageQuery } from '../http/paging.js';
import { statementCsv } from './book-csv.js';
import { LanguageQuery, languageOf } from './book.dto.js';
import {
  keysView,
  statementItem,
  StatementKeysView,
  StatementPage,
  StatementView,
  statementView,
} from './statements.dto.js';

const byMonth = [
  (part: string) => /^[0-9]{4}-(0[1-9]|1[0-2])$/.test(part),
  (part: string) => isId('stm', part),
];

/** Frozen months: signed, chained, and never changed. */
@ApiTags('public book')
@Controller('v1')
export class StatementsController {
  constructor(
    private readonly statements: ReadStatements,
    private readonly keys: StatementKeys,
  ) {}

  @Get('statement-key')
  @Policy('statement.read', { polled: true })
  @ApiOperation({
    summary: 'the public keys that statements are signed with, so that anybody can check them',
  })
  @ApiOkResponse({ type: StatementKeysView })
  async key(): Promise<StatementKeysView> {
    return keysView(await this.keys.published());
  }

  @Get('communities/:id/statements')
  @Policy('statement.read', { polled: true })
  @ApiOperation({ summary: 'the monthly statements of a community’s custody accounts' })
  @ApiOkResponse({ type: StatementPage })
  async list(
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<StatementPage> {
    const [month, id] = keysetOf(cursor, byMonth) ?? [];
    const before = month === undefined || id === undefined ? null : { month, id };
    const rows = await this.statements.ofCommunity(communityId, before, limit + 1);
    const page = pageOf(rows, limit, (row) => [row.month, row.id], statementItem);
    return { items: [...page.items], next: page.next };
  }

  @Get('statements/:id')
  @Policy('statement.read', { polled: true })
  @ApiOperation({ summary: 'one statement with its text, hash and signature' })
  @ApiOkResponse({ type: StatementView })
  async one(@Param('id', IdOf('stm')) id: Id<'stm'>): Promise<StatementView> {
    return statementView(await this.statements.one(id));
  }

  @Get('statements/:id/lines.csv')
  @Policy('statement.read', { requestsPerMinute: 30 })
  @ApiProduces('text/csv')
  @ApiOperation({ summary: 'the lines that were frozen' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async lines(
    @Param('id', IdOf('stm')) id: Id<'stm'>,
    @Query() { lang }: LanguageQuery,
    @Headers('accept-language') header?: string,
  ): Promise<StreamableFile> {
    const found = await this.statements.linesOf(id);
    const { month, custodyAccountId } = found.statement;
    return new StreamableFile(statementCsv(found, languageOf(lang, header)), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="statement-${month}-${custodyAccountId}.csv"`,
    });
  }
}
