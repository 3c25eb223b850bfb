import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import { sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import type { Officer } from '../domain/officer.js';
import { assertMayApprove, PAYOUT_MACHINE, type Payout } from '../domain/payout.js';
import { PayoutStore } from '../store/payout.store.js';
import { ActOnce, type Act } from './act-once.js';
import { Moved } from './again.js';
import { PayoutAccess } from './payout-access.js';
import { payoutReleased } from './payout-bookings.js';
import { PayoutGate } from './payout-gate.js';
import type { PayoutAnswer } from './propose-payout.js';

export interface PayoutInput extends Act<Officer> {
  readonly payoutId: Id<'pyo'>;
}

/**
 * A fund approver approves; the second one, another person, releases. Release takes the sum out of the milestone's
 * budget and out of what is payable, in one transaction: of any number who come at once, the rows let in what fits.
 */
@Injectable()
export class ApprovePayout {
  constructor(
    private readonly acts: ActOnce,
    private readonly access: PayoutAccess,
    private readonly payouts: PayoutStore,
    private readonly gate: PayoutGate,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Throws `payout_not_found`, `payment_forbidden`, `same_person`, `payee_changed`, `payout_blocked`,
   * `payout_exceeds_budget` or `state_conflict`.
   */
  async execute(input: PayoutInput): Promise<PayoutAnswer> {
    await this.access.payoutAs(input.actor, input.payoutId, ['fund_approver']);
    return this.acts.run('payout.approve', input, (tx) => this.approve(tx, input));
  }

  private async approve(tx: Tx, { actor, payoutId }: PayoutInput): Promise<PayoutAnswer> {
    const payout = await this.payouts.find(payoutId, sqlOf(tx));
    if (!payout) throw new PaymentError('payout_not_found', 'there is no such payout');
    assertMayApprove(payout, actor.personId);
    if (payout.state === 'approved_once') return this.release(tx, payout, actor);
    const state = PAYOUT_MACHINE.next(payout.state, 'approve');
    await this.gate.assertSameAccount(tx, payout);
    if (!(await this.payouts.approve(tx, payout, actor.personId))) throw new Moved();
    await this.gate.leave(tx, payout, state, 'approve');
    return { id: payout.id, state };
  }

  private async release(tx: Tx, payout: Payout, { personId }: Officer): Promise<PayoutAnswer> {
    const state = PAYOUT_MACHINE.next(payout.state, 'release');
    await this.gate.assertSameAccount(tx, payout);
    await this.gate.assertNotBlocked(tx, payout);
    if (!(await this.payouts.release(tx, payout, personId))) throw new Moved();
    await this.gate.take(tx, payout);
    await this.ledger.post(tx, [payoutReleased(payout)]);
    await this.gate.leave(tx, payout, state, 'release');
    return { id: payout.id, state };
  }
}
