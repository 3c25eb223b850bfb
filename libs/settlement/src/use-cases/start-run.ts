import { Injectable } from '@nestjs/common';
import { HandOverPledges } from '@hehuo/campaign';
import { Clock, newId, Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { CloseCharges } from '@hehuo/payment';
import { SettlementStores } from '../store/settlement-stores.js';

/** Opens the run of a decided campaign. There is one a campaign; asked again, it does nothing. */
@Injectable()
export class StartRun {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly handOver: HandOverPledges,
    private readonly stores: SettlementStores,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly charges: CloseCharges,
  ) {}

  /** True when this call opened it. */
  async execute(campaignId: Id<'cmp'>): Promise<boolean> {
    const isStarted = await this.unitOfWork.run(async (tx) => {
      const given = await this.handOver.execute(tx, campaignId);
      if (!given) return false;
      await this.stores.runs.insert(tx, {
        id: newId('run', this.clock.now().getTime()),
        campaignId,
        communityId: given.communityId,
        decision: { outcome: given.outcome, paymentMode: given.paymentMode },
        metAsks: given.metAsks,
      });
      await this.outbox.add(tx, [{ topic: 'settlement.changed', ref: campaignId }]);
      return true;
    });
    // Nobody may pay for it any more; whoever still does gets it back as excess.
    if (isStarted) await this.charges.execute(campaignId);
    return isStarted;
  }
}
