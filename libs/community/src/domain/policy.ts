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

export type PolicyContent = Omit<CommunityPolicy, 'version'>;

/** What a community may set. Longer collection than a week, or campaigns over two months, the law's frame does not foresee. */
const RANGES = {
  noticeDays: [1, 60],
  collectionHours: [24, 168],
  campaignDaysMax: [1, 60],
  workdayMinutes: [60, 720],
} as const satisfies Partial<Record<keyof PolicyContent, readonly [number, number]>>;

/** The first thing that is wrong with a policy, or null. */
export function flawOf(policy: PolicyContent): { readonly field: string; readonly message: string } | null {
  const { numerator, denominator } = policy.attentionShare;
  const whole = Number.isInteger(numerator) && Number.isInteger(denominator);
  if (!whole || numerator < 1 || denominator > 1000 || numerator > denominator) {
    return { field: 'attentionShare', message: 'the share is a fraction above 0 and up to 1, such as 1/5' };
  }
  for (const [field, [least, most]] of Object.entries(RANGES)) {
    const value = policy[field as keyof typeof RANGES];
    if (!Number.isInteger(value) || value < least || value > most) {
      return { field, message: `${field} is a whole number from ${least} to ${most}` };
    }
  }
  if (policy.moneyPerPersonMax !== null && policy.moneyPerPersonMax <= 0n) {
    return { field: 'moneyPerPersonMax', message: 'the limit is a positive number of fen, or null for none' };
  }
  return null;
}
