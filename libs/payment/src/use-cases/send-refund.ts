import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { OFFLINE } from '../domain/charge.js';
import type { Refund } from '../domain/refund.js';
import { RefundStore } from '../store/refund.store.js';
import { CheckRefund } from './check-refund.js';
import { ClaimRefund } from './claim-refund.js';
import { Gateways } from './gateway.port.js';
import { LearnRefundOutcome } from './learn-refund-outcome.js';
import { RefundPace } from './refund-pace.js';

const turnSeconds = 1;

/**
 * Brings one refund forward: asks before it sends again, always under the number that was stored before the first
 * sending. The intent is committed first, the call is made outside any transaction, the result is written under a fence.
 */
@Injectable()
export class SendRefund {
  constructor(
    private readonly claim: ClaimRefund,
    private readonly refunds: RefundStore,
    private readonly gateways: Gateways,
    private readonly check: CheckRefund,
    private readonly learn: LearnRefundOutcome,
    private readonly pace: RefundPace,
  ) {}

  async execute(refundId: Id<'rfd'>): Promise<void> {
    const looked = await this.refunds.look(refundId);
    if (!looked) return;
    const { refund, paidDaysAgo } = looked;
    if (refund.state === 'done' || refund.state === 'needs_human') return;
    if (refund.gateway === OFFLINE) return this.learn.giveUp(refundId, 'offline');
    const { refundDaysMax, refundsPerSecond, refundGapSeconds } = this.gateways.get(
      refund.gateway,
    ).capabilities;
    if (refund.sentAt === null && paidDaysAgo >= refundDaysMax) return this.learn.giveUp(refundId, 'too_old');
    if (mayBeThere(refund)) {
      const finding = await this.check.execute(refundId);
      if (finding?.kind !== 'absent') return;
    }
    if (!this.pace.mayCall(refund.gateway, refund.merchantRef, refundsPerSecond)) {
      return this.refunds.postpone(refundId, turnSeconds);
    }
    await this.send(refundId, refundGapSeconds);
  }

  private async send(refundId: Id<'rfd'>, gapSeconds: number): Promise<void> {
    const claimed = await this.claim.execute(refundId, gapSeconds);
    if (!claimed) return;
    const { refund, fence } = claimed;
    const finding = await this.gateways
      .get(refund.gateway)
      .refund({ ...refund, notifyUrl: this.gateways.callbackUrl(refund.gateway, refund.merchantRef) });
    await this.learn.execute({ refundId, finding, fence });
  }
}

/** A clear refusal for lack of money is the one answer after which nothing of the number can be at the gateway. */
function mayBeThere({ state, sentAt, doubtful }: Refund): boolean {
  return sentAt !== null && (state !== 'waiting_funds' || doubtful);
}
