import { ApiProperty } from '@nestjs/swagger';
import { RECEIPT_MACHINE, RECEIPT_METHODS, REFUND_MACHINE, STUCK } from '@hehuo/payment';
import { FileView } from '../files/files.dto.js';
import { PageEnd } from '../http/paging.js';

const instant = { type: String, format: 'date-time' } as const;

/** Money that came by hand. */
export class ReceiptView {
  @ApiProperty({ example: 'rct_01…' }) id!: string;
  @ApiProperty() pledgeId!: string;
  @ApiProperty() campaignId!: string;
  @ApiProperty({ type: String, nullable: true, example: '王**' }) payer!: string | null;
  @ApiProperty({ enum: RECEIPT_METHODS }) method!: string;
  @ApiProperty() receiptNumber!: string;
  @ApiProperty({ description: 'fen that were promised' }) expected!: string;
  @ApiProperty({ description: 'fen that came' }) amount!: string;
  @ApiProperty(instant) receivedAt!: string;
  @ApiProperty() evidence!: string;
  @ApiProperty({ type: [FileView] }) files!: FileView[];
  @ApiProperty({ enum: RECEIPT_MACHINE.states }) state!: string;
  @ApiProperty() enteredBy!: string;
  @ApiProperty({ type: String, nullable: true }) confirmedBy!: string | null;
  @ApiProperty({ type: String, nullable: true }) refusal!: string | null;
}

export class ReceiptList extends PageEnd {
  @ApiProperty({ type: [ReceiptView] }) items!: readonly ReceiptView[];
}

export class ReceiptAnswerView {
  @ApiProperty({ example: 'rct_01…' }) id!: string;
  @ApiProperty({ enum: RECEIPT_MACHINE.states }) state!: string;
}

/** Money on its way back, for those who look after it. */
export class RefundView {
  @ApiProperty({ example: 'rfd_01…' }) id!: string;
  @ApiProperty() chargeId!: string;
  @ApiProperty() pledgeId!: string;
  @ApiProperty() campaignId!: string;
  @ApiProperty() communityId!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
  @ApiProperty() reason!: string;
  @ApiProperty({ enum: REFUND_MACHINE.states }) state!: string;
  @ApiProperty({ enum: STUCK, nullable: true, description: 'why it waits for a person' })
  stuck!: string | null;
  @ApiProperty({ type: String, nullable: true }) stuckDetail!: string | null;
  @ApiProperty({ ...instant, nullable: true, description: 'since when the merchant account lacks the money' })
  waitingSince!: string | null;
  @ApiProperty({ description: 'the number that the gateway knows it by' }) number!: string;
  @ApiProperty() mayPayByHand!: boolean;
  @ApiProperty({ type: String, nullable: true }) voucher!: string | null;
  @ApiProperty({ type: String, nullable: true }) enteredBy!: string | null;
  @ApiProperty(instant) createdAt!: string;
  @ApiProperty({ ...instant, nullable: true }) doneAt!: string | null;
}

export class RefundList extends PageEnd {
  @ApiProperty({ type: [RefundView] }) items!: readonly RefundView[];
}
