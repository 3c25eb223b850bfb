import { Injectable } from '@nestjs/common';
import type { Tx } from '@hehuo/kernel';
import { Ledger, type NewTransfer } from '@hehuo/ledger';
import { BILL_DAY_CLOSED, BILL_DAY_MACHINE, type Merchant } from '../domain/bill-day.js';
import type { OurMovement } from '../domain/bill-matching.js';
import { BillDayStore } from '../store/bill-day.store.js';
import { RaiseDifferences } from './raise-differences.js';
import { Trail } from './trail.js';

export interface MovementToBook extends Omit<OurMovement, 'state'> {
  readonly merchant: Merchant;
  /** When the gateway moved it. */
  readonly at: Date;
  readonly transfer: NewTransfer;
}

/**
 * Books what moved at a gateway. A day was closed on what we knew then. Money of that day that we book later raises a
 * difference in the transaction that books it, so there is no moment in which a payout may pass by. The day's row is
 * locked before the ledger is touched, as matching does.
 */
@Injectable()
export class BookMovement {
  constructor(
    private readonly days: BillDayStore,
    private readonly differences: RaiseDifferences,
    private readonly ledger: Ledger,
    private readonly trail: Trail,
  ) {}

  async execute(tx: Tx, { merchant, at, transfer, ...movement }: MovementToBook): Promise<void> {
    await this.flagLate(tx, merchant, at, movement);
    await this.ledger.post(tx, [transfer]);
  }

  private async flagLate(
    tx: Tx,
    merchant: Merchant,
    at: Date,
    movement: Omit<OurMovement, 'state'>,
  ): Promise<void> {
    const day = await this.days.lockAt(tx, merchant, at);
    if (!day || !BILL_DAY_CLOSED.includes(day.state)) return;
    await this.differences.ofMissing(tx, day, [{ ...movement, state: 'booked' }], 'learned_late');
    // A day without a bill stays so: there is nothing to match, the difference alone waits for its explanation.
    if (!BILL_DAY_MACHINE.can(day.state, 'reopen')) return;
    const to = BILL_DAY_MACHINE.next(day.state, 'reopen');
    await this.days.reopen(tx, day, to);
    const change = { objectType: 'bill_day', objectId: day.id, from: day.state, to, event: 'reopen' };
    await this.trail.leave(tx, [{ ...change, reason: `learned late: ${movement.objectId}` }]);
  }
}
