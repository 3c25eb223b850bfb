import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import type { CampaignState } from '../domain/campaign.machine.js';
import type { PaymentMode } from '../domain/campaign.js';
import { CampaignStore } from '../store/campaign.store.js';
import { IntakeStore } from '../store/intake.store.js';
import { SnapshotStore } from '../store/snapshot.store.js';

/** What settlement needs to know of a decision. */
export interface HandOver {
  readonly communityId: Id<'com'>;
  readonly outcome: 'succeeded' | 'failed' | 'cancelled';
  readonly paymentMode: PaymentMode | null;
  /** Asks that reached their minimum when it was decided. */
  readonly metAsks: ReadonlySet<string>;
}

const OUTCOME_OF: Readonly<Partial<Record<CampaignState, HandOver['outcome']>>> = {
  succeeded: 'succeeded',
  delivering: 'succeeded',
  completed: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** Gives the pledges of a decided campaign to settlement, once. From here on only settlement ends them. */
@Injectable()
export class HandOverPledges {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly intake: IntakeStore,
    private readonly snapshots: SnapshotStore,
  ) {}

  /** Null while the campaign is not decided, and when its pledges were already handed over. */
  async execute(tx: Tx, campaignId: Id<'cmp'>): Promise<HandOver | null> {
    const head = await this.intake.lockHead(tx, campaignId);
    if (!head) return null;
    const { state, communityId, paymentMode } = await this.campaigns.findForUpdate(tx, campaignId);
    const outcome = OUTCOME_OF[state];
    if (outcome === undefined || !(await this.intake.handOver(tx, campaignId))) return null;
    // The last decision counts: what was met at the deadline may be missed after the collection.
    const [last] = (await this.snapshots.ofCampaign(campaignId)).slice(-1);
    const metAsks = new Set(
      (last?.asks ?? []).filter(({ met }) => met === true).map(({ askId }) => String(askId)),
    );
    return { communityId, outcome, paymentMode, metAsks };
  }
}
