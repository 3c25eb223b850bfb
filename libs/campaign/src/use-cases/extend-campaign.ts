import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { CampaignError } from '../domain/errors.js';
import { extensionRefusal, type AskReached } from '../domain/launch-plan.js';
import { CampaignStore } from '../store/campaign.store.js';
import { GoalStore } from '../store/goal.store.js';
import { IntakeStore } from '../store/intake.store.js';
import { requireOrganiser } from './access.js';
import { deadlineOf } from './edit-draft.js';

/**
 * Moves the deadline once, by the rule that was fixed at launch and shown with every pledge. Both copies of the
 * deadline change in one transaction, under the lock that admission and closing take.
 */
@Injectable()
export class ExtendCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly goal: GoalStore,
    private readonly intake: IntakeStore,
    private readonly outbox: Outbox,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    /** Local time of the community's zone, or RFC 3339 with an offset. */
    readonly deadline: string;
  }): Promise<Campaign> {
    return this.uow.run(async (tx) => {
      const head = await this.intake.lockHead(tx, input.campaignId);
      const campaign = await this.campaigns.findForUpdate(tx, input.campaignId);
      requireOrganiser(campaign, input.actor);
      const { deadline } = campaign;
      if (campaign.state !== 'open' || head?.state !== 'open' || !deadline) {
        throw new CampaignError('campaign_not_open', 'only an open campaign can be extended', {
          state: campaign.state,
        });
      }
      const to = deadlineOf(input.deadline, campaign.timeZone, '/deadline');
      const reached = await this.reached(tx, campaign.id);
      const now = await this.campaigns.now(tx);
      const refusal = extensionRefusal({ ...campaign, deadline }, to, now, reached);
      if (refusal) throw new CampaignError('extension_refused', refusal);
      const moved = await this.intake.moveDeadline(tx, campaign.id, to);
      if (!moved) throw new CampaignError('extension_refused', 'the deadline has passed');
      const changed = await this.campaigns.changeState(tx, campaign, 'extend', {
        deadline: to,
        extendedAt: 'now',
      });
      await this.outbox.add(tx, [
        { topic: 'campaign.changed', ref: campaign.id },
        { topic: 'campaign.opened', ref: campaign.id, notBefore: to },
      ]);
      return changed;
    });
  }

  private async reached(tx: Tx, campaignId: Id<'cmp'>): Promise<AskReached[]> {
    const asks = await this.goal.asks(campaignId, tx);
    const counts = new Map((await this.intake.counts(campaignId, tx)).map((count) => [count.askId, count]));
    return asks.map(({ id, required, minimum }) => ({
      required,
      minimum,
      reserved: counts.get(id)?.reserved ?? 0n,
    }));
  }
}
