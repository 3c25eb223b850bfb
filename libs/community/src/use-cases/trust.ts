import { Injectable } from '@nestjs/common';
import { StateLog, UnitOfWork, type Id } from '@hehuo/kernel';
import { ReadPeople, type Actor } from '@hehuo/identity';
import { isDuplicateKey } from '@hehuo/platform';
import { CommunityError } from '../domain/errors.js';
import { MembershipStore } from '../store/membership.store.js';
import { TrustedStore, type TrustGrant } from '../store/trusted.store.js';
import { assertStaffOf, isStaffOf } from './staff-of.js';

export const trustDaysMax = 366;

/** Staff name verified adult neighbours who may enter things for others, for a time. */
@Injectable()
export class TrustNeighbours {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly trusted: TrustedStore,
    private readonly memberships: MembershipStore,
    private readonly people: ReadPeople,
    private readonly log: StateLog,
  ) {}

  /** Throws `community_forbidden`, `trusted_unfit` and `trusted_exists`. */
  async grant(input: {
    actor: Actor;
    communityId: Id<'com'>;
    personId: Id<'per'>;
    days: number;
  }): Promise<Id<'tru'>> {
    const { actor, communityId, personId, days } = input;
    assertStaffOf(actor, communityId);
    if (personId === actor.personId) throw unfit('a colleague has to name you');
    try {
      return await this.uow.run(async (tx) => {
        const member = (await this.memberships.verifiedWithin(tx, communityId, [personId])).get(personId);
        if (member?.ageClass !== 'adult') throw unfit('only a verified adult member can be trusted');
        const id = await this.trusted.add(tx, { communityId, personId, grantedBy: actor.personId, days });
        await this.log.append(tx, [
          { objectType: 'trusted_neighbour', objectId: id, from: null, to: 'open', event: 'grant' },
        ]);
        return id;
      });
    } catch (error) {
      if (!isDuplicateKey(error, 'trusted_neighbour_once')) throw error;
      throw new CommunityError('trusted_exists', 'this neighbour is trusted already');
    }
  }

  /** Ended by staff, or by the neighbour. Throws `trusted_not_found`. */
  async end(input: { actor: Actor; trustId: Id<'tru'> }): Promise<void> {
    const { actor, trustId } = input;
    await this.uow.run(async (tx) => {
      const grant = await this.trusted.byId(tx, trustId);
      const may = grant && (isStaffOf(actor, grant.communityId) || grant.personId === actor.personId);
      if (!may || !(await this.trusted.end(tx, trustId, actor.personId))) {
        throw new CommunityError('trusted_not_found', 'there is no such open trust');
      }
      await this.log.append(tx, [
        { objectType: 'trusted_neighbour', objectId: trustId, from: 'open', to: 'ended', event: 'end' },
      ]);
    });
  }

  /** Who is trusted now; names masked. Throws `community_forbidden`. */
  async list(input: {
    actor: Actor;
    communityId: Id<'com'>;
    after: string;
    limit: number;
  }): Promise<(TrustGrant & { readonly maskedName: string })[]> {
    const { actor, communityId, after, limit } = input;
    assertStaffOf(actor, communityId);
    const grants = await this.trusted.openOf(communityId, after, limit);
    const names = await this.people.names(grants.map(({ personId }) => personId));
    return grants.map((grant) => ({ ...grant, maskedName: names.get(grant.personId)?.masked ?? '' }));
  }
}

function unfit(message: string): CommunityError {
  return new CommunityError('trusted_unfit', message);
}
