import { ApiProperty } from '@nestjs/swagger';
import { CHANNEL_MACHINE, CHECK_STATES, GATEWAYS, KEY_STATES } from '@hehuo/payment';

const instant = { type: String, format: 'date-time' } as const;

/** What a gateway said when it was last asked whether it accepts the keys. */
export class CheckView {
  @ApiProperty({ enum: CHECK_STATES }) state!: string;
  @ApiProperty({ type: String, nullable: true, description: 'the gateway’s word' }) detail!: string | null;
  @ApiProperty({ ...instant, nullable: true }) at!: string | null;
}

/** One thing that a gateway asks of a merchant. */
export class KeyFieldView {
  @ApiProperty() name!: string;
  @ApiProperty({ description: 'never shown again' }) secret!: boolean;
  @ApiProperty() required!: boolean;
  @ApiProperty({ description: 'what it is' }) text!: string;
}

export class KeyRevisionView {
  @ApiProperty({ type: 'integer' }) revision!: number;
  @ApiProperty({ enum: KEY_STATES }) state!: string;
  @ApiProperty() enteredBy!: string;
  @ApiProperty({ type: CheckView }) check!: CheckView;
}

export class ChannelView {
  @ApiProperty({ example: 'chn_01…' }) id!: string;
  @ApiProperty() custodyAccountId!: string;
  @ApiProperty({ enum: GATEWAYS }) gateway!: string;
  @ApiProperty() merchantRef!: string;
  @ApiProperty({ enum: CHANNEL_MACHINE.states }) state!: string;
  @ApiProperty() proposedBy!: string;
  @ApiProperty({ type: String, nullable: true }) approvedBy!: string | null;
  @ApiProperty({ type: CheckView }) check!: CheckView;
  @ApiProperty({ type: [KeyFieldView] }) keyFields!: readonly KeyFieldView[];
  @ApiProperty({ type: [KeyRevisionView] }) keys!: KeyRevisionView[];
}

export class ChannelList {
  @ApiProperty({ type: [ChannelView] }) items!: ChannelView[];
  @ApiProperty({ type: String, nullable: true }) next!: null;
}

export class ChannelAnswerView {
  @ApiProperty({ example: 'chn_01…' }) id!: string;
  @ApiProperty({ enum: CHANNEL_MACHINE.states }) state!: string;
}

export class EnteredKeysView {
  @ApiProperty({ type: 'integer', description: 'counts the sets of keys of a channel' }) revision!: number;
}
