import type { Kind } from '@hehuo/campaign';
import type { Id } from '@hehuo/kernel';
import { moveDeadlineOf, type OpenCampaign } from './open-campaign.js';
import type { World } from './world.js';

/** How many of the calls were taken, and how many were refused with which code. */
export function settledCodes(results: readonly PromiseSettledResult<unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of results) {
    const code = result.status === 'fulfilled' ? 'taken' : String((result.reason as { code?: string }).code);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** The ask at this place, as a pledge names it. */
export function line(
  campaign: OpenCampaign,
  index = 0,
): { readonly campaignId: Id<'cmp'>; readonly askId: Id<'ask'>; readonly kind: Kind } {
  const ask = campaign.asks[index]!;
  return { campaignId: campaign.campaignId, askId: ask.id, kind: ask.kind };
}

/** Moves the deadline to so many seconds from now, by the clock of the database. */
export function moveDeadline(world: World, campaignId: string, seconds: number): Promise<void> {
  return moveDeadlineOf(world.db.database, campaignId, seconds);
}
