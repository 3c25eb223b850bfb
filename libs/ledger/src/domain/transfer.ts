import type { Id } from '@hehuo/kernel';
import { CHART, sameAccount, type AccountKey } from './account.js';
import { LedgerError } from './errors.js';

/**
 * One movement from the debit to the credit account. A `single` moves at once; a `pending` reserves, until exactly one
 * later transfer posts or voids it. Nothing is ever changed: a correction is another transfer.
 */
export interface NewTransfer {
  /** Derived from the business fact, so that a retry writes the same row. */
  readonly id: Id<'trf'>;
  readonly kind: 'single' | 'pending';
  readonly debit: AccountKey;
  readonly credit: AccountKey;
  /** In the smallest unit of both accounts, more than zero. */
  readonly amount: bigint;
  /** Why it moved, such as `pledge` or `charge-paid`. */
  readonly reason: string;
  /** The object that caused it. */
  readonly ref: string;
}

const reasonCharactersMax = 40;

/** Throws `ledger_transfer_invalid` for what must never be written. */
export function assertValid(transfer: NewTransfer): void {
  const { debit, credit, amount, kind, reason } = transfer;
  const refuse = (why: string): never => {
    throw new LedgerError('ledger_transfer_invalid', `transfer ${transfer.id}: ${why}`, {
      transferId: transfer.id,
    });
  };
  if (amount <= 0n) refuse('the amount must be more than zero');
  if (debit.unit !== credit.unit) refuse(`${debit.unit} and ${credit.unit} cannot be mixed`);
  if (sameAccount(debit, credit)) refuse('debit and credit must be two accounts');
  if (reason.length === 0 || reason.length > reasonCharactersMax)
    refuse('a reason of 1 to 40 characters is needed');
  // A reservation on a strict account would need its own columns in the guard; no use has asked for it yet.
  if (kind === 'pending' && [debit, credit].some(({ code }) => CHART[code].mode === 'strict')) {
    refuse('only folded accounts can be reserved on');
  }
}
