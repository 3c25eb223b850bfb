import { Injectable } from '@nestjs/common';
import { ReturnMatches } from '@hehuo/campaign';
import { Clock, newId, type Tx } from '@hehuo/kernel';
import { restOf } from '../domain/milestone.js';
import type { RefundRun, RefundShare } from '../domain/refund-run.js';
import { MilestoneStore } from '../store/milestone.store.js';

/** A payer's share, and what the pledge paid at first. */
export type PaidShare = RefundShare & { readonly paid: bigint };

/**
 * Donors matched money that its payers get back: in proportion the match is not given either. Runs in the transaction
 * that writes the shares. What a donor paid already becomes a part of its own, to be paid out to the donor.
 */
@Injectable()
export class TakeMatchesBack {
  constructor(
    private readonly matches: ReturnMatches,
    private readonly milestones: MilestoneStore,
    private readonly clock: Clock,
  ) {}

  /** Locks the match funds before the budgets, as every receipt of a donor does. */
  async execute(tx: Tx, { id: causeId, campaignId }: RefundRun, shares: readonly PaidShare[]): Promise<void> {
    const bound = await this.matches.lock(tx, campaignId);
    if (bound.length === 0) return;
    const matched = (await this.milestones.lock(tx, campaignId)).find(({ part }) => part === 'matched');
    const toDonors = await this.matches.ofRefunds(tx, bound, {
      causeId,
      backs: shares.map(({ pledgeId, paid, weight, amount }) => ({ pledgeId, back: paid - weight + amount })),
      room: matched ? restOf(matched) : 0n,
    });
    if (toDonors === 0n) return;
    const budgetId = newId('mbg', this.clock.now().getTime());
    await this.milestones.returnMatched(tx, campaignId, budgetId, toDonors);
  }
}
