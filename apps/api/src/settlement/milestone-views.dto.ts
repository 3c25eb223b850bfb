import { ApiProperty } from '@nestjs/swagger';
import { DECISION_KINDS, DECISION_MACHINE, MILESTONE_MACHINE, REFUND_RUN_MACHINE } from '@hehuo/settlement';
import { PageEnd } from '../http/paging.js';

const instant = { type: String, format: 'date-time' } as const;

/** What one milestone may cost and where it went. Sums are fen. */
export class BudgetPartView {
  @ApiProperty({ example: 'milestone:2' }) part!: string;
  @ApiProperty({ type: String, nullable: true }) title!: string | null;
  @ApiProperty({ enum: MILESTONE_MACHINE.states }) state!: string;
  @ApiProperty() budget!: string;
  @ApiProperty() paidOut!: string;
  @ApiProperty({ description: 'back to the payers' }) givenBack!: string;
  @ApiProperty({ description: 'what it did not need' }) leftOver!: string;
  @ApiProperty({ description: 'what may still be paid out, or is left over' }) rest!: string;
}

/** Money that goes back to all payers in their shares. Sums are fen. */
export class RefundRunView {
  @ApiProperty({ example: 'surplus' }) part!: string;
  @ApiProperty({ type: 'integer' }) round!: number;
  @ApiProperty() amount!: string;
  @ApiProperty({ description: 'asked back so far' }) requested!: string;
  @ApiProperty({ type: 'integer', description: 'payers' }) shares!: number;
  @ApiProperty({ enum: REFUND_RUN_MACHINE.states }) state!: string;
}

export class CampaignBudgetView {
  @ApiProperty({ type: [BudgetPartView] }) parts!: BudgetPartView[];
  @ApiProperty({ type: [RefundRunView] }) refunds!: RefundRunView[];
}

export class MilestoneDecisionView {
  @ApiProperty({ example: 'mdc_01…' }) id!: string;
  @ApiProperty({ example: 'milestone:2' }) part!: string;
  @ApiProperty({ enum: DECISION_KINDS }) kind!: string;
  @ApiProperty() reason!: string;
  @ApiProperty({ enum: DECISION_MACHINE.states }) state!: string;
  @ApiProperty({ type: String, nullable: true, description: 'fen that it moved, once it is confirmed' })
  amount!: string | null;
  @ApiProperty(instant) proposedAt!: string;
  @ApiProperty({ ...instant, nullable: true }) decidedAt!: string | null;
}

export class MilestoneDecisionList extends PageEnd {
  @ApiProperty({ type: [MilestoneDecisionView] }) items!: readonly MilestoneDecisionView[];
}

export class DecisionAnswerView {
  @ApiProperty({ example: 'mdc_01…' }) id!: string;
  @ApiProperty({ enum: DECISION_MACHINE.states }) state!: string;
}
