import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { PersonalMoneyStore } from '../store/personal-money.store.js';

export interface OpenMoney {
  readonly kind: 'custody_signatory' | 'receipt_open';
  readonly ref: string;
}

/**
 * What this room holds on a person, for the room above that knows accounts of people. Confirmed receipts, payments and
 * refunds are vouchers of the books and stay with the opaque id.
 */
@Injectable()
export class PersonalMoney {
  constructor(private readonly store: PersonalMoneyStore) {}

  async export(personId: Id<'per'>): Promise<Readonly<Record<string, unknown>>> {
    return {
      payments: await this.store.payments(personId),
      refunds: await this.store.refunds(personId),
      receipts: await this.store.receipts(personId),
      bankLines: await this.store.bankLines(personId),
    };
  }

  /** Accounts that the person signs for, and receipts of theirs that wait for a second person. */
  async open(tx: Tx, personId: Id<'per'>): Promise<OpenMoney[]> {
    const accounts = await this.store.signsFor(tx, personId);
    const receipts = await this.store.openReceipts(tx, personId);
    return [
      ...accounts.map(({ id }) => ({ kind: 'custody_signatory' as const, ref: id })),
      ...receipts.map(({ id }) => ({ kind: 'receipt_open' as const, ref: id })),
    ];
  }

  async forget(tx: Tx, personId: Id<'per'>): Promise<void> {
    await this.store.emptyLines(tx, personId);
    await this.store.emptyRefused(tx, personId);
  }
}
