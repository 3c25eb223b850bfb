import { ApiProperty } from '@nestjs/swagger';
import {
  BILL_DAY_STATES,
  BILL_LINE_KINDS,
  DIFFERENCE_KINDS,
  DIFFERENCE_STATES,
  GATEWAYS,
  LINE_VERDICTS,
  RESOLUTIONS,
} from '@hehuo/payment';
import { PageEnd } from '../http/paging.js';

const instant = { type: String, format: 'date-time' } as const;

/** What the gateway's bill says of a day. Sums are fen. */
export class BillSumsView {
  @ApiProperty() payments!: string;
  @ApiProperty() refunds!: string;
  @ApiProperty() fees!: string;
  @ApiProperty({ description: 'what later bills corrected of fees' }) feeCorrections!: string;
  @ApiProperty({ type: 'integer' }) lines!: number;
}

/** What our books say of the same day. Sums are fen. */
export class BookSumsView {
  @ApiProperty() payments!: string;
  @ApiProperty() refunds!: string;
}

export class ForgoneBillView {
  @ApiProperty() reason!: string;
  @ApiProperty() proposedBy!: string;
  @ApiProperty({ type: String, nullable: true }) confirmedBy!: string | null;
}

export class BillDayView {
  @ApiProperty({ example: 'bld_01…' }) id!: string;
  @ApiProperty({ enum: GATEWAYS }) gateway!: string;
  @ApiProperty() merchantRef!: string;
  @ApiProperty({ type: String, format: 'date', description: 'in the zone of the gateway’s bills' })
  day!: string;
  @ApiProperty(instant) startsAt!: string;
  @ApiProperty({ ...instant, description: 'the first instant of the next day' }) endsAt!: string;
  @ApiProperty({ enum: BILL_DAY_STATES }) state!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ type: String, nullable: true, description: 'what the gateway said last' })
  lastAnswer!: string | null;
  @ApiProperty({ type: 'integer' }) openDifferences!: number;
  @ApiProperty({ type: ForgoneBillView, nullable: true }) withoutBill!: ForgoneBillView | null;
  @ApiProperty({ type: BillSumsView }) bill!: BillSumsView;
  @ApiProperty({ type: BookSumsView }) books!: BookSumsView;
}

export class BillDayList extends PageEnd {
  @ApiProperty({ type: [BillDayView] }) items!: readonly BillDayView[];
}

/** One line of a bill and what was found about it. */
export class BillLineView {
  @ApiProperty({ type: 'integer' }) lineNo!: number;
  @ApiProperty({ type: 'integer', description: 'which telling of the bill has it' }) edition!: number;
  @ApiProperty({ enum: BILL_LINE_KINDS }) kind!: string;
  @ApiProperty({ enum: LINE_VERDICTS, nullable: true, description: 'null: not compared yet' })
  verdict!: string | null;
  @ApiProperty({ type: String, nullable: true }) ourNumber!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'of a refund: the number of its order' })
  orderNumber!: string | null;
  @ApiProperty() gatewayNumber!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
  @ApiProperty({ description: 'the money came in' }) incoming!: boolean;
  @ApiProperty({ description: 'fen that the gateway kept' }) fee!: string;
  @ApiProperty({ type: String, nullable: true, description: 'fen that were booked as fee before' })
  feeBefore!: string | null;
  @ApiProperty(instant) at!: string;
  @ApiProperty({ type: String, nullable: true }) custodyAccountId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'our payment or refund' })
  objectId!: string | null;
}

export class BillDayPage extends BillDayView {
  @ApiProperty({ type: [BillLineView] }) items!: readonly BillLineView[];
  @ApiProperty({ type: String, nullable: true, description: 'pass it as `cursor`; null on the last page' })
  next!: string | null;
}

export class BillDayAnswerView {
  @ApiProperty({ example: 'bld_01…' }) id!: string;
  @ApiProperty({ enum: BILL_DAY_STATES }) state!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
}

export class ExplanationView {
  @ApiProperty({ enum: RESOLUTIONS }) resolution!: string;
  @ApiProperty({ type: String, nullable: true }) campaignId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'the name that it is carried under' })
  openItem!: string | null;
  @ApiProperty() reason!: string;
  @ApiProperty() evidence!: string;
}

/** What books and bill do not agree on. Sums are fen. */
export class DifferenceView {
  @ApiProperty({ example: 'dif_01…' }) id!: string;
  @ApiProperty() billDayId!: string;
  @ApiProperty({ type: 'integer', nullable: true }) lineNo!: number | null;
  @ApiProperty({ enum: DIFFERENCE_KINDS }) kind!: string;
  @ApiProperty() custodyAccountId!: string;
  @ApiProperty() communityId!: string;
  @ApiProperty({ type: String, nullable: true }) objectId!: string | null;
  @ApiProperty({ type: String, nullable: true }) ourNumber!: string | null;
  @ApiProperty({ type: String, nullable: true }) gatewayNumber!: string | null;
  @ApiProperty({ type: String, nullable: true }) billed!: string | null;
  @ApiProperty({ type: String, nullable: true }) booked!: string | null;
  @ApiProperty({ description: 'what it brought into suspense; negative for what left it' })
  inSuspense!: string;
  @ApiProperty({ type: String, nullable: true }) detail!: string | null;
  @ApiProperty({ enum: DIFFERENCE_STATES }) state!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ type: ExplanationView, nullable: true }) explanation!: ExplanationView | null;
  @ApiProperty({ type: String, nullable: true }) explainedBy!: string | null;
  @ApiProperty({ type: String, nullable: true }) confirmedBy!: string | null;
  @ApiProperty(instant) createdAt!: string;
}

export class DifferenceList extends PageEnd {
  @ApiProperty({ type: [DifferenceView] }) items!: readonly DifferenceView[];
}

export class DifferenceAnswerView {
  @ApiProperty({ example: 'dif_01…' }) id!: string;
  @ApiProperty({ enum: DIFFERENCE_STATES }) state!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
}
