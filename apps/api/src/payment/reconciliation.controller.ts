import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import {
  CloseWithoutBill,
  ConfirmDifference,
  ExplainDifference,
  isDay,
  ListDifferences,
  ReadReconciliation,
} from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf, PageQuery } from '../http/paging.js';
import { bodyHash, IdempotencyKey } from '../idempotency/idempotency-key.js';
import {
  dayView,
  DifferencesQuery,
  differenceView,
  ExplainBody,
  lineView,
  VersionBody,
  WithoutBillBody,
} from './reconciliation.dto.js';
import {
  BillDayAnswerView,
  BillDayList,
  BillDayPage,
  DifferenceAnswerView,
  DifferenceList,
} from './reconciliation-views.dto.js';

const byDay = [isDay, (part: string) => isId('bld', part)];
const byLine = [(part: string) => /^[1-9]\d{0,8}$/.test(part)];
const byId = [(part: string) => isId('dif', part)];

@ApiTags('reconciliation')
@ApiBearerAuth()
@Controller('v1')
export class ReconciliationController {
  constructor(
    private readonly reconciliation: ReadReconciliation,
    private readonly differences: ListDifferences,
    private readonly explainDifference: ExplainDifference,
    private readonly confirmDifference: ConfirmDifference,
    private readonly withoutBill: CloseWithoutBill,
  ) {}

  @Get('custody-accounts/:id/reconciliation')
  @Policy('reconciliation.read')
  @ApiOperation({ summary: 'days of the gateways’ bills beside our books, the newest first' })
  @ApiOkResponse({ type: BillDayList })
  async days(
    @Who() actor: Actor,
    @Param('id', IdOf('cus')) accountId: Id<'cus'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<BillDayList> {
    const keyset = keysetOf(cursor, byDay);
    const before = keyset && { day: String(keyset[0]), id: String(keyset[1]) };
    const days = await this.reconciliation.ofAccount(actor, accountId, before, limit + 1);
    return pageOf(days, limit, ({ day }) => [day.day, day.id], dayView);
  }

  @Get('bill-days/:id')
  @Policy('reconciliation.read')
  @ApiOperation({ summary: 'one day of a bill: sums, and its lines with what was found about each' })
  @ApiOkResponse({ type: BillDayPage })
  async lines(
    @Who() actor: Actor,
    @Param('id', IdOf('bld')) dayId: Id<'bld'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<BillDayPage> {
    const after = Number(keysetOf(cursor, byLine)?.[0] ?? 0);
    const [day, lines] = await Promise.all([
      this.reconciliation.day(actor, dayId),
      this.reconciliation.linesOf(actor, dayId, after, limit + 1),
    ]);
    return { ...dayView(day), ...pageOf(lines, limit, ({ lineNo }) => [String(lineNo)], lineView) };
  }

  @Post('bill-days/:id/without-bill')
  @HttpCode(200)
  @Policy('bill-day.forgo')
  @ApiOperation({
    summary: 'propose to close a day whose bill cannot be had any more; a second person confirms it',
  })
  @ApiOkResponse({ type: BillDayAnswerView })
  forgo(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('bld')) dayId: Id<'bld'>,
    @Body() body: WithoutBillBody,
  ): Promise<BillDayAnswerView> {
    const fingerprint = bodyHash([dayId, body]);
    return this.withoutBill.propose({ actor, key, fingerprint, dayId, reason: body.reason });
  }

  @Post('bill-days/:id/without-bill/confirm')
  @HttpCode(200)
  @Policy('bill-day.forgo')
  @ApiOperation({ summary: 'agree with the proposal that was read: the day is closed without its bill' })
  @ApiOkResponse({ type: BillDayAnswerView })
  confirmForgone(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('bld')) dayId: Id<'bld'>,
    @Body() body: VersionBody,
  ): Promise<BillDayAnswerView> {
    const fingerprint = bodyHash([dayId, body]);
    return this.withoutBill.confirm({ actor, key, fingerprint, dayId, version: body.version });
  }

  @Get('differences')
  @Policy('reconciliation.read')
  @ApiOperation({ summary: 'what books and bills do not agree on, by state, the oldest first' })
  @ApiOkResponse({ type: DifferenceList })
  async list(
    @Who() actor: Actor,
    @Query() { cursor, limit, state }: DifferencesQuery,
  ): Promise<DifferenceList> {
    const after = keysetOf(cursor, byId)?.[0] ?? null;
    const differences = await this.differences.execute({ actor, states: [state], after, limit: limit + 1 });
    return pageOf(differences, limit, ({ id }) => [id], differenceView);
  }

  @Post('differences/:id/explain')
  @HttpCode(200)
  @Policy('difference.explain')
  @ApiOperation({
    summary: 'say what a difference is and where its money belongs; a second person confirms it',
  })
  @ApiOkResponse({ type: DifferenceAnswerView })
  async explain(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('dif')) differenceId: Id<'dif'>,
    @Body() body: ExplainBody,
  ): Promise<DifferenceAnswerView> {
    const { resolution, campaignId, openItem, reason, evidence } = body;
    const fingerprint = bodyHash([differenceId, body]);
    const explanation = {
      ...{ resolution, reason, evidence, openItem: openItem ?? null },
      campaignId: (campaignId as Id<'cmp'> | undefined) ?? null,
    };
    return this.explainDifference.execute({ actor, key, fingerprint, differenceId, explanation });
  }

  @Post('differences/:id/confirm')
  @HttpCode(204)
  @Policy('difference.confirm')
  @ApiOperation({ summary: 'agree with the explanation that was read: only now its money leaves suspense' })
  @ApiNoContentResponse()
  async confirm(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('dif')) differenceId: Id<'dif'>,
    @Body() body: VersionBody,
  ): Promise<void> {
    const fingerprint = bodyHash([differenceId, body]);
    await this.confirmDifference.execute({ actor, key, fingerprint, differenceId, version: body.version });
  }
}
