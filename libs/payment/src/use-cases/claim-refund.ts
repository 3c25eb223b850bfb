import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { REFUND_MACHINE, type Refund } from '../domain/refund.js';
import { RefundStore } from '../store/refund.store.js';
import { RefundTurnStore } from '../store/refund-turn.store.js';
import { Trail } from './trail.js';

export interface ClaimedRefund {
  readonly refund: Refund;
  readonly fence: number;
}

/**
 * Commits the intent to send a refund, before any gateway hears of it. One process at a time gets it, and refunds of one
 * order get it as far apart as their gateway wants.
 */
@Injectable()
export class ClaimRefund {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly refunds: RefundStore,
    private readonly turns: RefundTurnStore,
    private readonly trail: Trail,
  ) {}

  /** Null when another process has it, or when it waits for its turn, for which it is planned then. */
  async execute(refundId: Id<'rfd'>, gapSeconds: number): Promise<ClaimedRefund | null> {
    return this.uow.run((tx) => this.claim(tx, refundId, gapSeconds));
  }

  private async claim(tx: Tx, refundId: Id<'rfd'>, gapSeconds: number): Promise<ClaimedRefund | null> {
    const refund = await this.refunds.find(refundId, sqlOf(tx));
    if (!refund || !REFUND_MACHINE.can(refund.state, 'send')) return null;
    const turnAt = await this.turns.turnAt(tx, refund, gapSeconds);
    if (turnAt !== null) {
      await this.turns.waitUntil(tx, refundId, turnAt);
      return null;
    }
    const fence = await this.refunds.claimSending(tx, refund);
    if (fence === null) return null;
    if (refund.state !== 'sent') {
      const change = {
        objectType: 'refund',
        objectId: refund.id,
        from: refund.state,
        to: 'sent',
        event: 'send',
      };
      await this.trail.leave(tx, [change]);
    }
    return { refund, fence };
  }
}
