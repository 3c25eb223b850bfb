import { ApiProperty } from '@nestjs/swagger';
import { CUSTODY_MACHINE, GATEWAYS, OWNER_KINDS, PAY_SCENES } from '@hehuo/payment';
import { PageEnd } from '../http/paging.js';

const instant = { type: String, format: 'date-time' } as const;

export class PaymentWayView {
  @ApiProperty({ enum: GATEWAYS }) gateway!: string;
  @ApiProperty({ enum: PAY_SCENES, isArray: true, description: 'the first is taken where none is said' })
  scenes!: readonly string[];
}

/** Who holds money, as everybody may know it. */
export class CustodyAccountView {
  @ApiProperty({ example: 'cus_01…' }) id!: string;
  @ApiProperty() communityId!: string;
  @ApiProperty({ description: 'the legal body; never the platform' }) ownerName!: string;
  @ApiProperty({ enum: OWNER_KINDS }) ownerKind!: string;
  @ApiProperty({ enum: CUSTODY_MACHINE.states }) state!: string;
  @ApiProperty() takesOnlinePayment!: boolean;
  @ApiProperty({ type: [PaymentWayView] }) ways!: PaymentWayView[];
  @ApiProperty({ ...instant, nullable: true }) activeSince!: string | null;
}

export class CustodyAccountList extends PageEnd {
  @ApiProperty({ type: [CustodyAccountView] }) items!: readonly CustodyAccountView[];
}

export class CustodyAnswerView {
  @ApiProperty({ example: 'cus_01…' }) id!: string;
  @ApiProperty({ enum: CUSTODY_MACHINE.states }) state!: string;
}
