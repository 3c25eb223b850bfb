import { ApiProperty, OmitType } from '@nestjs/swagger';
import { KINDS, PLEDGE_STATES, RELEASE_REASONS } from '@hehuo/campaign';
import { BoundPoolView } from './match-views.dto.js';

const instant = { type: String, format: 'date-time' } as const;

/** A promise as whoever made it sees it. */
export class PledgeView {
  @ApiProperty({ example: 'plg_01…' }) id!: string;
  @ApiProperty() campaignId!: string;
  @ApiProperty() askId!: string;
  @ApiProperty({ type: String, nullable: true }) slotId!: string | null;
  @ApiProperty({ enum: KINDS }) kind!: string;
  @ApiProperty({ example: '120', description: 'in the unit of its ask' }) quantity!: string;
  @ApiProperty({ type: 'integer', description: 'how many people come' }) places!: number;
  @ApiProperty({ enum: PLEDGE_STATES }) state!: string;
  @ApiProperty({ description: 'the public sees no name' }) anonymous!: boolean;
  @ApiProperty({ description: 'entered by staff or a trusted neighbour' }) onBehalf!: boolean;
  @ApiProperty({ ...instant, nullable: true, description: 'until when its money is awaited' })
  payBy!: string | null;
  @ApiProperty(instant) createdAt!: string;
}

export class PledgeList {
  @ApiProperty({ type: [PledgeView] }) items!: PledgeView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

/** What to write on a transfer, and to whom, in a campaign that takes money by hand. */
export class PayByHandView {
  @ApiProperty({ description: 'what to write on the transfer' }) reference!: string;
  @ApiProperty({ description: 'the legal body that takes it' }) accountOwner!: string;
  @ApiProperty({ description: 'fen' }) amount!: string;
  @ApiProperty({ ...instant, nullable: true }) until!: string | null;
}

export class OwnPledgeView extends PledgeView {
  @ApiProperty({ type: String, nullable: true, description: 'the idea, on planning' }) text!: string | null;
  @ApiProperty({ type: PayByHandView, nullable: true }) payByHand!: PayByHandView | null;
}

/** A promise as everybody sees it. */
export class PublicPledgeView {
  @ApiProperty({ example: 'plg_01…' }) id!: string;
  @ApiProperty() askId!: string;
  @ApiProperty({ enum: KINDS }) kind!: string;
  @ApiProperty() quantity!: string;
  @ApiProperty({ enum: PLEDGE_STATES }) state!: string;
  @ApiProperty({ description: 'entered by staff or a trusted neighbour' }) onBehalf!: boolean;
  @ApiProperty({ type: String, nullable: true, example: '王**', description: 'null: an anonymous neighbour' })
  name!: string | null;
  @ApiProperty(instant) createdAt!: string;
}

export class PublicPledgeList {
  @ApiProperty({ type: [PublicPledgeView] }) items!: PublicPledgeView[];
  @ApiProperty({ type: String, nullable: true }) next!: string | null;
}

export class AskVerdictView {
  @ApiProperty() askId!: string;
  @ApiProperty({ enum: KINDS }) kind!: string;
  @ApiProperty() title!: string;
  @ApiProperty() required!: boolean;
  @ApiProperty() met!: boolean;
  @ApiProperty() minimum!: string;
  @ApiProperty() wanted!: string;
  @ApiProperty() promised!: string;
  @ApiProperty({ description: 'money that the custodian has' }) held!: string;
  @ApiProperty({ description: 'what counts towards the minimum' }) counted!: string;
  @ApiProperty({ description: 'what is missing to the minimum' }) short!: string;
}

/** The same, as it was frozen with a decision. */
export class FrozenAskView extends AskVerdictView {
  @ApiProperty({ description: 'pledges that counted' }) pledges!: string;
}

/** What a pool would do if the campaign closed now. */
export class ForecastMatchView extends OmitType(BoundPoolView, ['residents'] as const) {
  @ApiProperty({ description: 'what residents promised themselves, of the matched kinds' })
  residents!: string;
  @ApiProperty({ enum: ['confirmed', ...RELEASE_REASONS] }) ifItClosedNow!: string;
}

export class ForecastView {
  @ApiProperty() campaignId!: string;
  @ApiProperty({ enum: ['succeeded', 'collecting', 'failed'], description: 'if it closed now' })
  outcome!: string;
  @ApiProperty({ type: [AskVerdictView] }) asks!: AskVerdictView[];
  @ApiProperty({ type: [ForecastMatchView], description: 'what match pools would do' })
  matches!: ForecastMatchView[];
}
