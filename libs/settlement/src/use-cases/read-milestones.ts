import { Injectable } from '@nestjs/common';
import { GoalStore } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { SettlementError } from '../domain/errors.js';
import type { MilestoneDecision } from '../domain/milestone-decision.js';
import { restOf, type MilestoneBudget } from '../domain/milestone.js';
import type { RefundRun } from '../domain/refund-run.js';
import { MilestoneDecisionStore } from '../store/milestone-decision.store.js';
import { SettlementStores } from '../store/settlement-stores.js';

export interface MilestoneView extends MilestoneBudget {
  readonly title: string | null;
  /** Fen that may still be paid out, or are left over. */
  readonly rest: bigint;
}

export interface BudgetView {
  readonly parts: readonly MilestoneView[];
  readonly refundRuns: readonly RefundRun[];
}

/** Where a campaign's money went, milestone by milestone, for everybody. */
@Injectable()
export class ReadMilestones {
  constructor(
    private readonly goal: GoalStore,
    private readonly stores: SettlementStores,
    private readonly decisions: MilestoneDecisionStore,
  ) {}

  /** Throws `milestone_not_found` before the campaign is settled, and where no money was collected. */
  async execute(campaignId: Id<'cmp'>): Promise<BudgetView> {
    const [budgets, steps, refundRuns] = await Promise.all([
      this.stores.milestones.ofCampaign(campaignId),
      this.goal.milestones(campaignId),
      this.stores.refundRuns.ofCampaign(campaignId),
    ]);
    if (budgets.length === 0) {
      throw new SettlementError('milestone_not_found', 'this campaign has no money to spend, or not yet');
    }
    const titles = new Map(steps.map(({ position, title }) => [position, title]));
    const parts = budgets.map((budget) => ({
      ...budget,
      title: budget.position === null ? null : (titles.get(budget.position) ?? null),
      rest: restOf(budget),
    }));
    return { parts, refundRuns };
  }

  /** Decisions about milestones and the surplus, the oldest first. */
  decisionsOf(campaignId: Id<'cmp'>, after: string | null, limit: number): Promise<MilestoneDecision[]> {
    return this.decisions.ofCampaign(campaignId, after, limit);
  }
}
