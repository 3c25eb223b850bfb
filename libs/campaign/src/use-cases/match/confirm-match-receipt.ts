import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork } from '@hehuo/kernel';
import { Ledger, transferId } from '@hehuo/ledger';
import { MatchError } from '../../domain/match-errors.js';
import { CampaignStore } from '../../store/campaign.store.js';
import { MatchStores } from '../../store/match-stores.js';
import { lockedBinding, type MatchOfCampaign } from './receipt-of-match.js';

/** A second person confirms that a donor's money came; from then on it belongs to the campaign and is booked, once. */
@Injectable()
export class ConfirmMatchReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    readonly campaigns: CampaignStore,
    readonly stores: MatchStores,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
  ) {}

  /** Throws `match_same_person`, `match_forbidden`, `match_not_bound` or `state_conflict`. */
  async execute(input: MatchOfCampaign): Promise<void> {
    const { actor, campaignId, poolId } = input;
    await this.uow.run(async (tx) => {
      const { binding, campaign } = await lockedBinding(tx, this, input, [
        'community_staff',
        'fund_approver',
      ]);
      if (binding.receipt?.enteredBy === actor.personId) {
        throw new MatchError('match_same_person', 'somebody else than who entered it confirms it');
      }
      if (binding.state === 'received' && binding.receipt?.confirmedBy === actor.personId) return;
      if (campaign.custodyAccountId === null) {
        throw new MatchError('match_receipt_invalid', 'this campaign names no account that holds money');
      }
      const amount = binding.confirmed;
      await this.stores.bindings.changeState(tx, binding, 'confirm_receipt', {
        ...{ received: amount, confirmed_by: actor.personId },
      });
      await this.stores.pools.move(tx, poolId, { spent: amount });
      await this.ledger.post(tx, [
        {
          id: transferId(`match:${binding.id}:received`),
          kind: 'single',
          debit: { unit: 'fen', code: 'cash_clearing', owner: campaign.custodyAccountId },
          credit: { unit: 'fen', code: 'payable', owner: campaignId },
          amount,
          reason: 'match-received',
          ref: binding.id,
        },
      ]);
      await this.outbox.add(tx, [
        { topic: 'match.changed', ref: poolId },
        { topic: 'settlement.changed', ref: campaignId },
      ]);
    });
  }
}
