import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { decideAtDeadline } from '../domain/decision.js';
import { CampaignError } from '../domain/errors.js';
import { checkReason } from '../domain/reason.js';
import { CampaignStore } from '../store/campaign.store.js';
import { NeedStore } from '../store/need.store.js';
import type { IntakeHead } from '../store/intake.store.js';
import { isStaff, requireOrganiser } from './access.js';
import { CancelBook } from './cancel-book.js';

/**
 * Ends a campaign before its deadline: the organiser as long as nobody has promised anything, staff with a reason at
 * any time. One that was open is decided by this, with a snapshot, and its pledges are settled as released.
 */
@Injectable()
export class CancelCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly needs: NeedStore,
    private readonly book: CancelBook,
    private readonly outbox: Outbox,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly reason: string;
  }): Promise<Campaign> {
    const { actor, campaignId, reason } = input;
    checkReason(reason);
    return this.uow.run(async (tx) => {
      const head = await this.book.lock(tx, campaignId);
      const campaign = await this.campaigns.findForUpdate(tx, campaignId);
      this.requireRight(campaign, head, actor);
      const decidedAt = head ? ({ decidedAt: 'now', closedAt: 'now' } as const) : {};
      const columns = { cancelledReason: reason, ...decidedAt };
      const changed = await this.campaigns.changeState(tx, campaign, 'cancel', columns, reason);
      if (head) await this.endIntake(tx, campaign, head);
      await this.book.letMatchesGo(tx, campaignId);
      if (campaign.needId) await this.freeNeed(tx, campaign.needId);
      await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaignId }]);
      return changed;
    });
  }

  private requireRight(campaign: Campaign, head: IntakeHead | null, actor: Actor): void {
    if (isStaff(campaign, actor)) return;
    requireOrganiser(campaign, actor);
    if (!head || head.pledges === 0n) return;
    throw new CampaignError('has_pledges', 'neighbours have promised help already; ask the community staff', {
      pledges: head.pledges.toString(),
    });
  }

  private async endIntake(tx: Tx, campaign: Campaign, head: IntakeHead): Promise<void> {
    await this.book.close(tx, campaign.id, head.state);
    const { asks } = decideAtDeadline(await this.book.tallies(tx, campaign.id), campaign.paymentMode);
    await this.book.snapshot(tx, campaign.id, asks);
    await this.outbox.add(tx, [{ topic: 'campaign.decided', ref: campaign.id }]);
  }

  /** The need is still there when its campaign is not. */
  private async freeNeed(tx: Tx, needId: Id<'ned'>): Promise<void> {
    const need = await this.needs.findForUpdate(tx, needId);
    if (need.state !== 'grown') return;
    await this.needs.changeState(tx, need, 'reopen', null, 'its campaign was cancelled');
    await this.outbox.add(tx, [{ topic: 'need.changed', ref: needId }]);
  }
}
