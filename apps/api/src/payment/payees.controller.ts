import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import { isId, type Id } from '@hehuo/kernel';
import { ConfirmPayee, EnterPayee, ReadPayouts } from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { keysetOf, PageQuery, pageOf } from '../http/paging.js';
import { bodyHash, IdempotencyKey } from '../idempotency/idempotency-key.js';
import { ConfirmPayeeBody, EnterPayeeBody, PayeeAccountBody, payeeView } from './payout.dto.js';
import { PayeeAnswerView, PayeeList } from './payout-views.dto.js';

const byId = [(part: string) => isId('pye', part)];

@ApiTags('payouts')
@ApiBearerAuth()
@Controller('v1')
export class PayeesController {
  constructor(
    private readonly enterPayee: EnterPayee,
    private readonly confirmPayee: ConfirmPayee,
    private readonly payouts: ReadPayouts,
  ) {}

  @Post('campaigns/:id/payees')
  @Policy('payee.enter')
  @ApiOperation({ summary: 'write down who is to be paid and where; another person confirms it' })
  @ApiCreatedResponse({ type: PayeeAnswerView })
  enter(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Body() body: EnterPayeeBody,
  ): Promise<PayeeAnswerView> {
    const { kind, name, bankName, account } = body;
    return this.enterPayee.execute({
      ...{ actor, key, fingerprint: bodyHash([campaignId, body]), campaignId, kind, name, bankName, account },
      partnerId: (body.partnerId ?? null) as Id<'ptn'> | null,
      personId: (body.personId ?? null) as Id<'per'> | null,
    });
  }

  @Get('campaigns/:id/payees')
  @Policy('payee.read')
  @ApiOperation({ summary: 'the payees of a campaign with masked accounts, for officers and the organiser' })
  @ApiOkResponse({ type: PayeeList })
  async list(
    @Who() actor: Actor,
    @Param('id', IdOf('cmp')) campaignId: Id<'cmp'>,
    @Query() { cursor, limit }: PageQuery,
  ): Promise<PayeeList> {
    const after = keysetOf(cursor, byId)?.[0] ?? null;
    const payees = await this.payouts.payeesOf(actor, campaignId, after, limit + 1);
    return pageOf(payees, limit, ({ id }) => [id], payeeView);
  }

  @Post('payees/:id/account')
  @HttpCode(200)
  @Policy('payee.enter')
  @ApiOperation({ summary: 'other account data of a payee; the hold begins anew' })
  @ApiOkResponse({ type: PayeeAnswerView })
  change(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('pye')) payeeId: Id<'pye'>,
    @Body() body: PayeeAccountBody,
  ): Promise<PayeeAnswerView> {
    const { name, bankName, account } = body;
    const fingerprint = bodyHash([payeeId, body]);
    return this.enterPayee.change({ actor, key, fingerprint, payeeId, name, bankName, account });
  }

  @Post('payees/:id/confirm')
  @HttpCode(200)
  @Policy('payee.confirm')
  @ApiOperation({ summary: 'type the account number again as a second person' })
  @ApiOkResponse({ type: PayeeAnswerView })
  confirm(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('pye')) payeeId: Id<'pye'>,
    @Body() body: ConfirmPayeeBody,
  ): Promise<PayeeAnswerView> {
    const fingerprint = bodyHash([payeeId, body]);
    return this.confirmPayee.execute({ actor, key, fingerprint, payeeId, account: body.account });
  }
}
