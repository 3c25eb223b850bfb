import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ReadPeople, type Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { ConfirmReceipt, EnterReceipt, ListReceipts, RECEIPT_OBJECT, RefuseReceipt } from '@hehuo/payment';
import { Files } from '@hehuo/platform';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, pageOf } from '../http/paging.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.js';
import { EnterReceiptBody, receiptView, ReceiptsQuery, WhyBody } from './payment.dto.js';
import { ReceiptAnswerView, ReceiptList } from './hand-views.dto.js';

const byId = [(part: string) => isId('rct', part)];

@ApiTags('receipts')
@ApiBearerAuth()
@Controller('v1')
export class ReceiptsController {
  constructor(
    private readonly enterReceipt: EnterReceipt,
    private readonly confirmReceipt: ConfirmReceipt,
    private readonly refuseReceipt: RefuseReceipt,
    private readonly receipts: ListReceipts,
    private readonly people: ReadPeople,
    private readonly files: Files,
  ) {}

  @Post('receipts')
  @Policy('receipt.enter')
  @ApiOperation({ summary: 'write down money that came by hand; a second person confirms it' })
  @ApiCreatedResponse({ type: ReceiptAnswerView })
  async enter(
    @Who() actor: Actor,
    @IdempotencyKey() operationId: string,
    @Body() body: EnterReceiptBody,
  ): Promise<ReceiptAnswerView> {
    const id = await this.enterReceipt.execute({
      ...{
        actor,
        operationId,
        method: body.method,
        receiptNumber: body.receiptNumber,
        evidence: body.evidence,
      },
      pledgeId: body.pledgeId as Id<'plg'>,
      amount: BigInt(body.amount),
      receivedAt: new Date(body.receivedAt),
      fileIds: body.fileIds as Id<'fil'>[],
    });
    return { id, state: 'entered' };
  }

  @Get('communities/:id/receipts')
  @Policy('receipt.read')
  @ApiOperation({ summary: 'receipts of a community, those that wait for their second person first of all' })
  @ApiOkResponse({ type: ReceiptList })
  async list(
    @Who() actor: Actor,
    @Param('id', IdOf('com')) communityId: Id<'com'>,
    @Query() { cursor, limit, state }: ReceiptsQuery,
  ): Promise<ReceiptList> {
    const after = keysetOf(cursor, byId)?.[0] ?? null;
    const receipts = await this.receipts.execute({ actor, communityId, state, after, limit: limit + 1 });
    const names = await this.people.names(receipts.map(({ payerId }) => payerId));
    const files = await this.files.of(
      RECEIPT_OBJECT,
      receipts.map(({ id }) => id),
    );
    return pageOf(
      receipts,
      limit,
      ({ id }) => [id],
      (receipt) => receiptView(receipt, names.get(receipt.payerId)?.masked, files.get(receipt.id) ?? []),
    );
  }

  @Post('receipts/:id/confirm')
  @HttpCode(204)
  @Policy('receipt.decide')
  @ApiNoContentResponse()
  @ApiOperation({ summary: 'confirm as a second person: only now the money counts' })
  async confirm(@Who() actor: Actor, @Param('id', IdOf('rct')) receiptId: Id<'rct'>): Promise<void> {
    await this.confirmReceipt.execute({ actor, receiptId });
  }

  @Post('receipts/:id/refuse')
  @HttpCode(204)
  @Policy('receipt.decide')
  @ApiNoContentResponse()
  @ApiOperation({ summary: 'say why it does not count; nothing is booked' })
  async refuse(
    @Who() actor: Actor,
    @Param('id', IdOf('rct')) receiptId: Id<'rct'>,
    @Body() { reason }: WhyBody,
  ): Promise<void> {
    await this.refuseReceipt.execute({ actor, receiptId, reason });
  }
}
