import { ApiProperty } from '@nestjs/swagger';
import type { Id } from '@hehuo/kernel';
import { ArrayMinSize, IsIn, Matches } from 'class-validator';
import {
  partPattern,
  type PayoutPart,
  PAYEE_KINDS,
  vouchersMax,
  type ClawBack,
  type Payee,
  type PayoutDetail,
  type PayoutVoucher,
  type PublicPayout,
} from '@hehuo/payment';
import { IsIdOf, IsLine, IsListOf, IsProse, IsQuantity, Optional } from '../http/validators.js';
import type { ClawBackView, PayeeView, PayoutView, PublicPayoutView } from './payout-views.dto.js';
import { VoucherBody, WhyBody } from './payment.dto.js';

export class PayeeAccountBody {
  @ApiProperty({ maxLength: 120, description: 'name of the account’s owner as the bank knows it' })
  @IsLine({ min: 2, max: 120 })
  name!: string;

  @ApiProperty({ maxLength: 120 })
  @IsLine({ min: 2, max: 120 })
  bankName!: string;

  @ApiProperty({ maxLength: 42, description: 'kept encrypted; only its last four characters are ever shown' })
  @IsLine({ min: 8, max: 42 })
  account!: string;
}

export class EnterPayeeBody extends PayeeAccountBody {
  @ApiProperty({ enum: PAYEE_KINDS })
  @IsIn(PAYEE_KINDS)
  kind!: (typeof PAYEE_KINDS)[number];

  @Optional({ example: 'ptn_01…', description: 'a verified partner, where the kind is `partner`' })
  @IsIdOf('ptn')
  partnerId?: string;

  @Optional({ example: 'per_01…', description: 'who is paid back, where the kind is `organiser`' })
  @IsIdOf('per')
  personId?: string;
}

export class ConfirmPayeeBody {
  @ApiProperty({
    maxLength: 42,
    description: 'the number as the second person reads it from the payee’s papers',
  })
  @IsLine({ min: 8, max: 42 })
  account!: string;
}

export class PayoutVoucherBody {
  @ApiProperty({
    maxLength: 60,
    description: 'number of the invoice or receipt; a payee’s voucher counts once',
  })
  @IsLine({ max: 60 })
  number!: string;

  @ApiProperty({ maxLength: 120 })
  @IsLine({ min: 2, max: 120 })
  title!: string;

  @ApiProperty({ example: '10000', description: 'fen' })
  @IsQuantity()
  amount!: string;

  @Optional({
    example: 'fil_01…',
    description: 'an own upload of POST /v1/files that shows this voucher alone',
  })
  @IsIdOf('fil')
  fileId?: string;

  @Optional({ maxLength: 500, description: 'where the proof is, when it is no file' })
  @IsProse({ min: 4, max: 500 })
  evidence?: string;
}

export class ProposePayoutBody {
  @ApiProperty({ example: 'pye_01…' })
  @IsIdOf('pye')
  payeeId!: string;

  @ApiProperty({
    type: String,
    example: 'milestone:0',
    description:
      '`milestone:` and its position, `matched` for what donors gave, `returned_match` for what goes back to them, or `surplus`',
  })
  @Matches(partPattern, {
    message: 'must be "milestone:" and a position, "matched", "returned_match" or "surplus"',
  })
  part!: PayoutPart;

  @ApiProperty({ example: '10000', description: 'fen; the vouchers add up to it' })
  @IsQuantity()
  amount!: string;

  @ApiProperty({ maxLength: 300 })
  @IsLine({ min: 4, max: 300 })
  purpose!: string;

  @ApiProperty({ type: [PayoutVoucherBody] })
  @ArrayMinSize(1)
  @IsListOf(() => PayoutVoucherBody, vouchersMax)
  vouchers!: PayoutVoucherBody[];
}

export class ReturnedBody extends VoucherBody {
  @ApiProperty({ maxLength: 300, description: 'why the bank sent it back' })
  @IsLine({ min: 3, max: 300 })
  reason!: string;
}

export class ClawBackBody extends WhyBody {
  @ApiProperty({ example: '10000', description: 'fen that came back' })
  @IsQuantity()
  amount!: string;

  @ApiProperty({ maxLength: 60, description: 'the bank’s number of the transfer that brought it' })
  @IsLine({ max: 60 })
  voucher!: string;
}

export function voucherOf({ number, title, amount, fileId, evidence }: PayoutVoucherBody): PayoutVoucher {
  return {
    number,
    title,
    amount: BigInt(amount),
    fileId: (fileId ?? null) as Id<'fil'> | null,
    evidence: evidence ?? null,
  };
}

export function payeeView(payee: Payee): PayeeView {
  const { id, campaignId, kind, partnerId, name, bankName, accountMask: account, state } = payee;
  return {
    ...{ id, campaignId, kind, partnerId, name, bankName, account, state },
    enteredBy: payee.enteredBy,
    confirmedBy: payee.confirmedBy,
    changedAt: payee.changedAt.toISOString(),
  };
}

/** What everybody may know of a payout: no account, no name of a person, no inner evidence. */
export function publicPayoutView({
  payout,
  payeeKind,
  payeeName,
  vouchers,
  clawedBack,
}: PublicPayout): PublicPayoutView {
  return {
    id: payout.id,
    campaignId: payout.campaignId,
    part: payout.part,
    payee: { kind: payeeKind, name: payeeName },
    amount: payout.amount.toString(),
    clawedBack: clawedBack.toString(),
    purpose: payout.purpose,
    state: payout.state,
    vouchers: vouchers.map(({ number, title, amount }) => ({ number, title, amount: amount.toString() })),
    proposedAt: payout.createdAt.toISOString(),
    releasedAt: payout.releasedAt?.toISOString() ?? null,
    endedAt: payout.endedAt?.toISOString() ?? null,
  };
}

export function payoutView(detail: PayoutDetail): PayoutView {
  const { payout, payee, vouchers, clawBacks } = detail;
  return {
    ...publicPayoutView(detail),
    payee: payee && payeeView(payee),
    custodyAccountId: payout.custodyAccountId,
    vouchers: vouchers.map((voucher) => ({ ...voucher, amount: voucher.amount.toString() })),
    proposedBy: payout.proposedBy,
    approvedBy: payout.approvedBy,
    releasedBy: payout.releasedBy,
    sentBy: payout.sentBy,
    sentAt: payout.sentAt?.toISOString() ?? null,
    endedBy: payout.endedBy,
    voucher: payout.voucher,
    reason: payout.reason,
    clawBacks: clawBacks.map(clawBackView),
  };
}

function clawBackView({ id, amount, voucher, reason, state, enteredBy, decidedBy }: ClawBack): ClawBackView {
  return { id, amount: amount.toString(), voucher, reason, state, enteredBy, decidedBy };
}
