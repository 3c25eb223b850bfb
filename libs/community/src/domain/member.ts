import type { Id } from '@hehuo/kernel';

/** Somebody who may act in a community, as its staff or a door code verified it. */
export interface VerifiedMember {
  readonly personId: Id<'per'>;
  readonly householdId: Id<'hhd'>;
  /** Today, in the community's zone: teen is 14 to 17, child below 14. */
  readonly ageClass: 'adult' | 'teen' | 'child';
  readonly guardianId: Id<'per'> | null;
}

export interface CommunityView {
  readonly id: Id<'com'>;
  readonly name: string;
  /** City, district, street and community, joined by slashes. */
  readonly path: string;
  /** IANA name, such as Asia/Shanghai. */
  readonly timeZone: string;
  readonly householdCount: number;
  readonly streetId: Id<'reg'>;
  /** The committee's telephone, as people write it. */
  readonly phone: string | null;
}
