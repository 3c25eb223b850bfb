import { Injectable } from '@nestjs/common';
import type { Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import { isDuplicateKey, sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import type { MoneyRole } from '../domain/officer.js';
import { assertNotPayee, assertNotSender, PAYOUT_MACHINE } from '../domain/payout.js';
import { PayoutStore } from '../store/payout.store.js';
import { ActOnce } from './act-once.js';
import { Moved } from './again.js';
import type { PayoutInput } from './approve-payout.js';
import { PayoutAccess } from './payout-access.js';
import { payoutDone, payoutUndone } from './payout-bookings.js';
import { PayoutGate } from './payout-gate.js';
import type { PayoutAnswer } from './propose-payout.js';

export interface PayoutOutcomeInput extends PayoutInput {
  /** The bank's number of the transfer, or of its return; once an account. */
  readonly voucher: string;
  /** Why the bank sent it back; null for a transfer that arrived. */
  readonly reason: string | null;
}

const SENDERS: readonly MoneyRole[] = ['community_staff', 'fund_approver'];

/**
 * The custodian's transfer at the bank. One person says that it is being made, which is written before it is made;
 * another reads the bank's statement and says what became of it. Only that moves the books.
 */
@Injectable()
export class PayOut {
  constructor(
    private readonly acts: ActOnce,
    private readonly access: PayoutAccess,
    private readonly payouts: PayoutStore,
    private readonly gate: PayoutGate,
    private readonly ledger: Ledger,
  ) {}

  /** Throws `payee_on_hold`, `payee_changed`, `payout_blocked`, `same_person` or `state_conflict`. */
  async send(input: PayoutInput): Promise<PayoutAnswer> {
    await this.access.payoutAs(input.actor, input.payoutId, SENDERS);
    return this.acts.run('payout.send', input, async (tx) => {
      const payout = await this.find(tx, input);
      const state = PAYOUT_MACHINE.next(payout.state, 'send');
      assertNotPayee(payout, input.actor.personId);
      await this.gate.assertHoldOver(tx, payout);
      await this.gate.assertNotBlocked(tx, payout);
      if (!(await this.payouts.send(tx, payout, input.actor.personId))) throw new Moved();
      await this.gate.leave(tx, payout, state, 'send');
      return { id: payout.id, state };
    });
  }

  /** The bank's statement shows the transfer. Throws `same_person` for whoever sent it. */
  confirm(input: PayoutOutcomeInput): Promise<PayoutAnswer> {
    return this.learn(input, 'confirm');
  }

  /** The bank sent the money back: it is payable again. Throws `same_person` for whoever sent it. */
  takeBack(input: PayoutOutcomeInput): Promise<PayoutAnswer> {
    return this.learn(input, 'return');
  }

  private async learn(input: PayoutOutcomeInput, event: 'confirm' | 'return'): Promise<PayoutAnswer> {
    await this.access.payoutAs(input.actor, input.payoutId, SENDERS);
    try {
      return await this.acts.run(`payout.${event}`, input, (tx) => this.end(tx, input, event));
    } catch (error) {
      if (!isDuplicateKey(error, 'payout_voucher_once')) throw error;
      throw new PaymentError('payout_voucher_used', 'this voucher of the bank belongs to another payout');
    }
  }

  private async end(tx: Tx, input: PayoutOutcomeInput, event: 'confirm' | 'return'): Promise<PayoutAnswer> {
    const payout = await this.find(tx, input);
    const { actor, voucher, reason } = input;
    const state = PAYOUT_MACHINE.next(payout.state, event) as 'done' | 'returned';
    assertNotPayee(payout, actor.personId);
    assertNotSender(payout, actor.personId);
    if (!(await this.payouts.end(tx, payout, { to: state, by: actor.personId, voucher, reason })))
      throw new Moved();
    if (event === 'return') await this.gate.putBack(tx, payout);
    await this.ledger.post(tx, [event === 'confirm' ? payoutDone(payout) : payoutUndone(payout, 'returned')]);
    await this.gate.leave(tx, payout, state, event, reason);
    return { id: payout.id, state };
  }

  private async find(tx: Tx, { payoutId }: PayoutInput) {
    const payout = await this.payouts.find(payoutId, sqlOf(tx));
    if (payout) return payout;
    throw new PaymentError('payout_not_found', 'there is no such payout');
  }
}
