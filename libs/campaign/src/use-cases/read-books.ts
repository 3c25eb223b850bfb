import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { ReadStatement, type AccountView, type Statement } from '@hehuo/ledger';
import { isPublic } from '../domain/campaign.machine.js';
import { CampaignError } from '../domain/errors.js';
import { CampaignStore } from '../store/campaign.store.js';
import { GoalStore } from '../store/goal.store.js';
import { SnapshotStore, type Snapshot } from '../store/snapshot.store.js';

/** The public book of a campaign: its own accounts and those of its asks. */
@Injectable()
export class ReadBooks {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly goals: GoalStore,
    private readonly snapshots: SnapshotStore,
    private readonly statements: ReadStatement,
  ) {}

  async decisions(campaignId: Id<'cmp'>): Promise<Snapshot[]> {
    await this.mustBePublic(campaignId);
    return this.snapshots.ofCampaign(campaignId);
  }

  async accounts(campaignId: Id<'cmp'>): Promise<AccountView[]> {
    await this.mustBePublic(campaignId);
    const asks = await this.goals.asks(campaignId);
    return this.statements.accountsOf([campaignId, ...asks.map(({ id }) => id)]);
  }

  /** Throws `campaign_not_found` for an account that is not this campaign's. */
  async lines(
    campaignId: Id<'cmp'>,
    account: string,
    before: bigint | null,
    limit: number,
  ): Promise<Statement> {
    const known = (await this.accounts(campaignId)).find(
      ({ unit, code, owner }) => `${unit}/${code}/${owner}` === account,
    );
    if (!known) throw new CampaignError('campaign_not_found', 'this campaign has no such account');
    return this.statements.page(known, before, limit);
  }

  private async mustBePublic(campaignId: Id<'cmp'>): Promise<void> {
    const campaign = await this.campaigns.find(campaignId);
    if (!campaign || !isPublic(campaign))
      throw new CampaignError('campaign_not_found', 'there is no such campaign');
  }
}
