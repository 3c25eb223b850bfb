import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { partPattern, type PayoutPart } from '@hehuo/payment';
import { DECISION_KINDS, type BudgetView, type MilestoneDecision } from '@hehuo/settlement';
import { IsIdOf, IsProse, Optional } from '../http/validators.js';
import type { CampaignBudgetView, MilestoneDecisionView } from './milestone-views.dto.js';

export class ProposeDecisionBody {
  @ApiProperty({ enum: DECISION_KINDS })
  @IsIn(DECISION_KINDS)
  kind!: (typeof DECISION_KINDS)[number];

  @ApiProperty({
    type: String,
    example: 'milestone:2',
    description: '`milestone:` and its position, or `surplus`',
  })
  @Matches(partPattern, { message: 'must be "milestone:" and a position, or "surplus"' })
  part!: PayoutPart;

  @ApiProperty({ maxLength: 500, description: 'why, for everybody to read; no names of neighbours' })
  @IsProse({ min: 4, max: 500 })
  reason!: string;

  @Optional({ maxLength: 500, description: 'where the minutes, the notice or the vote are kept' })
  @IsProse({ min: 4, max: 500 })
  evidence?: string;

  @Optional({ example: 'pye_01…', description: 'who gets a surplus that is paid out' })
  @IsIdOf('pye')
  payeeId?: string;
}

export function budgetView({ parts, refundRuns }: BudgetView): CampaignBudgetView {
  return {
    parts: parts.map(({ part, title, state, budget, paidOut, givenBack, leftOver, rest }) => ({
      ...{ part, title, state, budget: budget.toString(), paidOut: paidOut.toString() },
      ...{ givenBack: givenBack.toString(), leftOver: leftOver.toString(), rest: rest.toString() },
    })),
    refunds: refundRuns.map(({ part, round, amount, requested, shares, state }) => ({
      ...{ part, round, amount: amount.toString(), requested: requested.toString(), shares, state },
    })),
  };
}

/** Reasons are public; who proposed and confirmed is in the log for those who audit. */
export function decisionView(decision: MilestoneDecision): MilestoneDecisionView {
  const { id, part, kind, reason, state, amount } = decision;
  return {
    ...{ id, part, kind, reason, state, amount: amount?.toString() ?? null },
    proposedAt: decision.createdAt.toISOString(),
    decidedAt: decision.decidedAt?.toISOString() ?? null,
  };
}
