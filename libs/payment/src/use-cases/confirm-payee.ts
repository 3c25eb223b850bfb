import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { PAYEE_MACHINE, plainAccount } from '../domain/payee.js';
import { PayeeStore } from '../store/payee.store.js';
import { ActOnce, type Act } from './act-once.js';
import { Moved } from './again.js';
import type { PayeeAnswer } from './enter-payee.js';
import { PayoutAccess } from './payout-access.js';
import { Trail } from './trail.js';

export interface ConfirmPayeeInput extends Act<Officer> {
  readonly payeeId: Id<'pye'>;
  /** The account number as the second person reads it from the payee's own papers. */
  readonly account: string;
}

/**
 * A second person confirms an account by typing its number again: it is shown to nobody, so there is nothing to nod at.
 * It does not shorten the hold.
 */
@Injectable()
export class ConfirmPayee {
  constructor(
    private readonly acts: ActOnce,
    private readonly access: PayoutAccess,
    private readonly payees: PayeeStore,
    private readonly trail: Trail,
  ) {}

  /** Throws `payee_not_found`, `payment_forbidden`, `same_person` or `payee_account_mismatch`. */
  async execute(input: ConfirmPayeeInput): Promise<PayeeAnswer> {
    const { actor } = input;
    const known = await this.access.payee(actor, input.payeeId);
    requireOneOf(actor, ['community_staff', 'fund_approver'], known.communityId);
    await this.access.assertOutsider(known.partnerId, actor);
    const account = plainAccount(input.account);
    return this.acts.run('payee.confirm', input, (tx) => this.confirm(tx, input, account));
  }

  private async confirm(
    tx: Tx,
    { actor, payeeId }: ConfirmPayeeInput,
    account: string,
  ): Promise<PayeeAnswer> {
    const payee = await this.payees.find(payeeId, sqlOf(tx));
    if (!payee) throw new PaymentError('payee_not_found', 'there is no such payee');
    if ([payee.enteredBy, payee.personId].includes(actor.personId)) {
      throw new PaymentError('same_person', 'somebody else than the payee and who entered it must confirm');
    }
    const to = PAYEE_MACHINE.next(payee.state, 'confirm');
    if (!(await this.payees.hasAccount(tx, payee, account))) {
      throw new PaymentError('payee_account_mismatch', 'this is not the number that was entered; look again');
    }
    if (!(await this.payees.confirm(tx, payee, actor.personId))) throw new Moved();
    await this.trail.leave(tx, [
      { objectType: 'payee', objectId: payee.id, from: payee.state, to, event: 'confirm' },
    ]);
    return { id: payee.id, state: to };
  }
}
