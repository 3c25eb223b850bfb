import { Injectable } from '@nestjs/common';
import { MatchBindingStore } from '@hehuo/campaign';
import { Clock, newId, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isMilestone } from '../domain/milestone.js';
import { collectedMoney, reportOf } from '../domain/report.js';
import { SettlementStores } from '../store/settlement-stores.js';
import { OpenBudgets } from './open-budgets.js';

/**
 * Budgets for campaigns that were settled, or whose match was received, before budgets existed. Nothing of their money
 * can have left since, because payouts and refund runs are taken out of budgets: the whole is split as it would have been.
 */
@Injectable()
export class FillBudgets {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: SettlementStores,
    private readonly matches: MatchBindingStore,
    private readonly budgets: OpenBudgets,
    private readonly clock: Clock,
  ) {}

  /** Settled campaigns behind `after`, by id, whether they lack a budget or not. */
  settled(after: string, limit: number): Promise<Id<'cmp'>[]> {
    return this.stores.runs.settled(after, limit);
  }

  /** True when something was written; a repetition, or another process that was faster, leaves nothing to do. */
  async execute(campaignId: Id<'cmp'>): Promise<boolean> {
    const known = await this.stores.runs.ofCampaign(campaignId);
    if (known?.state !== 'done') return false;
    return this.unitOfWork.run(async (tx) => {
      // The matches first, as a receipt does it, so that money of a donor that comes just now is counted once.
      const bound = await this.matches.lockOfCampaign(tx, campaignId);
      await this.stores.runs.findForUpdate(tx, known.id);
      const parts = await this.stores.milestones.lock(tx, campaignId);
      const received = bound
        .filter(({ pool }) => pool.unit === 'fen')
        .reduce((sum, { binding }) => sum + binding.received, 0n);
      const matched = received - (parts.find(({ part }) => part === 'matched')?.budget ?? 0n);
      const paid = parts.some(({ part }) => isMilestone(part)) ? 0n : await this.paid(tx, known.id);
      if (paid > 0n) await this.budgets.execute(tx, campaignId, paid);
      if (matched > 0n) {
        const id = newId('mbg', this.clock.now().getTime());
        await this.stores.milestones.addMatched(tx, campaignId, id, matched);
      }
      return paid > 0n || matched > 0n;
    });
  }

  private async paid(tx: Tx, runId: Id<'run'>): Promise<bigint> {
    return collectedMoney(reportOf(await this.stores.items.groups(runId, tx)));
  }
}
