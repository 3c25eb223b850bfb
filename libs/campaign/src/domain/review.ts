import type { Ask } from './campaign.js';
import { CampaignError } from './errors.js';
import type { Kind } from './kind.js';

/** What staff look at, one verdict each. */
export const REVIEW_ITEMS = [
  'need',
  'story',
  'beneficiaries',
  'place',
  'plan',
  'costs',
  'asks',
  'money',
  'risks',
  'legal',
  'privacy',
] as const;
export type ReviewItem = (typeof REVIEW_ITEMS)[number];

export const VERDICTS = ['ok', 'fix', 'not_applicable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface ReviewedItem {
  readonly item: ReviewItem;
  readonly verdict: Verdict;
  /** What is to be changed; always there with `fix`. */
  readonly reason: string | null;
}

/** Only these may be left out, and only where no money is asked for. */
const MONEY_ITEMS: readonly ReviewItem[] = ['costs', 'money'];

export function asksMoney(asks: readonly Pick<Ask, 'kind'>[]): boolean {
  return asks.some(({ kind }) => kind === ('money' satisfies Kind));
}

/** Throws `campaign_field_invalid`-like refusals for a verdict that makes no sense. */
export function checkVerdict(reviewed: ReviewedItem, withMoney: boolean): void {
  if (reviewed.verdict === 'fix' && !reviewed.reason?.trim()) {
    throw new CampaignError('review_incomplete', `say what must be changed about ${reviewed.item}`, {
      item: reviewed.item,
    });
  }
  if (reviewed.verdict !== 'not_applicable') return;
  if (withMoney || !MONEY_ITEMS.includes(reviewed.item)) {
    throw new CampaignError('review_incomplete', `${reviewed.item} applies to this campaign: judge it`, {
      item: reviewed.item,
    });
  }
}

/** A campaign is approved only when every item of this round was looked at and none is to be changed. */
export function checkApproval(reviewed: readonly ReviewedItem[], withMoney: boolean): void {
  const verdictOf = new Map(reviewed.map(({ item, verdict }) => [item, verdict]));
  const open = REVIEW_ITEMS.filter((item) => {
    const verdict = verdictOf.get(item);
    if (verdict === 'not_applicable') return withMoney || !MONEY_ITEMS.includes(item);
    return verdict !== 'ok';
  });
  if (open.length > 0) {
    throw new CampaignError('review_incomplete', `not yet approved: ${open.join(', ')}`, { items: open });
  }
}

/** A return names at least one item with its reason. */
export function checkReturn(reviewed: readonly ReviewedItem[]): readonly ReviewedItem[] {
  const faults = reviewed.filter(({ verdict, reason }) => verdict === 'fix' && reason?.trim());
  if (faults.length === 0) {
    throw new CampaignError('review_incomplete', 'mark at least one item as to be changed and say why');
  }
  return faults;
}
