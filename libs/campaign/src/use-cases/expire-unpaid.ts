import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { PledgeStores } from '../store/pledge-stores.js';
import { DecisionBook } from './decision-book.js';

/**
 * Gives the room of promises back that were to be paid at once and were not in their time. The caller has closed their
 * orders at the gateway. Money that comes all the same finds its pledge gone, is excess and goes back.
 */
@Injectable()
export class ExpireUnpaid {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: PledgeStores,
    private readonly book: DecisionBook,
    private readonly outbox: Outbox,
  ) {}

  /** How many expired. Those paid or withdrawn meanwhile stay as they are; after the deadline the decision ends them. */
  async execute(campaignId: Id<'cmp'>, pledgeIds: readonly Id<'plg'>[]): Promise<number> {
    if (pledgeIds.length === 0) return 0;
    return this.unitOfWork.run(async (tx) => {
      const head = await this.stores.intake.lockHead(tx, campaignId);
      if (head?.state !== 'open' || head.deadlinePassed) return 0;
      const expired = await this.book.expire(tx, campaignId, pledgeIds);
      if (expired > 0) await this.outbox.add(tx, [{ topic: 'pledges.changed', ref: campaignId }]);
      return expired;
    });
  }
}
