import { Injectable } from '@nestjs/common';
import { Clock, StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { type Actor } from '@hehuo/identity';
import { isDuplicateKey } from '@hehuo/platform';
import { CommunityError } from '../domain/errors.js';
import { flawOf, type CommunityPolicy, type PolicyContent } from '../domain/policy.js';
import { CommunityStore } from '../store/community.store.js';
import { PolicyStore, type PolicyVersion } from '../store/policy.store.js';
import { assertStaffOf, communityNotFound } from './staff-of.js';

/** The rules of a community as they stand now; the platform's defaults where it has made none. */
@Injectable()
export class CommunityPolicies {
  constructor(private readonly policies: PolicyStore) {}

  current(communityId: Id<'com'>, tx?: Tx): Promise<CommunityPolicy> {
    return this.policies.current(communityId, tx);
  }

  /** Every version, also those to come, newest first. */
  history(communityId: Id<'com'>): Promise<PolicyVersion[]> {
    return this.policies.history(communityId);
  }
}

/** Writes the next version of a community's rules. Campaigns that were launched keep theirs. */
@Injectable()
export class ChangePolicy {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: PolicyStore,
    private readonly communities: CommunityStore,
    private readonly log: StateLog,
    private readonly clock: Clock,
  ) {}

  /**
   * `after` is the version that the caller read: when somebody wrote another one since, nothing is written and
   * `policy_changed` is thrown. Also throws `community_forbidden`, `community_not_found` and `policy_invalid`.
   */
  async execute(input: {
    actor: Actor;
    communityId: Id<'com'>;
    after: number;
    content: PolicyContent;
    effectiveFrom: Date | null;
    reason: string;
  }): Promise<number> {
    const { actor, communityId, after, content, effectiveFrom, reason } = input;
    assertStaffOf(actor, communityId);
    const flaw = flawOf(content);
    if (flaw) throw new CommunityError('policy_invalid', flaw.message, { field: flaw.field });
    if (effectiveFrom !== null && effectiveFrom < this.clock.now()) {
      throw new CommunityError('policy_invalid', 'a rule cannot begin in the past', {
        field: 'effectiveFrom',
      });
    }
    if (!(await this.communities.byId(communityId))) throw communityNotFound();
    const version = after + 1;
    try {
      await this.uow.run(async (tx) => {
        if ((await this.policies.newest(tx, communityId)) !== after) throw changed();
        const change = { by: actor.personId, reason, effectiveFrom };
        await this.policies.add(tx, communityId, { ...content, version }, change);
        const [from, to] = [`v${after}`, `v${version}`];
        await this.log.append(tx, [
          { objectType: 'community_policy', objectId: communityId, from, to, event: 'change', reason },
        ]);
      });
    } catch (error) {
      throw isDuplicateKey(error) ? changed() : error;
    }
    return version;
  }
}

function changed(): CommunityError {
  return new CommunityError('policy_changed', 'somebody changed the rules meanwhile; read them again');
}
