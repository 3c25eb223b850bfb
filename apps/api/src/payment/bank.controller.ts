import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ReadPeople, type Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import {
  DecideBankLine,
  ImportBankStatement,
  MatchBankLines,
  ReadBankLines,
  ReopenBankLine,
} from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf } from '../http/paging.js';
import { bodyHash, IdempotencyKey } from '../idempotency/idempotency-key.js';
import { HttpProblem } from '../problem/http-problem.js';
import {
  AcceptBankLineBody,
  bankLineView,
  BankLinesQuery,
  BankStatementView,
  ReopenBankLineBody,
  statementView,
} from './bank.dto.js';
import { WhyBody } from './payment.dto.js';
import { AcceptedBankLineView, BankLineAnswerView, BankLineList } from './bank-views.dto.js';

const byId = [(part: string) => isId('bkl', part)];

@ApiTags('bank statements')
@ApiBearerAuth()
@Controller('v1')
export class BankController {
  constructor(
    private readonly importStatement: ImportBankStatement,
    private readonly match: MatchBankLines,
    private readonly lines: ReadBankLines,
    private readonly decide: DecideBankLine,
    private readonly reopenLine: ReopenBankLine,
    private readonly people: ReadPeople,
  ) {}

  @Post('custody-accounts/:id/bank-statements')
  @HttpCode(200)
  @Policy('bank-statement.import', { csv: true, requestsPerMinute: 30 })
  @ApiConsumes('text/csv')
  @ApiBody({
    schema: { type: 'string', format: 'binary' },
    description: 'CSV as the bank exports it, UTF-8 or GBK, at most 1 MiB and 5,000 lines',
  })
  @ApiOperation({
    summary: 'import a bank statement: whole or not at all, each line once',
    description:
      'Columns, in any order: 日期 (date), 收入 (income), 支出 (expense), 对方户名 (payer), 摘要 or 附言 (remark), ' +
      '流水号 (serial). Date and income are needed; others are passed over, and so are lines above the header. ' +
      'Sums are yuan such as 1,234.50, days 2026-11-25 or 20261125. Wrong lines come back together as `errors`. ' +
      'Lines of money that came in are compared with pledges; nothing is booked by itself.',
  })
  @ApiOkResponse({ type: BankStatementView })
  async import(
    @Who() actor: Actor,
    @Param('id', IdOf('cus')) accountId: Id<'cus'>,
    @Req() request: FastifyRequest,
  ): Promise<BankStatementView> {
    const source: unknown = request.body;
    if (!(source instanceof Readable)) {
      throw new HttpProblem('unsupported_media_type', 'send the file as content-type: text/csv');
    }
    const statement = await this.importStatement.execute({ actor, accountId, source });
    // The worker compares lines whatever happens here; doing it now saves whoever waits for the proposals.
    await this.match.execute(accountId);
    return statementView(statement);
  }

  @Get('custody-accounts/:id/bank-lines')
  @Policy('bank-line.read')
  @ApiOperation({ summary: 'lines of money that came in, by state, with the pledges they may pay' })
  @ApiOkResponse({ type: BankLineList })
  async list(
    @Who() actor: Actor,
    @Param('id', IdOf('cus')) accountId: Id<'cus'>,
    @Query() { cursor, limit, state }: BankLinesQuery,
  ): Promise<BankLineList> {
    const after = keysetOf(cursor, byId)?.[0] ?? null;
    const lines = await this.lines.execute({ actor, accountId, state, after, limit: limit + 1 });
    const payers = lines.flatMap(({ proposals }) => proposals.map(({ payerId }) => payerId));
    const names = await this.people.names(payers);
    const payerOf = (personId: string): string | null => names.get(personId as Id<'per'>)?.masked ?? null;
    return pageOf(
      lines,
      limit,
      ({ line }) => [line.id],
      (line) => bankLineView(line, payerOf),
    );
  }

  @Post('bank-lines/:id/accept')
  @Policy('bank-line.decide')
  @ApiOperation({
    summary: 'say which pledge a line paid: enters its receipt, which a second person confirms',
  })
  @ApiCreatedResponse({ type: AcceptedBankLineView })
  async accept(
    @Who() actor: Actor,
    @IdempotencyKey() operationId: string,
    @Param('id', IdOf('bkl')) lineId: Id<'bkl'>,
    @Body() { pledgeId, paidTwice }: AcceptBankLineBody,
  ): Promise<AcceptedBankLineView> {
    const input = { actor, lineId, pledgeId: pledgeId as Id<'plg'>, paidTwice, operationId };
    return { receiptId: await this.decide.accept(input), state: 'accepted' };
  }

  @Post('bank-lines/:id/dismiss')
  @HttpCode(204)
  @Policy('bank-line.decide')
  @ApiOperation({ summary: 'say why a line pays no pledge here' })
  @ApiNoContentResponse()
  async dismiss(
    @Who() actor: Actor,
    @Param('id', IdOf('bkl')) lineId: Id<'bkl'>,
    @Body() { reason }: WhyBody,
  ): Promise<void> {
    await this.decide.dismiss({ actor, lineId, reason });
  }

  @Post('bank-lines/:id/reopen')
  @HttpCode(200)
  @Policy('bank-line.decide')
  @ApiOperation({ summary: 'take a dismissal back and say why: the line waits for its pledge again' })
  @ApiOkResponse({ type: BankLineAnswerView })
  reopen(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('bkl')) lineId: Id<'bkl'>,
    @Body() body: ReopenBankLineBody,
  ): Promise<BankLineAnswerView> {
    const { version, reason } = body;
    const fingerprint = bodyHash([lineId, body]);
    return this.reopenLine.execute({ actor, key, fingerprint, lineId, version, reason });
  }
}
