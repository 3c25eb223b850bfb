import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hehuo/kernel';
import { dueOf, MATCH_BINDING_MACHINE, takesReceipt } from '../../domain/match-binding.js';
import { MatchError } from '../../domain/match-errors.js';
import { CampaignStore } from '../../store/campaign.store.js';
import { MatchStores } from '../../store/match-stores.js';
import { lockedBinding, type MatchOfCampaign } from './receipt-of-match.js';

export interface EnterMatchReceiptInput extends MatchOfCampaign {
  /** Fen that came; exactly what is due. After a write-off at most what was confirmed: all of it goes back to the donor. */
  readonly amount: bigint;
  /** Number of the bank's or the cash box's voucher. */
  readonly voucher: string;
  readonly evidence: string;
  readonly receivedAt: Date;
}

/** Staff writes down that the donor's money came to the custodian. It counts when another person confirms it. */
@Injectable()
export class EnterMatchReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    readonly campaigns: CampaignStore,
    readonly stores: MatchStores,
  ) {}

  /** Throws `match_receipt_invalid` for another sum than is due or a day ahead, and `state_conflict` when nothing is due. */
  async execute(input: EnterMatchReceiptInput): Promise<void> {
    const { actor, amount, voucher, evidence, receivedAt } = input;
    await this.uow.run(async (tx) => {
      const { binding } = await lockedBinding(tx, this, input, ['community_staff']);
      const isEntered = binding.state === 'receipt_entered' || binding.state === 'late_entered';
      const known = isEntered ? binding.receipt : null;
      // A lost answer may be asked for again by the same person.
      if (known?.enteredBy === actor.personId && known.voucher === voucher && amount === known.amount) return;
      MATCH_BINDING_MACHINE.next(binding.state, 'enter_receipt');
      const now = await this.campaigns.now(tx);
      if (!takesReceipt(binding, amount) || receivedAt > now) {
        const isLate = binding.state === 'written_off';
        const sum = isLate ? binding.confirmed : dueOf(binding);
        const words = isLate ? `at most ${sum} fen were awaited` : `exactly ${sum} fen are due`;
        throw new MatchError('match_receipt_invalid', `${words}, and not ahead of today`, {
          due: sum.toString(),
        });
      }
      await this.stores.bindings.changeState(tx, binding, 'enter_receipt', {
        ...{ receipt_amount: amount, voucher, evidence, receipt_at: receivedAt, entered_by: actor.personId },
      });
    });
  }
}
