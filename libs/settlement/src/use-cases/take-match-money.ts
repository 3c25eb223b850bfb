import { Injectable } from '@nestjs/common';
import { ConfirmMatchReceipt } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { Clock, newId, UnitOfWork, type Id } from '@hehuo/kernel';
import { MilestoneStore } from '../store/milestone.store.js';

/** A donor's money came: it is booked, and joins what may be paid out as a part of its own, in one transaction. */
@Injectable()
export class TakeMatchMoney {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly confirm: ConfirmMatchReceipt,
    private readonly milestones: MilestoneStore,
    private readonly clock: Clock,
  ) {}

  /** Throws what {@link ConfirmMatchReceipt} throws. */
  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly poolId: Id<'mpl'>;
  }): Promise<void> {
    await this.uow.run(async (tx) => {
      const money = await this.confirm.execute(tx, input);
      if (!money) return;
      const { campaignId } = input;
      const budgetId = () => newId('mbg', this.clock.now().getTime());
      await this.milestones.addMatched(tx, campaignId, budgetId(), money.amount);
      if (money.toDonor > 0n) await this.milestones.returnMatched(tx, campaignId, budgetId(), money.toDonor);
    });
  }
}
