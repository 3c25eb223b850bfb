import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { CampaignListStore } from '../store/campaign-list.store.js';

/** What tells whether the pledges of a campaign may have changed since they were counted. */
export interface CountedAt {
  readonly id: Id<'cmp'>;
  /** Of the campaign's row. */
  readonly version: number;
  /** Null before the campaign was ever open: it has no pledges. */
  readonly intakeVersion: string | null;
}

const keptMax = 1_000;

/**
 * Households with at least one promise that counts. Counting them reads the pledges, so a count is kept until a version
 * says that they changed; what is not kept of a whole list is counted by one statement.
 */
@Injectable()
export class HouseholdCounts {
  private readonly kept = new Map<string, { readonly key: string; readonly count: number }>();

  constructor(private readonly campaigns: CampaignListStore) {}

  /** A count for each campaign that has an intake. */
  async of(campaigns: readonly CountedAt[]): Promise<Map<Id<'cmp'>, number>> {
    const opened = campaigns.filter(({ intakeVersion }) => intakeVersion !== null);
    const stale = opened.filter((one) => this.kept.get(one.id)?.key !== keyOf(one));
    const counted = await this.campaigns.households(stale.map(({ id }) => id));
    const counts = opened.map(({ id }) => [id, counted.get(id) ?? this.kept.get(id)?.count ?? 0] as const);
    if (this.kept.size + stale.length > keptMax) this.kept.clear();
    for (const one of stale) this.kept.set(one.id, { key: keyOf(one), count: counted.get(one.id) ?? 0 });
    return new Map(counts);
  }
}

function keyOf({ version, intakeVersion }: CountedAt): string {
  return `${version}.${intakeVersion}`;
}
