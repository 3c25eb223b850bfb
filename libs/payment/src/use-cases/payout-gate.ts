import { Injectable } from '@nestjs/common';
import type { Tx } from '@hehuo/kernel';
import { PaymentError } from '../domain/errors.js';
import { payeeHoldHours } from '../domain/payee.js';
import type { Payout, PayoutEvent, PayoutState } from '../domain/payout.js';
import { PayeeStore } from '../store/payee.store.js';
import { PayoutBlocks, PayoutBudgets } from './payout.port.js';
import { Trail } from './trail.js';

/** What stands between a payout and the money, checked in the transaction that would let it pass. */
@Injectable()
export class PayoutGate {
  constructor(
    private readonly payees: PayeeStore,
    private readonly budgets: PayoutBudgets,
    private readonly blocks: PayoutBlocks,
    private readonly trail: Trail,
  ) {}

  /** The account must be the one that was proposed, and confirmed. Keeps the payee locked; says whether its hold is over. */
  async assertSameAccount(tx: Tx, payout: Payout): Promise<{ readonly holdOver: boolean }> {
    const locked = await this.payees.lock(tx, payout.payeeId);
    if (locked?.payee.state !== 'confirmed' || locked.payee.accountVersion !== payout.accountVersion) {
      throw new PaymentError(
        'payee_changed',
        'the account of the payee was changed since this was proposed; withdraw it and propose it anew',
      );
    }
    return { holdOver: locked.holdOver };
  }

  /** Throws `payee_on_hold` during the hold, by the clock of the database. */
  async assertHoldOver(tx: Tx, payout: Payout): Promise<void> {
    const { holdOver } = await this.assertSameAccount(tx, payout);
    if (holdOver) return;
    throw new PaymentError(
      'payee_on_hold',
      `nothing is sent to an account in the first ${payeeHoldHours} hours after it was entered or changed`,
      { hours: payeeHoldHours, changedAt: payout.accountChangedAt.toISOString() },
    );
  }

  /** Throws `payout_blocked` with the reason, as long as somebody must explain the books of the account. */
  async assertNotBlocked(tx: Tx, { custodyAccountId }: Payout): Promise<void> {
    const reason = await this.blocks.find(tx, custodyAccountId);
    if (reason !== null) {
      throw new PaymentError('payout_blocked', 'nothing may leave this custody account now', { reason });
    }
  }

  /** Throws `payout_exceeds_budget` when others were first. */
  async take(tx: Tx, { campaignId, part, amount }: Payout): Promise<void> {
    if (await this.budgets.take(tx, campaignId, part, amount)) return;
    throw new PaymentError(
      'payout_exceeds_budget',
      'this part of the money does not hold that much any more',
    );
  }

  async putBack(
    tx: Tx,
    { campaignId, part, amount }: Pick<Payout, 'campaignId' | 'part' | 'amount'>,
  ): Promise<void> {
    await this.budgets.putBack(tx, campaignId, part, amount);
  }

  async leave(
    tx: Tx,
    { id, campaignId, state }: Payout,
    to: PayoutState,
    event: PayoutEvent,
    reason: string | null = null,
  ): Promise<void> {
    const change = { objectType: 'payout', objectId: id, from: state, to, event };
    await this.trail.leave(
      tx,
      [reason === null ? change : { ...change, reason }],
      [{ topic: 'payout.changed', ref: campaignId }],
    );
  }
}
