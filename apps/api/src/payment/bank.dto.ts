import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, Max, Min } from 'class-validator';
import {
  BANK_LINE_STATES,
  maskPayer,
  maskRemark,
  type BankLineState,
  type BankLineView as LineWithProposals,
  type BankStatement,
} from '@hehuo/payment';
import type { BankLineView } from './bank-views.dto.js';
import { PageQuery } from '../http/paging.js';
import { IsIdOf, Optional } from '../http/validators.js';
import { WhyBody } from './payment.dto.js';

const versionMax = 4_000_000_000;

export class BankLinesQuery extends PageQuery {
  @Optional({ enum: BANK_LINE_STATES, default: 'proposed' })
  @IsIn(BANK_LINE_STATES)
  state: BankLineState = 'proposed';
}

export class AcceptBankLineBody {
  @ApiProperty({ example: 'plg_01…', description: 'of the proposals, or any pledge paid into this account' })
  @IsIdOf('plg')
  pledgeId!: string;

  @Optional({ default: false, description: 'the pledge has a receipt and was paid once more: it goes back' })
  @IsBoolean()
  paidTwice: boolean = false;
}

export class ReopenBankLineBody extends WhyBody {
  @ApiProperty({ type: 'integer', description: 'the `version` of the dismissed line that was read' })
  @IsInt()
  @Min(0)
  @Max(versionMax)
  version!: number;
}

export class BankStatementView {
  @ApiProperty({ example: 'bks_01…' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'lines under the header' })
  lines!: number;

  @ApiProperty({ type: 'integer', description: 'of these, money that came in' })
  incoming!: number;

  @ApiProperty({
    type: 'integer',
    description: 'lines that take back what had come in; see by hand which receipt they cancel',
  })
  reversals!: number;

  @ApiProperty({ type: 'integer', description: 'incoming lines that no earlier file had' })
  created!: number;

  @ApiProperty({ type: 'integer', description: 'incoming lines that an earlier file had' })
  known!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  importedAt!: string;
}

export function statementView(statement: BankStatement): BankStatementView {
  const { id, lines, incoming, reversals, created, known, createdAt } = statement;
  return { id, lines, incoming, reversals, created, known, importedAt: createdAt.toISOString() };
}

/** A line without the payer's name and account. `payerOf` says how the payer of a proposed pledge is shown. */
export function bankLineView(
  { line, proposals }: LineWithProposals,
  payerOf: (personId: string) => string | null,
): BankLineView {
  return {
    id: line.id,
    serial: line.serial,
    occurredAt: line.occurredAt.toISOString(),
    amount: line.amount.toString(),
    payer: maskPayer(line.payer),
    remark: maskRemark(line),
    state: line.state,
    version: line.version,
    receiptId: line.receiptId,
    acceptedBy: line.acceptedBy,
    dismissal: line.dismissal,
    proposals: proposals.map(({ pledgeId, campaignId, payerId, expected, score, why }) => ({
      ...{ pledgeId, campaignId, payer: payerOf(payerId), expected: expected.toString(), score, why },
    })),
  };
}
