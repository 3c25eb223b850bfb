import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { OFFLINE } from '../domain/charge.js';
import type { RefundFinding } from '../domain/findings.js';
import { RefundStore } from '../store/refund.store.js';
import { Gateways } from './gateway.port.js';
import { LearnRefundOutcome } from './learn-refund-outcome.js';

/** Asks the gateway what became of a refund and learns the answer. With `asHint` nobody claims and only facts count. */
@Injectable()
export class CheckRefund {
  constructor(
    private readonly refunds: RefundStore,
    private readonly gateways: Gateways,
    private readonly learn: LearnRefundOutcome,
  ) {}

  /** What was found; null when there was nothing to ask or somebody else is asking. */
  async execute(refundId: Id<'rfd'>, asHint = false): Promise<RefundFinding | null> {
    const refund = await this.refunds.find(refundId);
    if (!refund || refund.state === 'done' || refund.gateway === OFFLINE || refund.sentAt === null)
      return null;
    const fence = asHint ? null : await this.refunds.claimCheck(refund);
    if (!asHint && fence === null) return null;
    const finding = await this.gateways.get(refund.gateway).queryRefund(refund);
    await this.learn.execute({ refundId, finding, fence });
    return finding;
  }
}
