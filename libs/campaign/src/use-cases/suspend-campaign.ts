import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type DomainEvent, type Id, type Tx } from '@hehuo/kernel';
import type { Campaign } from '../domain/campaign.js';
import { CampaignError } from '../domain/errors.js';
import { checkReason } from '../domain/reason.js';
import { CampaignStore } from '../store/campaign.store.js';
import { IntakeStore } from '../store/intake.store.js';
import { requireStaff } from './access.js';

interface Halt {
  readonly actor: Actor;
  readonly campaignId: Id<'cmp'>;
  readonly reason: string;
}

/**
 * Staff stop a campaign and let it go on. Nothing is promised meanwhile. An open campaign's deadline stays where it
 * is: one that passed during the suspension closes the campaign as soon as it goes on. A notice goes on with the time
 * that it had left, because neighbours could not object in between.
 */
@Injectable()
export class SuspendCampaign {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignStore,
    private readonly intake: IntakeStore,
    private readonly outbox: Outbox,
  ) {}

  async execute({ actor, campaignId, reason }: Halt): Promise<Campaign> {
    checkReason(reason);
    return this.uow.run(async (tx) => {
      const head = await this.intake.lockHead(tx, campaignId);
      const campaign = await this.campaigns.findForUpdate(tx, campaignId);
      requireStaff(campaign, actor);
      const suspendedFrom = campaign.state === 'notice' ? 'notice' : 'open';
      const columns = { suspendedFrom, suspendedAt: 'now', suspendedReason: reason } as const;
      const changed = await this.campaigns.changeState(tx, campaign, 'suspend', columns, reason);
      if (head?.state === 'open') await this.intake.changeState(tx, campaignId, 'open', 'suspended');
      await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaignId }]);
      return changed;
    });
  }

  async resume({ actor, campaignId, reason }: Halt): Promise<Campaign> {
    checkReason(reason);
    return this.uow.run(async (tx) => {
      await this.intake.lockHead(tx, campaignId);
      const campaign = await this.campaigns.findForUpdate(tx, campaignId);
      requireStaff(campaign, actor);
      if (campaign.state !== 'suspended') {
        throw new CampaignError('campaign_not_suspended', 'this campaign is not suspended', {
          state: campaign.state,
        });
      }
      const [changed, event] =
        campaign.suspendedFrom === 'notice'
          ? await this.toNotice(tx, campaign, reason)
          : await this.toOpen(tx, campaign, reason);
      await this.outbox.add(tx, [{ topic: 'campaign.changed', ref: campaignId }, event]);
      return changed;
    });
  }

  private async toNotice(tx: Tx, campaign: Campaign, reason: string): Promise<[Campaign, DomainEvent]> {
    const { noticeEndsAt, suspendedAt } = campaign;
    if (!noticeEndsAt || !suspendedAt)
      throw new Error(`campaign ${campaign.id} was suspended without a notice`);
    const now = (await this.campaigns.now(tx)).getTime();
    const leftMs = Math.max(0, noticeEndsAt.getTime() - suspendedAt.getTime());
    const endsAt = new Date(now + leftMs);
    const columns = { ...NOT_SUSPENDED, noticeEndsAt: endsAt };
    const changed = await this.campaigns.changeState(tx, campaign, 'resume_to_notice', columns, reason);
    return [changed, { topic: 'campaign.opening', ref: campaign.id, notBefore: endsAt }];
  }

  private async toOpen(tx: Tx, campaign: Campaign, reason: string): Promise<[Campaign, DomainEvent]> {
    const { deadline } = campaign;
    if (!deadline) throw new Error(`campaign ${campaign.id} was open without a deadline`);
    await this.intake.changeState(tx, campaign.id, 'suspended', 'open');
    const changed = await this.campaigns.changeState(tx, campaign, 'resume_to_open', NOT_SUSPENDED, reason);
    return [changed, { topic: 'campaign.opened', ref: campaign.id, notBefore: deadline }];
  }
}

const NOT_SUSPENDED = { suspendedFrom: null, suspendedAt: null, suspendedReason: null } as const;
