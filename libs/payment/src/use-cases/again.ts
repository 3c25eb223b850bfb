import { PaymentError } from '../domain/errors.js';

/** The row moved between its reading and its writing: everything of that transaction is undone and decided again. */
export class Moved extends Error {
  constructor() {
    super('the row moved meanwhile');
    this.name = 'Moved';
  }
}

const decisionsMax = 6;

/** Runs a whole transaction again while somebody else was faster. Throws `payment_changed_meanwhile` in the end. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let decision = 1; ; decision += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Moved)) throw error;
      if (decision >= decisionsMax) {
        throw new PaymentError(
          'payment_changed_meanwhile',
          'others changed this at the same time; try again',
        );
      }
    }
  }
}
