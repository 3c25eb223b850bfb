import { ApiProperty } from '@nestjs/swagger';
import { BANK_LINE_STATES, SCORES, WHYS } from '@hehuo/payment';
import { PageEnd } from '../http/paging.js';

const instant = { type: String, format: 'date-time' } as const;

/** A pledge that a line of a bank statement may pay. */
export class BankProposalView {
  @ApiProperty() pledgeId!: string;
  @ApiProperty() campaignId!: string;
  @ApiProperty({ type: String, nullable: true, example: '王**' }) payer!: string | null;
  @ApiProperty({ description: 'fen that were promised' }) expected!: string;
  @ApiProperty({ enum: SCORES }) score!: string;
  @ApiProperty({ enum: WHYS, description: 'what of the line fits' }) why!: string;
}

export class BankLineView {
  @ApiProperty({ example: 'bkl_01…' }) id!: string;
  @ApiProperty({ type: String, nullable: true, description: 'the bank’s own number' }) serial!: string | null;
  @ApiProperty(instant) occurredAt!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
  @ApiProperty({ example: '王**' }) payer!: string;
  @ApiProperty({ description: 'masked but for a reference of ours' }) remark!: string;
  @ApiProperty({ enum: BANK_LINE_STATES }) state!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ type: String, nullable: true }) receiptId!: string | null;
  @ApiProperty({ type: String, nullable: true }) acceptedBy!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'why it pays no pledge' })
  dismissal!: string | null;
  @ApiProperty({ type: [BankProposalView] }) proposals!: BankProposalView[];
}

export class BankLineList extends PageEnd {
  @ApiProperty({ type: [BankLineView] }) items!: readonly BankLineView[];
}

export class AcceptedBankLineView {
  @ApiProperty({ example: 'rct_01…', description: 'waits for its second person' }) receiptId!: string;
  @ApiProperty({ enum: BANK_LINE_STATES }) state!: string;
}

export class BankLineAnswerView {
  @ApiProperty({ example: 'bkl_01…' }) id!: string;
  @ApiProperty({ enum: BANK_LINE_STATES }) state!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
}
