import { Injectable } from '@nestjs/common';
import { DueCampaigns } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { SettlementStores } from '../store/settlement-stores.js';

/** What the sweeper asks: campaigns whose settlement has not begun, and runs that can go on now. */
@Injectable()
export class DueRuns {
  constructor(
    private readonly campaigns: DueCampaigns,
    private readonly stores: SettlementStores,
  ) {}

  async execute(limit: number): Promise<Id<'cmp'>[]> {
    const fresh = await this.campaigns.toSettle(limit);
    const running = fresh.length < limit ? await this.stores.runs.due(limit - fresh.length) : [];
    return [...fresh, ...running];
  }
}
