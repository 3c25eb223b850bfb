import { Injectable } from '@nestjs/common';
import { hasRole, type Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { SettlementError } from '../domain/errors.js';
import { SettlementStores } from '../store/settlement-stores.js';

/**
 * Lets a halted run check its books again, after the difference was explained and corrected by a transfer of its own.
 * Nothing is forced: where they still do not agree, it halts again.
 */
@Injectable()
export class ResumeRun {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: SettlementStores,
    private readonly outbox: Outbox,
  ) {}

  /** For a fund approver of the community. Throws `settlement_not_halted` when there is nothing to resume. */
  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly reason: string;
  }): Promise<void> {
    const known = await this.stores.runs.ofCampaign(input.campaignId);
    if (!known) throw new SettlementError('settlement_not_found', 'this campaign has not been settled yet');
    if (!hasRole(input.actor, 'fund_approver', known.communityId)) {
      throw new SettlementError('settlement_forbidden', 'only a fund approver of the community may do this');
    }
    await this.unitOfWork.run(async (tx) => {
      const run = await this.stores.runs.findForUpdate(tx, known.id);
      if (run?.state !== 'halted')
        throw new SettlementError('settlement_not_halted', 'this settlement is not halted');
      await this.stores.runs.changeState(tx, run, 'resume', { reason: input.reason });
      await this.outbox.add(tx, [{ topic: 'settlement.due', ref: input.campaignId }]);
    });
  }
}
