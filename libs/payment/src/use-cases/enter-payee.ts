import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import type { Officer } from '../domain/officer.js';
import {
  assertIdentified,
  PAYEE_MACHINE,
  plainAccount,
  type PayeeKind,
  type PayeeState,
} from '../domain/payee.js';
import { PayeeStore, type AccountData } from '../store/payee.store.js';
import { ActOnce, type Act } from './act-once.js';
import { Moved } from './again.js';
import { PayoutAccess } from './payout-access.js';
import { Trail } from './trail.js';

export interface EnterPayeeInput extends Act<Officer>, AccountData {
  readonly campaignId: Id<'cmp'>;
  readonly kind: PayeeKind;
  readonly partnerId: Id<'ptn'> | null;
  readonly personId: Id<'per'> | null;
}

export interface ChangePayeeAccountInput extends Act<Officer>, AccountData {
  readonly payeeId: Id<'pye'>;
}

export interface PayeeAnswer {
  readonly id: Id<'pye'>;
  readonly state: PayeeState;
}

/**
 * Staff or the organiser write down who is to be paid and where. Every entry and every change begins the hold and waits
 * for another person, so that one stolen session moves no money.
 */
@Injectable()
export class EnterPayee {
  constructor(
    private readonly acts: ActOnce,
    private readonly access: PayoutAccess,
    private readonly payees: PayeeStore,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Throws `payout_campaign_not_found`, `payment_forbidden` or `payee_invalid`. */
  async execute(input: EnterPayeeInput): Promise<PayeeAnswer> {
    const { communityId, organiserId } = await this.access.asProposer(input.actor, input.campaignId);
    assertIdentified(input, organiserId);
    const account = plainAccount(input.account);
    await this.access.assertVerified(input.partnerId);
    return this.acts.run('payee.enter', input, async (tx) => {
      const id = newId('pye', this.clock.now().getTime());
      const { campaignId, kind, partnerId, personId, name, bankName } = input;
      await this.payees.insert(tx, {
        ...{ id, campaignId, communityId, kind, partnerId, personId, name, bankName, account },
        enteredBy: input.actor.personId,
      });
      await this.trail.leave(tx, [
        { objectType: 'payee', objectId: id, from: null, to: 'proposed', event: 'enter' },
      ]);
      return { id, state: 'proposed' as const };
    });
  }

  /** Other account data of a known payee. Payouts that were proposed for the former account can no longer be sent. */
  async change(input: ChangePayeeAccountInput): Promise<PayeeAnswer> {
    const { campaignId } = await this.access.payee(input.actor, input.payeeId);
    await this.access.asProposer(input.actor, campaignId);
    const data = { name: input.name, bankName: input.bankName, account: plainAccount(input.account) };
    return this.acts.run('payee.change', input, (tx) => this.write(tx, input, data));
  }

  private async write(
    tx: Tx,
    { actor, payeeId }: ChangePayeeAccountInput,
    data: AccountData,
  ): Promise<PayeeAnswer> {
    const payee = await this.payees.find(payeeId, sqlOf(tx));
    if (!payee) throw new PaymentError('payee_not_found', 'there is no such payee');
    const to = PAYEE_MACHINE.next(payee.state, 'change');
    if (!(await this.payees.change(tx, payee, data, actor.personId))) throw new Moved();
    await this.trail.leave(tx, [
      { objectType: 'payee', objectId: payee.id, from: payee.state, to, event: 'change' },
    ]);
    return { id: payee.id, state: to };
  }
}
