import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import type { AskTally, AskVerdict } from '../domain/decision.js';
import { IntakeBookStore } from '../store/intake-book.store.js';
import { IntakeStore, type IntakeHead, type IntakeState } from '../store/intake.store.js';
import { SnapshotStore } from '../store/snapshot.store.js';
import { ReleaseMatches } from './match/release-matches.js';

/** What cancelling reads and writes of the intake. */
@Injectable()
export class CancelBook {
  constructor(
    private readonly intake: IntakeStore,
    private readonly counters: IntakeBookStore,
    private readonly snapshots: SnapshotStore,
    private readonly matches: ReleaseMatches,
  ) {}

  lock(tx: Tx, campaignId: Id<'cmp'>): Promise<IntakeHead | null> {
    return this.intake.lockHead(tx, campaignId);
  }

  async close(tx: Tx, campaignId: Id<'cmp'>, from: IntakeState): Promise<void> {
    await this.intake.changeState(tx, campaignId, from, 'closed');
  }

  /** Nothing of any pool is owed to a campaign that is cancelled, whether or not it was ever open. */
  async letMatchesGo(tx: Tx, campaignId: Id<'cmp'>): Promise<void> {
    await this.matches.ofCampaign(tx, campaignId, await this.counters.now(tx));
  }

  tallies(tx: Tx, campaignId: Id<'cmp'>): Promise<AskTally[]> {
    return this.counters.tallies(tx, campaignId);
  }

  snapshot(tx: Tx, campaignId: Id<'cmp'>, asks: readonly AskVerdict[]): Promise<void> {
    const pledges = asks.reduce((sum, ask) => sum + ask.pledges, 0n);
    return this.snapshots.write(tx, { campaignId, stage: 'cancel', outcome: 'cancelled', asks, pledges });
  }
}
