import type { Id, Tx } from '@hehuo/kernel';

export interface RefundWish {
  readonly chargeId: Id<'chg'>;
  /** Fen. */
  readonly amount: bigint;
  /** The business fact that it answers; one fact, one refund. */
  readonly fact: string;
  readonly reason: string;
}

/** Opens refunds of held money inside the transaction that settles the pledges. */
export abstract class Refunds {
  abstract request(tx: Tx, wishes: readonly RefundWish[]): Promise<void>;
}
