import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { LedgerError } from '../domain/errors.js';
import { assertValid, type NewTransfer } from '../domain/transfer.js';
import { LedgerStore } from '../store/ledger.store.js';

/** The one way into the books. Works inside the caller's transaction, so that the books move with what they describe. */
@Injectable()
export class Ledger {
  constructor(private readonly store: LedgerStore) {}

  /**
   * Writes transfers that are not written yet. The same id with the same content is the same fact and is passed over;
   * with other content it is `ledger_transfer_conflict`. A guarded account that lacks the sum is `ledger_insufficient`.
   */
  async post(tx: Tx, transfers: readonly NewTransfer[]): Promise<void> {
    if (transfers.length === 0) return;
    transfers.forEach(assertValid);
    const known = await this.store.known(tx, transfers);
    const fresh = transfers.filter(({ id }) => !known.has(id));
    if (fresh.length > 0) await this.store.insert(tx, fresh);
  }

  /**
   * Writes transfers whose ids derive from rows that this same transaction inserted: they cannot be known yet, so the
   * look-up of {@link post} is saved on the hot path. A duplicate is an error of the primary key.
   */
  async postNew(tx: Tx, transfers: readonly NewTransfer[]): Promise<void> {
    if (transfers.length === 0) return;
    transfers.forEach(assertValid);
    await this.store.insert(tx, transfers);
  }

  /**
   * Ends reservations. Those already ended in the same way are passed over; one that was ended in the other way, or
   * never made, is `ledger_already_resolved`. Returns how many were ended now.
   */
  async resolve(tx: Tx, how: 'post' | 'void', pendingIds: readonly Id<'trf'>[]): Promise<number> {
    if (pendingIds.length === 0) return 0;
    const now = await this.store.resolve(tx, how, pendingIds);
    if (now < pendingIds.length && (await this.store.resolvedAs(tx, how, pendingIds)) < pendingIds.length) {
      throw new LedgerError(
        'ledger_already_resolved',
        `not every reservation can be ${how === 'post' ? 'posted' : 'voided'}`,
      );
    }
    return now;
  }
}
