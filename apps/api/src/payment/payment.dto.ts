import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn } from 'class-validator';
import {
  mayPayByHand,
  OWNER_KINDS,
  RECEIPT_METHODS,
  type CustodyView,
  type OfflineReceipt,
  type PayersCharge,
  type PayInstruction,
  type Refund,
  type RefundsInState,
} from '@hehuo/payment';
import { filesPerObjectMax, type StoredFile } from '@hehuo/platform';
import { fileView } from '../files/files.dto.js';
import { IsIdOf, IsInstant, IsLine, IsProse, IsQuantity, Optional } from '../http/validators.js';
import { PageQuery } from '../http/paging.js';
import type { CustodyAccountView } from './custody-views.dto.js';
import type { ReceiptView, RefundView } from './hand-views.dto.js';
import type { ChargeView, RefundsInStateView } from './charge-views.dto.js';

const REFUND_STATES = [
  'due',
  'sent',
  'processing',
  'unknown',
  'waiting_funds',
  'done',
  'needs_human',
] as const;
const RECEIPT_STATES = ['entered', 'confirmed', 'refused'] as const;

export class ProposeCustodyBody {
  @ApiProperty({ maxLength: 120, description: 'full name of the legal body that owns the account' })
  @IsLine({ min: 2, max: 120 })
  ownerName!: string;

  @ApiProperty({ enum: OWNER_KINDS })
  @IsIn(OWNER_KINDS)
  ownerKind!: (typeof OWNER_KINDS)[number];

  @ApiProperty({ type: [String], description: 'two persons who sign for the account' })
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(2)
  @IsIdOf('per', { each: true })
  signatories!: string[];
}

export class EnterReceiptBody {
  @ApiProperty({ example: 'plg_01…' })
  @IsIdOf('plg')
  pledgeId!: string;

  @ApiProperty({ enum: RECEIPT_METHODS })
  @IsIn(RECEIPT_METHODS)
  method!: (typeof RECEIPT_METHODS)[number];

  @ApiProperty({ maxLength: 60, description: 'the number on the paper that the payer got' })
  @IsLine({ max: 60 })
  receiptNumber!: string;

  @ApiProperty({ example: '10000', description: 'fen that came in' })
  @IsQuantity()
  amount!: string;

  @ApiProperty({ example: '2026-11-23T18:00:00+08:00' })
  @IsInstant()
  receivedAt!: string;

  @ApiProperty({ maxLength: 500, description: 'where the proof is: the slip, the photo, the bank’s line' })
  @IsProse({ min: 4, max: 500 })
  evidence!: string;

  @Optional({
    type: [String],
    maxItems: filesPerObjectMax,
    description: 'uploads of POST /v1/files that show it; cash needs a photo of its slip',
  })
  @IsArray()
  @ArrayMaxSize(filesPerObjectMax)
  @IsIdOf('fil', { each: true })
  fileIds: string[] = [];
}

export class WhyBody {
  @ApiProperty({ maxLength: 300 })
  @IsLine({ min: 3, max: 300 })
  reason!: string;
}

export class VoucherBody {
  @ApiProperty({ maxLength: 60, description: 'number of the bank’s or the cash box’s voucher' })
  @IsLine({ max: 60 })
  voucher!: string;
}

export class HandRefundBody extends VoucherBody {
  @ApiProperty({ maxLength: 500, description: 'who got it, how, and where the proof is kept' })
  @IsProse({ min: 4, max: 500 })
  evidence!: string;
}

export class ReceiptsQuery extends PageQuery {
  @Optional({ enum: RECEIPT_STATES, default: 'entered' })
  @IsIn(RECEIPT_STATES)
  state: (typeof RECEIPT_STATES)[number] = 'entered';
}

export class RefundsQuery extends PageQuery {
  @Optional({ enum: REFUND_STATES, default: 'needs_human' })
  @IsIn(REFUND_STATES)
  state: (typeof REFUND_STATES)[number] = 'needs_human';

  @Optional({ example: 'cmp_01…' })
  @IsIdOf('cmp')
  campaignId?: string;
}

/** `pay` says what the payer's screen does; null when there is nothing to pay. */
export function chargeView(
  { charge, status, returned }: PayersCharge,
  pay: PayInstruction | null,
): ChargeView {
  return {
    id: charge.id,
    pledgeId: charge.pledgeId,
    campaignId: charge.campaignId,
    amount: charge.amount.toString(),
    description: charge.description,
    status,
    gateway: charge.gateway,
    pay: status === 'to_pay' ? pay : null,
    payBy: charge.payBy.toISOString(),
    paidAt: charge.paidAt?.toISOString() ?? null,
    paid: charge.paidAmount?.toString() ?? '0',
    returned: returned.toString(),
  };
}

/** What anybody may know of who holds the money. */
export function custodyView({ account, ways }: CustodyView): CustodyAccountView {
  const { id, communityId, ownerName, ownerKind, state, approvedAt } = account;
  return {
    ...{ id, communityId, ownerName, ownerKind, state },
    takesOnlinePayment: ways.length > 0,
    ways: ways.map(({ channel: { gateway }, capabilities: { scenes } }) => ({ gateway, scenes })),
    activeSince: approvedAt?.toISOString() ?? null,
  };
}

export function receiptView(
  receipt: OfflineReceipt,
  payer: string | undefined,
  files: readonly StoredFile[],
): ReceiptView {
  return {
    id: receipt.id,
    pledgeId: receipt.pledgeId,
    campaignId: receipt.campaignId,
    payer: payer ?? null,
    method: receipt.method,
    receiptNumber: receipt.receiptNumber,
    expected: receipt.expected.toString(),
    amount: receipt.amount.toString(),
    receivedAt: receipt.receivedAt.toISOString(),
    evidence: receipt.evidence,
    files: files.map(fileView),
    state: receipt.state,
    enteredBy: receipt.enteredBy,
    confirmedBy: receipt.confirmedBy,
    refusal: receipt.refusal,
  };
}

export function refundView(refund: Refund): RefundView {
  return {
    id: refund.id,
    chargeId: refund.chargeId,
    pledgeId: refund.pledgeId,
    campaignId: refund.campaignId,
    communityId: refund.communityId,
    amount: refund.amount.toString(),
    reason: refund.reason,
    state: refund.state,
    stuck: refund.stuck,
    stuckDetail: refund.stuckDetail,
    waitingSince: refund.waitingSince?.toISOString() ?? null,
    number: refund.number,
    mayPayByHand: mayPayByHand(refund),
    voucher: refund.voucher,
    enteredBy: refund.enteredBy,
    createdAt: refund.createdAt.toISOString(),
    doneAt: refund.doneAt?.toISOString() ?? null,
  };
}

const WORDS = { done: 'done', needs_human: 'needs_human', waiting_funds: 'waiting' } as const;

/** How far a campaign's refunds are, without saying whose they are. */
export function progressView(states: readonly RefundsInState[]): RefundsInStateView[] {
  const sums = { done: [0, 0n], waiting: [0, 0n], needs_human: [0, 0n], under_way: [0, 0n] } as Record<
    'done' | 'waiting' | 'needs_human' | 'under_way',
    [number, bigint]
  >;
  for (const { state, n, amount } of states) {
    const sum = sums[state in WORDS ? WORDS[state as keyof typeof WORDS] : 'under_way'];
    sum[0] += n;
    sum[1] += amount;
  }
  return Object.entries(sums).map(([word, [n, amount]]) => ({
    state: word,
    refunds: n,
    amount: amount.toString(),
  }));
}
