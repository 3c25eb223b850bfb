import type { Id } from '@hehuo/kernel';
import type { CampaignState } from './campaign.machine.js';
import type { AskUnit, Kind } from './kind.js';

/** What the campaign is in law; `legal-type.ts` holds the rules of each. */
export const LEGAL_TYPES = [
  'mutual_aid',
  'service_preorder',
  'owners_fund',
  'targeted_fund',
  'public_charity',
  'in_kind_only',
] as const;
export type LegalType = (typeof LEGAL_TYPES)[number];

/** When money moves: after success in a collection window, at once and back on failure, or as cash or transfer. */
export const PAYMENT_MODES = ['pay_on_success', 'pay_now', 'offline'] as const;
export type PaymentMode = (typeof PAYMENT_MODES)[number];

/** What becomes of the pledges when the goal is missed. */
export const FAILURE_POLICIES = ['release_all', 'refund_all', 'charity_plan'] as const;
export type FailurePolicy = (typeof FAILURE_POLICIES)[number];

/** What becomes of money above the costs. */
export const SURPLUS_POLICIES = [
  'none',
  'refund_pro_rata',
  'community_fund',
  'price_falls',
  'owners_decide',
  'similar_purpose',
] as const;
export type SurplusPolicy = (typeof SURPLUS_POLICIES)[number];

/** What happens when the purpose must change after success: those who pledged agree again or get it back. */
export const SCOPE_CHANGE_POLICIES = ['reconsent_or_refund'] as const;
export type ScopeChangePolicy = (typeof SCOPE_CHANGE_POLICIES)[number];

/** Fixed before launch and copied onto each pledge when it is made. */
export interface Policies {
  readonly failure: FailurePolicy;
  readonly surplus: SurplusPolicy;
  readonly scopeChange: ScopeChangePolicy;
}

/** Fixed before launch, used at most once. `daysMax` 0 means that there is no extension. */
export interface ExtensionRule {
  readonly daysMax: number;
  /** Every required ask must have reached this percentage of its minimum. */
  readonly reachedPercent: number;
}

export interface Campaign {
  readonly id: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly organiserId: Id<'per'>;
  readonly needId: Id<'ned'> | null;
  readonly state: CampaignState;
  readonly version: number;
  /** How often it was handed in for review. */
  readonly round: number;
  readonly title: string;
  readonly lead: string;
  readonly story: string;
  readonly beneficiaries: string;
  readonly placeText: string;
  readonly plan: string;
  readonly risks: string;
  readonly category: string;
  readonly legalType: LegalType;
  /** Where a `public_charity` campaign is paid: a page of a designated platform. Null for every other type. */
  readonly externalUrl: string | null;
  /** Null where the campaign asks for no money. */
  readonly paymentMode: PaymentMode | null;
  readonly custodyAccountId: Id<'cus'> | null;
  readonly policies: Policies;
  readonly extension: ExtensionRule;
  /** An instant; show it in `timeZone`, the IANA name of the community's zone. */
  readonly deadline: Date | null;
  readonly timeZone: string;
  readonly noticeDays: number;
  readonly noticeEndsAt: Date | null;
  readonly collectionHours: number;
  readonly collectionEndsAt: Date | null;
  readonly extendedAt: Date | null;
  readonly suspendedFrom: 'notice' | 'open' | null;
  readonly suspendedAt: Date | null;
  readonly suspendedReason: string | null;
  /** Why the closing stopped for a person to look: its numbers did not agree. */
  readonly haltedReason: string | null;
  readonly cancelledReason: string | null;
  readonly submittedAt: Date | null;
  readonly openedAt: Date | null;
  readonly closedAt: Date | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
}

/** Whether goods are given for good or lent and brought back. */
export type GoodsMode = 'give' | 'lend';

/** One line of the goal vector. Quantities are integers in `unit`. */
export interface Ask {
  readonly id: Id<'ask'>;
  readonly campaignId: Id<'cmp'>;
  readonly position: number;
  readonly kind: Kind;
  readonly title: string;
  readonly unit: AskUnit;
  /** What one piece is called where the unit does not say it, such as 把 for chairs. */
  readonly unitLabel: string | null;
  readonly minimum: bigint;
  readonly wanted: bigint;
  /** Nothing is admitted past it. Null: no limit but the slots'. */
  readonly cap: bigint | null;
  /** The campaign succeeds only when every required ask reaches its minimum. */
  readonly required: boolean;
  readonly perPersonMax: bigint | null;
  readonly perPledgeMax: bigint | null;
  readonly goodsMode: GoodsMode | null;
  /** For lent goods: a calendar day (`YYYY-MM-DD`) in the community's zone. */
  readonly returnOn: string | null;
  readonly skill: string | null;
  /** The certificate that the law or the work asks for, in words. */
  readonly credential: string | null;
}

/** A time window with places. One place is worth {@link slotMinutes} minutes of the ask. */
export interface Slot {
  readonly id: Id<'slt'>;
  readonly askId: Id<'ask'>;
  readonly campaignId: Id<'cmp'>;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number;
}

/** Minutes that one place in the slot counts towards its ask. */
export function slotMinutes(slot: { readonly startsAt: Date; readonly endsAt: Date }): bigint {
  return BigInt(Math.floor((slot.endsAt.getTime() - slot.startsAt.getTime()) / 60_000));
}

export interface CostLine {
  readonly position: number;
  readonly title: string;
  /** In fen. */
  readonly amount: bigint;
}

export interface Milestone {
  readonly position: number;
  readonly title: string;
  /** A calendar day (`YYYY-MM-DD`) in the community's zone. */
  readonly dueOn: string;
  /** Share of the money in hundredths of a percent; all milestones together are 10,000. */
  readonly shareBps: number;
}
