import { Injectable } from '@nestjs/common';
import type { Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import { sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { PAYOUT_MACHINE, type Payout } from '../domain/payout.js';
import { PayoutStore } from '../store/payout.store.js';
import { ActOnce } from './act-once.js';
import { Moved } from './again.js';
import type { PayoutInput } from './approve-payout.js';
import { PayoutAccess } from './payout-access.js';
import { payoutUndone } from './payout-bookings.js';
import { PayoutGate } from './payout-gate.js';
import type { PayoutAnswer } from './propose-payout.js';

export interface DropPayoutInput extends PayoutInput {
  readonly reason: string;
}

/** Ends a payout before it is sent: an approver refuses it, or whoever asked for it takes it back. */
@Injectable()
export class DropPayout {
  constructor(
    private readonly acts: ActOnce,
    private readonly access: PayoutAccess,
    private readonly payouts: PayoutStore,
    private readonly gate: PayoutGate,
    private readonly ledger: Ledger,
  ) {}

  /** For fund approvers. */
  async refuse(input: DropPayoutInput): Promise<PayoutAnswer> {
    const { communityId } = await this.access.payout(input.actor, input.payoutId);
    requireOneOf(input.actor, ['fund_approver'], communityId);
    return this.acts.run('payout.refuse', input, (tx) => this.drop(tx, input, 'refuse'));
  }

  /** For the proposer and staff; once it is released, for fund approvers, because the books move back. */
  async withdraw(input: DropPayoutInput): Promise<PayoutAnswer> {
    await this.access.payout(input.actor, input.payoutId);
    return this.acts.run('payout.withdraw', input, (tx) => this.drop(tx, input, 'withdraw'));
  }

  private async drop(
    tx: Tx,
    { actor, payoutId, reason }: DropPayoutInput,
    event: 'refuse' | 'withdraw',
  ): Promise<PayoutAnswer> {
    const payout = await this.payouts.find(payoutId, sqlOf(tx));
    if (!payout) throw new PaymentError('payout_not_found', 'there is no such payout');
    if (event === 'withdraw') assertMayWithdraw(payout, actor);
    const state = PAYOUT_MACHINE.next(payout.state, event) as 'refused' | 'withdrawn';
    const end = { to: state, by: actor.personId, voucher: null, reason };
    if (!(await this.payouts.end(tx, payout, end))) throw new Moved();
    if (payout.state === 'released') {
      await this.gate.putBack(tx, payout);
      await this.ledger.post(tx, [payoutUndone(payout, 'withdrawn')]);
    }
    await this.gate.leave(tx, payout, state, event, reason);
    return { id: payout.id, state };
  }
}

function assertMayWithdraw(payout: Payout, actor: Officer): void {
  const isReleased = payout.state === 'released';
  if (!isReleased && payout.proposedBy === actor.personId) return;
  requireOneOf(actor, [isReleased ? 'fund_approver' : 'community_staff'], payout.communityId);
}
