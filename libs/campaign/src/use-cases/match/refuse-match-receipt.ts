import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hehuo/kernel';
import { MatchError } from '../../domain/match-errors.js';
import { checkReason } from '../../domain/reason.js';
import { CampaignStore } from '../../store/campaign.store.js';
import { MatchStores } from '../../store/match-stores.js';
import { lockedBinding, type MatchOfCampaign } from './receipt-of-match.js';

/** A second person did not find the money. The sum is due again, or written off again; who entered what stays in the log. */
@Injectable()
export class RefuseMatchReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    readonly campaigns: CampaignStore,
    readonly stores: MatchStores,
  ) {}

  async execute(input: MatchOfCampaign & { readonly reason: string }): Promise<void> {
    checkReason(input.reason);
    await this.uow.run(async (tx) => {
      const { binding } = await lockedBinding(tx, this, input, ['community_staff', 'fund_approver']);
      if (binding.receipt?.enteredBy === input.actor.personId) {
        throw new MatchError('match_same_person', 'somebody else than who entered it looks at it');
      }
      const empty = {
        receipt_amount: null,
        voucher: null,
        evidence: null,
        receipt_at: null,
        entered_by: null,
      };
      await this.stores.bindings.changeState(tx, binding, 'refuse_receipt', empty, input.reason);
    });
  }
}
