import { Injectable } from '@nestjs/common';
import { GoalStore } from '@hehuo/campaign';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { splitBudget } from '../domain/milestone.js';
import { MilestoneStore } from '../store/milestone.store.js';

/** Splits what became payable over the milestones, once, in the transaction that ends the settlement. */
@Injectable()
export class OpenBudgets {
  constructor(
    private readonly goal: GoalStore,
    private readonly milestones: MilestoneStore,
    private readonly clock: Clock,
  ) {}

  /** `payable` in fen. A campaign without money gets none. */
  async execute(tx: Tx, campaignId: Id<'cmp'>, payable: bigint): Promise<void> {
    if (payable === 0n) return;
    const budgets = splitBudget(payable, await this.goal.milestones(campaignId, tx));
    const nowMs = this.clock.now().getTime();
    await this.milestones.insert(
      tx,
      campaignId,
      budgets.map((budget) => ({ ...budget, id: newId('mbg', nowMs) })),
    );
  }
}
