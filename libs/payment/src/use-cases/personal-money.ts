import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { PAYEE_MACHINE } from '../domain/payee.js';
import { PayeeStore } from '../store/payee.store.js';
import { PersonalMoneyStore } from '../store/personal-money.store.js';
import { Trail } from './trail.js';

export interface OpenMoney {
  readonly kind: 'custody_signatory' | 'receipt_open' | 'payout_open';
  readonly ref: string;
}

/**
 * What this room holds on a person, for the room above that knows accounts of people. Confirmed receipts, payments, refunds
 * and payouts are vouchers of the books and stay with the opaque id.
 */
@Injectable()
export class PersonalMoney {
  constructor(
    private readonly store: PersonalMoneyStore,
    private readonly payees: PayeeStore,
    private readonly trail: Trail,
  ) {}

  async export(personId: Id<'per'>): Promise<Readonly<Record<string, unknown>>> {
    return {
      payments: await this.store.payments(personId),
      refunds: await this.store.refunds(personId),
      receipts: await this.store.receipts(personId),
      bankLines: await this.store.bankLines(personId),
      payees: await this.payeesOf(personId),
      payouts: await this.store.payouts(personId),
    };
  }

  /** Accounts that the person signs for, and receipts of theirs and payouts to them that wait for somebody. */
  async open(tx: Tx, personId: Id<'per'>): Promise<OpenMoney[]> {
    const accounts = await this.store.signsFor(tx, personId);
    const receipts = await this.store.openReceipts(tx, personId);
    // A payout is proposed under this lock: what is not there yet will find the payee forgotten.
    await this.payees.lockOfPerson(tx, personId);
    const payouts = await this.store.openPayouts(tx, personId);
    return [
      ...accounts.map(({ id }) => ({ kind: 'custody_signatory' as const, ref: id })),
      ...receipts.map(({ id }) => ({ kind: 'receipt_open' as const, ref: id })),
      ...payouts.map(({ id }) => ({ kind: 'payout_open' as const, ref: id })),
    ];
  }

  async forget(tx: Tx, personId: Id<'per'>): Promise<void> {
    await this.store.emptyLines(tx, personId);
    await this.store.emptyRefused(tx, personId);
    await this.forgetPayees(tx, personId);
  }

  private async payeesOf(personId: Id<'per'>): Promise<Readonly<Record<string, unknown>>[]> {
    const payees = await this.payees.ofPerson(personId);
    return payees.map(({ id, campaignId, name, bankName, account, state, changedAt, createdAt }) => ({
      ...{ id, campaignId, name, bankName, account, state, changedAt, createdAt },
    }));
  }

  private async forgetPayees(tx: Tx, personId: Id<'per'>): Promise<void> {
    const payees = await this.payees.lockOfPerson(tx, personId);
    const paid = await this.store.paidPayees(tx, personId);
    for (const payee of payees.filter(({ state }) => PAYEE_MACHINE.can(state, 'forget'))) {
      const { id, state } = payee;
      await this.payees.forget(tx, payee, paid.has(id));
      const to = PAYEE_MACHINE.next(state, 'forget');
      await this.trail.leave(tx, [{ objectType: 'payee', objectId: id, from: state, to, event: 'forget' }]);
    }
  }
}
