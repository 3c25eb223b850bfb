import { Injectable } from '@nestjs/common';
import { Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { decideAtDeadline } from '../domain/decision.js';
import { CampaignStore } from '../store/campaign.store.js';
import { DecisionBook } from './decision-book.js';

/** How long after the deadline payments that began before it may still be confirmed. */
export const drainMinutes = 15;
const msPerMinute = 60_000;
const msPerHour = 3_600_000;

export type DecideResult = 'not_due' | 'draining' | 'succeeded' | 'collecting' | 'failed';

/**
 * Decides a closed campaign in one transaction, with an immutable snapshot of what it was decided from. Calls no
 * gateway: payments under way delay the decision until they are clear or the drain time is over.
 */
@Injectable()
export class DecideCampaign {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly book: DecisionBook,
    private readonly outbox: Outbox,
  ) {}

  /** `paymentsClear` says that no payment of the campaign is under way any more, so that nothing is waited for. */
  async execute(campaignId: Id<'cmp'>, paymentsClear = false): Promise<DecideResult> {
    const halted = await this.book.haltIfBroken(campaignId);
    if (halted) return 'not_due';
    return this.unitOfWork.run(async (tx) => {
      const campaign = await this.book.lock(tx, campaignId);
      if (campaign?.state !== 'closing' || campaign.haltedReason !== null) return 'not_due';
      const now = await this.book.now(tx);
      if (!paymentsClear && (await this.mustWait(tx, campaign, now))) return 'draining';
      // Whoever was asked to pay at once and did not is out; nobody waits for them any longer.
      if (campaign.paymentMode === 'pay_now') await this.book.let(tx, campaign, 'expire');
      return this.decide(tx, campaign, now);
    });
  }

  private async mustWait(tx: Tx, campaign: Campaign, now: Date): Promise<boolean> {
    if (campaign.paymentMode !== 'pay_now' || !campaign.closedAt) return false;
    const drainedAt = campaign.closedAt.getTime() + drainMinutes * msPerMinute;
    return now.getTime() < drainedAt && (await this.book.awaiting(tx, campaign.id)) > 0;
  }

  private async decide(tx: Tx, campaign: Campaign, now: Date): Promise<DecideResult> {
    const verdict = decideAtDeadline(await this.book.tallies(tx, campaign.id), campaign.paymentMode);
    await this.book.snapshot(tx, campaign.id, 'deadline', verdict);
    if (verdict.outcome === 'collecting') {
      const collectionEndsAt = new Date(now.getTime() + campaign.collectionHours * msPerHour);
      await this.book.askForMoney(tx, campaign, collectionEndsAt);
      await this.campaigns.changeState(tx, campaign, 'start_collecting', {
        collectionEndsAt,
        decidedAt: now,
      });
      await this.outbox.add(tx, [
        { topic: 'campaign.collecting', ref: campaign.id, notBefore: collectionEndsAt },
      ]);
      return 'collecting';
    }
    await this.book.decideMatches(tx, campaign, verdict, now);
    const event = verdict.outcome === 'succeeded' ? 'goal_met' : 'goal_missed';
    await this.campaigns.changeState(tx, campaign, event, { decidedAt: now });
    await this.outbox.add(tx, [{ topic: 'campaign.decided', ref: campaign.id }]);
    return verdict.outcome;
  }
}
