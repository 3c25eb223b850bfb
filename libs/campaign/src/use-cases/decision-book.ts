import { Injectable } from '@nestjs/common';
import { derivedId, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import type { Campaign } from '../domain/campaign.js';
import type { AskTally, Verdict } from '../domain/decision.js';
import type { Pledge } from '../domain/pledge.js';
import { CampaignStore } from '../store/campaign.store.js';
import { PledgeStores } from '../store/pledge-stores.js';
import { SnapshotStore, type SnapshotStage } from '../store/snapshot.store.js';
import { DecideMatches } from './match/decide-matches.js';

/** What both decisions of a campaign read and write, under the locks in their fixed order: intake, campaign, pledges. */
@Injectable()
export class DecisionBook {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly stores: PledgeStores,
    private readonly snapshots: SnapshotStore,
    private readonly ledger: Ledger,
    private readonly matches: DecideMatches,
  ) {}

  async lock(tx: Tx, campaignId: Id<'cmp'>): Promise<Campaign | null> {
    const head = await this.stores.intake.lockHead(tx, campaignId);
    return head && this.campaigns.findForUpdate(tx, campaignId);
  }

  now(tx: Tx): Promise<Date> {
    return this.stores.book.now(tx);
  }

  awaiting(tx: Tx, campaignId: Id<'cmp'>): Promise<number> {
    return this.stores.pledges.countMoneyIn(tx, campaignId, 'awaiting_payment');
  }

  tallies(tx: Tx, campaignId: Id<'cmp'>): Promise<AskTally[]> {
    return this.stores.book.tallies(tx, campaignId);
  }

  snapshot(tx: Tx, campaignId: Id<'cmp'>, stage: SnapshotStage, { outcome, asks }: Verdict): Promise<void> {
    const pledges = asks.reduce((sum, ask) => sum + ask.pledges, 0n);
    return this.snapshots.write(tx, { campaignId, stage, outcome, asks, pledges });
  }

  /** Asks everybody who promised money for it, with the instant until which they can pay. */
  async askForMoney(tx: Tx, campaign: Campaign, payBy: Date): Promise<void> {
    await this.stores.pledges.moveAllMoney(tx, campaign.id, 'promised', 'ask_payment', payBy);
  }

  /** Lets go of everybody who was asked to pay and did not: their promise is void and no longer counts. */
  async let(tx: Tx, campaign: Campaign, event: 'expire' | 'drop'): Promise<void> {
    await this.free(
      tx,
      campaign.id,
      await this.stores.pledges.moveAllMoney(tx, campaign.id, 'awaiting_payment', event),
      event,
    );
  }

  /** The same before the deadline, for those of `pledgeIds` whose own time to pay is over. How many they were. */
  async expire(tx: Tx, campaignId: Id<'cmp'>, pledgeIds: readonly Id<'plg'>[]): Promise<number> {
    const gone = await this.stores.pledges.unpaidForUpdate(tx, campaignId, pledgeIds);
    await this.stores.pledges.moveMany(
      tx,
      gone.map(({ id }) => id),
      'awaiting_payment',
      'expire',
    );
    await this.free(tx, campaignId, gone, 'expire');
    return gone.length;
  }

  /** Promises that ended unpaid count no longer: counters, and the books. */
  private async free(
    tx: Tx,
    campaignId: Id<'cmp'>,
    gone: readonly Pledge[],
    event: 'expire' | 'drop',
  ): Promise<void> {
    const perAsk = new Map<Id<'ask'>, { quantity: bigint; count: bigint }>();
    for (const { askId, quantity } of gone) {
      const sum = perAsk.get(askId) ?? { quantity: 0n, count: 0n };
      perAsk.set(askId, { quantity: sum.quantity + quantity, count: sum.count + 1n });
    }
    for (const [askId, { quantity, count }] of perAsk) {
      await this.stores.book.moveAsk(tx, askId, { reserved: -quantity, pledges: -count });
    }
    if (gone.length === 0) return;
    const goneIds = gone.map(({ id }) => id);
    await this.matches.letGo(tx, campaignId, goneIds, event === 'expire' ? 'expired' : 'dropped');
    await this.stores.book.countPledges(tx, campaignId, -gone.length);
    await this.ledger.resolve(
      tx,
      'void',
      goneIds.map((id) => derivedId('trf', id)),
    );
  }

  /** Decides the match funds with the last decision of the campaign and by its numbers. */
  decideMatches(tx: Tx, campaign: Campaign, verdict: Verdict, now: Date): Promise<void> {
    return this.matches.execute(tx, campaign, verdict, now);
  }

  /**
   * Counters and pledges must agree before anything is decided. Where they do not, the campaign stops with a reason
   * and a person must look: money is never corrected by a guess. True when it is halted.
   */
  async haltIfBroken(campaignId: Id<'cmp'>): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const campaign = await this.lock(tx, campaignId);
      if (!campaign || (campaign.state !== 'closing' && campaign.state !== 'collecting')) return false;
      if (campaign.haltedReason !== null) return true;
      const counted = await this.stores.book.recount(tx, campaignId);
      const broken = (await this.tallies(tx, campaignId)).find(({ askId, reserved, held }) => {
        const sum = counted.get(askId) ?? { reserved: 0n, held: 0n };
        return sum.reserved !== reserved || sum.held !== held;
      });
      if (!broken) return false;
      await this.campaigns.halt(
        tx,
        campaign,
        `the counters of ask ${broken.askId} do not agree with its pledges`,
      );
      return true;
    });
  }
}
