import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { ReadStatement } from '@hehuo/ledger';
import { sqlOf } from '@hehuo/platform';
import { ReconciliationBlockStore } from '../store/reconciliation-block.store.js';
import { PayoutBlocks } from './payout.port.js';

export type ReconciliationBlock = 'open_difference' | 'bill_overdue' | 'suspense_not_zero';

/**
 * Why nothing may be paid out of an account for now: books and bills do not agree, a bill is missing for too long, or
 * money is missing that two persons only gave a name to. Money that came and waits for its owner blocks nothing.
 */
@Injectable()
export class ReconciliationBlocks extends PayoutBlocks {
  constructor(
    private readonly blocks: ReconciliationBlockStore,
    private readonly statement: ReadStatement,
  ) {
    super();
  }

  /** Null when payouts may go on. Read in the transaction that would let one go. */
  async find(tx: Tx, custodyAccountId: Id<'cus'>): Promise<ReconciliationBlock | null> {
    const by = sqlOf(tx);
    if (await this.blocks.hasOpenDifference(by, custodyAccountId)) return 'open_difference';
    if (await this.blocks.hasOverdueBill(by, custodyAccountId)) return 'bill_overdue';
    const { sum, lacks } = await this.blocks.carried(by, custodyAccountId);
    const suspense = await this.statement.account({ unit: 'fen', code: 'suspense', owner: custodyAccountId });
    // Suspense is exact at every commit. Should it move at this moment, a payout waits rather than goes.
    const balance = (suspense?.creditsPosted ?? 0n) - (suspense?.debitsPosted ?? 0n);
    return lacks || sum !== balance ? 'suspense_not_zero' : null;
  }
}
