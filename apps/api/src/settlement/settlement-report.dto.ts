import { ApiProperty } from '@nestjs/swagger';
import { KINDS } from '@hehuo/campaign';
import { ACTIONS, ITEM_MACHINE } from '@hehuo/settlement';
import { PageEnd } from '../http/paging.js';
import { BoundPoolView } from '../campaign/match-views.dto.js';

const instant = { type: String, format: 'date-time' } as const;

export class TallyView {
  @ApiProperty({ type: 'integer' }) pledges!: number;
  @ApiProperty({ description: 'in the unit of the ask' }) quantity!: string;
}

/** One ask: what was promised and where all of it went. */
export class AskReportView {
  @ApiProperty() askId!: string;
  @ApiProperty({ enum: KINDS }) kind!: string;
  @ApiProperty({ type: TallyView }) pledged!: TallyView;
  @ApiProperty({ type: TallyView, description: 'kept' }) collected!: TallyView;
  @ApiProperty({ type: TallyView, description: 'not paid in time' }) dropped!: TallyView;
  @ApiProperty({ type: TallyView }) refunded!: TallyView;
  @ApiProperty({ type: TallyView, description: 'void, because the goal was missed' }) released!: TallyView;
  @ApiProperty({ type: TallyView, description: 'not settled yet' }) open!: TallyView;
}

export class SettlementProgressView {
  @ApiProperty({ type: 'integer' }) items!: number;
  @ApiProperty({ type: 'integer' }) due!: number;
  @ApiProperty({ type: 'integer' }) waiting!: number;
  @ApiProperty({ type: 'integer' }) done!: number;
  @ApiProperty({ type: 'integer' }) needsHuman!: number;
}

export class DecisionView {
  @ApiProperty({ enum: ['succeeded', 'failed'] }) outcome!: string;
  @ApiProperty({ type: String, nullable: true, description: 'null where it asked for no money' })
  paymentMode!: string | null;
}

export class SettlementReportView {
  @ApiProperty() campaignId!: string;
  @ApiProperty({ type: DecisionView }) decision!: DecisionView;
  @ApiProperty({ example: 'done' }) state!: string;
  @ApiProperty({ type: String, nullable: true, description: 'why it stopped for a person to look' })
  haltedReason!: string | null;
  @ApiProperty(instant) startedAt!: string;
  @ApiProperty({ ...instant, nullable: true }) doneAt!: string | null;
  @ApiProperty({ type: SettlementProgressView }) progress!: SettlementProgressView;
  @ApiProperty({ type: [AskReportView] }) asks!: AskReportView[];
  @ApiProperty({ type: [BoundPoolView], description: 'what match pools did' }) matches!: BoundPoolView[];
  @ApiProperty({ description: 'fen that went back after the settlement' }) givenBackAfterwards!: string;
}

/** A pledge that settlement could not end by itself. */
export class UnsettledItemView {
  @ApiProperty() pledgeId!: string;
  @ApiProperty() askId!: string;
  @ApiProperty({ enum: KINDS }) kind!: string;
  @ApiProperty({ description: 'in the unit of the ask' }) quantity!: string;
  @ApiProperty({ enum: ACTIONS, nullable: true, description: 'null: no rule fits' }) action!: string | null;
  @ApiProperty({ enum: ITEM_MACHINE.states }) state!: string;
  @ApiProperty({ type: String, nullable: true }) reason!: string | null;
}

export class UnsettledList extends PageEnd {
  @ApiProperty({ type: [UnsettledItemView] }) items!: readonly UnsettledItemView[];
}
