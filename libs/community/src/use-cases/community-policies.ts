import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import type { CommunityPolicy } from '../domain/policy.js';
import { PolicyStore } from '../store/policy.store.js';

/** The rules of a community as they stand now; the platform's defaults where it has made none. */
@Injectable()
export class CommunityPolicies {
  constructor(private readonly policies: PolicyStore) {}

  current(communityId: Id<'com'>, tx?: Tx): Promise<CommunityPolicy> {
    return this.policies.current(communityId, tx);
  }
}
