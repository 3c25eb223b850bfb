import { Injectable } from '@nestjs/common';
import { Outbox, type Tx } from '@hehuo/kernel';
import { Ledger, transferId } from '@hehuo/ledger';
import { owedToDonor } from '../../domain/match-return.js';
import { MatchError } from '../../domain/match-errors.js';
import { CampaignStore } from '../../store/campaign.store.js';
import { MatchStores } from '../../store/match-stores.js';
import { lockedBinding, type MatchOfCampaign } from './receipt-of-match.js';

export interface MatchMoney {
  /** Fen that came. */
  readonly amount: bigint;
  /** Of them, what its payers had back already when it came. */
  readonly toDonor: bigint;
}

/**
 * A second person confirms that a donor's money came; from then on it belongs to the campaign and is booked, once. Runs in
 * the transaction of the settlement, which keeps the budgets that the money joins.
 */
@Injectable()
export class ConfirmMatchReceipt {
  constructor(
    readonly campaigns: CampaignStore,
    readonly stores: MatchStores,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
  ) {}

  /** What came, null for a repetition. Throws `match_same_person`, `match_forbidden`, `match_not_bound`, `state_conflict`. */
  async execute(tx: Tx, input: MatchOfCampaign): Promise<MatchMoney | null> {
    const { actor, campaignId, poolId } = input;
    const { binding, campaign } = await lockedBinding(tx, this, input, ['community_staff', 'fund_approver']);
    if (binding.receipt?.enteredBy === actor.personId) {
      throw new MatchError('match_same_person', 'somebody else than who entered it confirms it');
    }
    const isConfirmed = binding.state === 'received' || binding.state === 'late_received';
    if (isConfirmed && binding.receipt?.confirmedBy === actor.personId) return null;
    if (campaign.custodyAccountId === null) {
      throw new MatchError('match_receipt_invalid', 'this campaign names no account that holds money');
    }
    const amount = binding.receipt?.amount ?? 0n;
    await this.stores.bindings.changeState(tx, binding, 'confirm_receipt', {
      ...{ received: amount, confirmed_by: actor.personId },
    });
    const toDonor = owedToDonor({ ...binding, received: amount });
    await this.stores.pools.move(tx, poolId, { spent: amount - toDonor });
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
    return { amount, toDonor };
  }
}
