import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { GATEWAYS } from '@hehuo/payment';

const instant = { type: String, format: 'date-time' } as const;
const STATUSES = ['to_pay', 'checking', 'paid', 'returning', 'returned', 'not_paid'] as const;

/** What the payer's screen does: follow `url`, show `text` as a code to scan, or hand `parameters` to WeChat. */
export class PayWayView {
  @ApiProperty({ enum: ['link', 'code', 'jsapi'] }) kind!: 'link' | 'code' | 'jsapi';
  @ApiProperty({ required: false }) url?: string;
  @ApiProperty({ required: false }) text?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' } })
  parameters?: Readonly<Record<string, string>>;
}

/** A payment as its payer sees it. */
export class ChargeView {
  @ApiProperty({ example: 'chg_01…' }) id!: string;
  @ApiProperty() pledgeId!: string;
  @ApiProperty() campaignId!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
  @ApiProperty() description!: string;
  @ApiProperty({ enum: STATUSES }) status!: (typeof STATUSES)[number];
  @ApiProperty({ enum: GATEWAYS }) gateway!: string;
  @ApiProperty({ type: PayWayView, nullable: true, description: 'null when there is nothing to pay' })
  pay!: PayWayView | null;
  @ApiProperty(instant) payBy!: string;
  @ApiProperty({ ...instant, nullable: true }) paidAt!: string | null;
  @ApiProperty({ description: 'fen that came' }) paid!: string;
  @ApiProperty({ description: 'fen that went back' }) returned!: string;
}

export class ChargeList {
  @ApiProperty({ type: [ChargeView] }) items!: ChargeView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

/** How far refunds are, without saying whose they are. */
export class RefundsInStateView {
  @ApiProperty({ enum: ['done', 'waiting', 'needs_human', 'under_way'] }) state!: string;
  @ApiProperty({ type: 'integer' }) refunds!: number;
  @ApiProperty({ description: 'fen' }) amount!: string;
}

export class RefundsProgressView {
  @ApiProperty({ type: [RefundsInStateView] }) items!: RefundsInStateView[];
  @ApiProperty({ type: String, nullable: true }) next!: null;
}
