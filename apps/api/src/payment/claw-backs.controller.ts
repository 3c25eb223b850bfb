import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { DecideClawBack, EnterClawBack } from '@hehuo/payment';
import { Policy } from '../access/policy.js';
import { Who } from '../access/who.js';
import { IdOf } from '../http/id.pipe.js';
import { bodyHash, IdempotencyKey } from '../idempotency/idempotency-key.js';
import { VoucherBody } from './payment.dto.js';
import { ClawBackBody } from './payout.dto.js';
import { ClawBackAnswerView } from './payout-views.dto.js';

@ApiTags('payouts')
@ApiBearerAuth()
@Controller('v1')
export class ClawBacksController {
  constructor(
    private readonly enterClawBack: EnterClawBack,
    private readonly decide: DecideClawBack,
  ) {}

  @Post('payouts/:id/claw-backs')
  @Policy('claw-back.enter')
  @ApiOperation({ summary: 'write down that a payee gave money back; another person confirms it' })
  @ApiCreatedResponse({ type: ClawBackAnswerView })
  enter(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('pyo')) payoutId: Id<'pyo'>,
    @Body() body: ClawBackBody,
  ): Promise<ClawBackAnswerView> {
    const { voucher, reason } = body;
    const fingerprint = bodyHash([payoutId, body]);
    const amount = BigInt(body.amount);
    return this.enterClawBack.execute({ actor, key, fingerprint, payoutId, amount, voucher, reason });
  }

  @Post('claw-backs/:id/confirm')
  @HttpCode(200)
  @Policy('claw-back.enter')
  @ApiOperation({ summary: 'confirm as another person that it came; the money may be paid out again' })
  @ApiOkResponse({ type: ClawBackAnswerView })
  confirm(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('clw')) clawBackId: Id<'clw'>,
    @Body() body: VoucherBody,
  ): Promise<ClawBackAnswerView> {
    const fingerprint = bodyHash([clawBackId, body]);
    return this.decide.confirm({ actor, key, fingerprint, clawBackId, voucher: body.voucher });
  }

  @Post('claw-backs/:id/refuse')
  @HttpCode(200)
  @Policy('claw-back.enter')
  @ApiOperation({ summary: 'say that it was not found; nothing is booked' })
  @ApiOkResponse({ type: ClawBackAnswerView })
  refuse(
    @Who() actor: Actor,
    @IdempotencyKey() key: string,
    @Param('id', IdOf('clw')) clawBackId: Id<'clw'>,
  ): Promise<ClawBackAnswerView> {
    return this.decide.refuse({ actor, key, fingerprint: bodyHash([clawBackId]), clawBackId, voucher: null });
  }
}
