import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import type { VerifiedMember } from '../domain/member.js';
import { MembershipStore } from '../store/membership.store.js';
import { TrustedStore } from '../store/trusted.store.js';

/** Who belongs to a community, as staff or a door code verified it. A person acts only where they belong. */
export abstract class Memberships {
  /** The verified members among these people, by person; who is missing is none. One statement, for the pledge path. */
  abstract verified(
    tx: Tx,
    communityId: Id<'com'>,
    personIds: readonly Id<'per'>[],
  ): Promise<Map<Id<'per'>, VerifiedMember>>;
}

/** Neighbours who may enter something for somebody else, besides staff. */
export abstract class Trusted {
  abstract isTrusted(tx: Tx, communityId: Id<'com'>, personId: Id<'per'>): Promise<boolean>;
}

@Injectable()
export class StoredMemberships extends Memberships {
  constructor(private readonly memberships: MembershipStore) {
    super();
  }

  verified(
    tx: Tx,
    communityId: Id<'com'>,
    personIds: readonly Id<'per'>[],
  ): Promise<Map<Id<'per'>, VerifiedMember>> {
    return this.memberships.verifiedWithin(tx, communityId, personIds);
  }
}

@Injectable()
export class StoredTrusted extends Trusted {
  constructor(private readonly trusted: TrustedStore) {
    super();
  }

  isTrusted(tx: Tx, communityId: Id<'com'>, personId: Id<'per'>): Promise<boolean> {
    return this.trusted.isTrusted(tx, communityId, personId);
  }
}
