import type { Id, Tx } from '@hehuo/kernel';

export interface VerifiedMember {
  readonly personId: Id<'per'>;
  readonly householdId: Id<'hhd'>;
  readonly ageClass: 'adult' | 'teen' | 'child';
  readonly guardianId: Id<'per'> | null;
}

/** Who belongs to a community, as staff or a door code verified it. */
export abstract class Memberships {
  /** The verified members among these people, by person; one statement. */
  abstract verified(
    tx: Tx,
    communityId: Id<'com'>,
    personIds: readonly Id<'per'>[],
  ): Promise<Map<Id<'per'>, VerifiedMember>>;
}

/** Neighbours who may enter something for somebody else. */
export abstract class Trusted {
  abstract isTrusted(tx: Tx, communityId: Id<'com'>, personId: Id<'per'>): Promise<boolean>;
}
