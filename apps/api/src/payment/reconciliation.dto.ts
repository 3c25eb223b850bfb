import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import {
  DIFFERENCE_STATES,
  RESOLUTIONS,
  type Difference,
  type DifferenceState,
  type ReconciledDay,
  type Resolution,
  type StoredLine,
} from '@hehuo/payment';
import { PageQuery } from '../http/paging.js';
import { IsIdOf, IsLine, IsProse, Optional } from '../http/validators.js';
import type { BillDayView, BillLineView, DifferenceView } from './reconciliation-views.dto.js';

const versionMax = 4_000_000_000;

export class ExplainBody {
  @ApiProperty({
    enum: RESOLUTIONS,
    description:
      'where its money belongs; `noted` where none is in suspense, `carried` leaves it there under the name of an open item',
  })
  @IsIn(RESOLUTIONS)
  resolution!: Resolution;

  @Optional({ example: 'cmp_01…', description: 'with `excess`: the campaign whose payers get it' })
  @IsIdOf('cmp')
  campaignId?: string;

  @Optional({ maxLength: 120, description: 'with `carried`: the name of the open item' })
  @IsLine({ min: 3, max: 120 })
  openItem?: string;

  @ApiProperty({ maxLength: 300, description: 'what it was' })
  @IsLine({ min: 3, max: 300 })
  reason!: string;

  @ApiProperty({
    maxLength: 500,
    description: 'where the proof is: the letter, the statement, the call and its time',
  })
  @IsProse({ min: 4, max: 500 })
  evidence!: string;
}

export class WithoutBillBody {
  @ApiProperty({
    maxLength: 300,
    description: 'why this bill cannot be had any more, and what was looked at instead',
  })
  @IsLine({ min: 3, max: 300 })
  reason!: string;
}

export class VersionBody {
  @ApiProperty({ type: 'integer', description: 'the `version` of what was read and is agreed with' })
  @IsInt()
  @Min(0)
  @Max(versionMax)
  version!: number;
}

export class DifferencesQuery extends PageQuery {
  @Optional({ enum: DIFFERENCE_STATES, default: 'open' })
  @IsIn(DIFFERENCE_STATES)
  state: DifferenceState = 'open';
}

/** Bill and books of one day side by side, in fen. */
export function dayView({ day, sums: { bill, books, openDifferences } }: ReconciledDay): BillDayView {
  return {
    ...{ id: day.id, gateway: day.gateway, merchantRef: day.merchantRef, day: day.day },
    ...{ startsAt: day.startsAt.toISOString(), endsAt: day.endsAt.toISOString() },
    ...{ state: day.state, version: day.version, lastAnswer: day.lastAnswer, openDifferences },
    withoutBill: day.forgone && { ...day.forgone },
    bill: {
      ...{ payments: bill.payments.toString(), refunds: bill.refunds.toString() },
      ...{ fees: bill.fees.toString(), feeCorrections: bill.feeCorrections.toString(), lines: bill.lines },
    },
    books: { payments: books.payments.toString(), refunds: books.refunds.toString() },
  };
}

export function lineView(line: StoredLine): BillLineView {
  return {
    ...{ lineNo: line.lineNo, edition: line.edition, kind: line.kind, verdict: line.verdict },
    ...{ ourNumber: line.ourNumber, orderNumber: line.orderNumber, gatewayNumber: line.gatewayNumber },
    ...{ amount: line.amount.toString(), incoming: line.incoming, fee: line.fee.toString() },
    feeBefore: line.feeBefore?.toString() ?? null,
    ...{ at: line.at.toISOString(), custodyAccountId: line.custodyAccountId, objectId: line.objectId },
  };
}

export function differenceView(difference: Difference): DifferenceView {
  const { explanation } = difference;
  return {
    ...{
      id: difference.id,
      billDayId: difference.billDayId,
      lineNo: difference.lineNo,
      kind: difference.kind,
    },
    ...{ custodyAccountId: difference.custodyAccountId, communityId: difference.communityId },
    ...{
      objectId: difference.objectId,
      ourNumber: difference.ourNumber,
      gatewayNumber: difference.gatewayNumber,
    },
    billed: difference.billed?.toString() ?? null,
    booked: difference.booked?.toString() ?? null,
    inSuspense: difference.money.toString(),
    ...{ detail: difference.detail, state: difference.state, version: difference.version },
    explanation: explanation && { ...explanation },
    ...{ explainedBy: difference.explainedBy, confirmedBy: difference.confirmedBy },
    createdAt: difference.createdAt.toISOString(),
  };
}
