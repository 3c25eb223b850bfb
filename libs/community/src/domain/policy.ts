/** What a campaign copies from its community when it is launched. Later changes do not touch it. */
export interface CommunityPolicy {
  /** 0 is the platform's default; versions of the community start at 1. */
  readonly version: number;
  /** The part of the households whose attention convenes a meeting (law on residents' committees §10: one fifth). */
  readonly attentionShare: { readonly numerator: number; readonly denominator: number };
  /** Days of public notice before a campaign opens. */
  readonly noticeDays: number;
  /** Hours in which promised money is collected after success. */
  readonly collectionHours: number;
  /** The longest a campaign may be open, in days. */
  readonly campaignDaysMax: number;
  /** Most fen one person may give to one campaign; null is no limit. */
  readonly moneyPerPersonMax: bigint | null;
  /** Minutes that are shown as one day of work. */
  readonly workdayMinutes: number;
}

export const DEFAULT_POLICY: CommunityPolicy = {
  version: 0,
  attentionShare: { numerator: 1, denominator: 5 },
  noticeDays: 7,
  collectionHours: 72,
  campaignDaysMax: 60,
  moneyPerPersonMax: null,
  workdayMinutes: 360,
};
