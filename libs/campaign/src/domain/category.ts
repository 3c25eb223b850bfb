import { CampaignError } from './errors.js';

/** What a campaign is about; the first five are the fields that the city names for partners (domain.md §1.1). */
export const CATEGORIES = [
  'community_development',
  'community_governance',
  'community_safety',
  'community_service',
  'rural_revitalisation',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** A draft that has not chosen yet. */
export const NO_CATEGORY = 'undecided';

export const BLOCKED_CATEGORIES = [
  'personal_aid',
  'investment_return',
  'religion_politics',
  'related_beneficiary',
] as const;
export type BlockedCategory = (typeof BLOCKED_CATEGORIES)[number];

interface Signpost {
  readonly reason: { readonly 'zh-CN': string; readonly en: string };
  readonly wayOut: { readonly 'zh-CN': string; readonly en: string };
}

/** Why it cannot be done here and where it can (domain.md §§2.2, 2.3). Articles are named, their text is not quoted. */
export const BLOCKED: Readonly<Record<BlockedCategory, Signpost>> = {
  personal_aid: {
    reason: {
      'zh-CN': '为某个人或某一家募集钱款，只能在民政部指定的个人求助网络服务平台上进行（慈善法第124条）。',
      en: 'Money for one named person or family may only be asked for on a platform designated by the Ministry of Civil Affairs (Charity Law, Article 124).',
    },
    wayOut: {
      'zh-CN': '请到民政部指定的个人求助网络服务平台发起，或向居委会说明困难。',
      en: 'Use a personal-aid platform designated by the ministry, or tell the residents’ committee about the hardship.',
    },
  },
  investment_return: {
    reason: {
      'zh-CN':
        '承诺还本付息、分红或其他回报的集资可能构成非法集资（防范和处置非法集资条例第2条、第19条），这里不能发起。',
      en: 'Raising money with a promise of principal, interest, shares or other return may be illegal fundraising (Regulation on Illegal Fundraising, Articles 2 and 19) and cannot be started here.',
    },
    wayOut: {
      'zh-CN': '去掉一切回报承诺；大家得到的只能是这项服务本身。要一起定制一项服务，请选“服务预订”。',
      en: 'Drop every promise of return; what people get can only be the service itself. To order a service together, choose the legal type “service pre-order”.',
    },
  },
  religion_politics: {
    reason: {
      'zh-CN': '本平台只用于社区的共同需要，不接受宗教或政治类项目。',
      en: 'This platform is for shared needs of a community; it takes no religious or political projects.',
    },
    wayOut: {
      'zh-CN': '如果其中有邻里共同的需要，请只就那一项需要重新写。',
      en: 'If there is a need in it that neighbours share, write about that need alone.',
    },
  },
  related_beneficiary: {
    reason: {
      'zh-CN': '受益人不能是与发起人有利害关系的特定个人（慈善法第40条）。',
      en: 'The beneficiary may not be a particular person with an interest in common with the initiator (Charity Law, Article 40).',
    },
    wayOut: {
      'zh-CN': '请写成邻里共同受益的事，或请与受益人没有利害关系的邻居和居委会来发起。',
      en: 'Make it something that neighbours share, or ask somebody without such a tie, or the residents’ committee, to start it.',
    },
  },
};

export function isBlocked(category: string): category is BlockedCategory {
  return (BLOCKED_CATEGORIES as readonly string[]).includes(category);
}

/** Throws `category_blocked` with the reason and the legal way out in both languages. */
export function refuseBlocked(category: string): void {
  if (!isBlocked(category)) return;
  const { reason, wayOut } = BLOCKED[category];
  throw new CampaignError('category_blocked', `${reason.en} ${wayOut.en}`, { category, reason, wayOut });
}
