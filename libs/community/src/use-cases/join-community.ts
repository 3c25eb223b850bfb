import { Injectable } from '@nestjs/common';
import { StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { Attempts, type Actor, type AttemptRule } from '@hehuo/identity';
import { isDuplicateKey } from '@hehuo/platform';
import { CommunityError } from '../domain/errors.js';
import { normalDoorCode } from '../domain/household.js';
import type { CommunityView } from '../domain/member.js';
import { CommunityStore } from '../store/community.store.js';
import { DoorCodeStore } from '../store/door-code.store.js';
import { HouseholdStore } from '../store/household.store.js';
import { MembershipStore, type NewMembership } from '../store/membership.store.js';
import { Joiners } from './join.js';
import { communityNotFound } from './staff-of.js';

const DOOR_CODE_TRIES: AttemptRule = { scope: 'door_code', max: 10, windowSeconds: 86_400 };
const REQUESTS: AttemptRule = { scope: 'membership_request', max: 20, windowSeconds: 86_400 };

export interface Joined {
  readonly membershipId: Id<'mbr'>;
  readonly state: 'requested' | 'verified';
}

type Refused = { readonly lockedSeconds: number } | 'wrong_code';

/** The writing half of joining, the same for every way in. */
@Injectable()
export class MembershipBook {
  constructor(
    private readonly memberships: MembershipStore,
    private readonly log: StateLog,
  ) {}

  async open(tx: Tx, membership: NewMembership, event: string): Promise<Id<'mbr'>> {
    const id = await this.memberships.add(tx, membership);
    await this.log.append(tx, [
      { objectType: 'membership', objectId: id, from: null, to: membership.state, event },
    ]);
    return id;
  }
}

/** Where somebody says they live. */
@Injectable()
export class JoinPlaces {
  constructor(
    private readonly codes: DoorCodeStore,
    private readonly households: HouseholdStore,
  ) {}

  async byCode(tx: Tx, communityId: Id<'com'>, text: string): Promise<Id<'hhd'> | null> {
    const code = normalDoorCode(text);
    return code === null ? null : this.codes.spend(tx, communityId, code);
  }

  async byDoor(tx: Tx, communityId: Id<'com'>, estateId: Id<'est'>, door: string): Promise<Id<'hhd'>> {
    const id = await this.households.atDoor(tx, estateId, door);
    const household = id && (await this.households.within(tx, [id])).get(id);
    if (!household || household.communityId !== communityId) {
      throw new CommunityError(
        'household_not_found',
        'this door is not in the list; check it or ask the community office',
      );
    }
    return household.id;
  }
}

/** Becomes a member by the code on the notice at the own door, or asks staff to look. */
@Injectable()
export class JoinCommunity {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly communities: CommunityStore,
    private readonly places: JoinPlaces,
    private readonly book: MembershipBook,
    private readonly joiners: Joiners,
    private readonly attempts: Attempts,
  ) {}

  /**
   * An adult is verified at once; a minor waits for a guardian and staff. Throws `door_code_refused`, `door_code_locked`
   * after ten wrong codes a day, `membership_exists`, and what {@link Joiners} throws.
   */
  async byDoorCode(input: { actor: Actor; communityId: Id<'com'>; code: string }): Promise<Joined> {
    const { actor, communityId, code } = input;
    return this.join(DOOR_CODE_TRIES, actor, communityId, async (tx, community) => {
      const joiner = await this.joiners.check(tx, actor.personId, community);
      const householdId = await this.places.byCode(tx, communityId, code);
      if (householdId === null) return 'wrong_code';
      const adult = joiner.ageClass === 'adult';
      const state = adult ? 'verified' : 'requested';
      const membershipId = await this.book.open(
        tx,
        {
          communityId,
          personId: actor.personId,
          householdId,
          state,
          basis: adult ? 'door_code' : null,
          minorBirthDate: joiner.minorBirthDate,
          guardianId: null,
          note: null,
          reviewedBy: null,
        },
        'door_code',
      );
      return { membershipId, state };
    });
  }

  /** Throws `household_not_found` for a door that is not in the list, and otherwise like {@link byDoorCode}. */
  async byRequest(input: {
    actor: Actor;
    communityId: Id<'com'>;
    estateId: Id<'est'>;
    door: string;
    note: string | null;
  }): Promise<Joined> {
    const { actor, communityId, estateId, door, note } = input;
    return this.join(REQUESTS, actor, communityId, async (tx, community) => {
      const joiner = await this.joiners.check(tx, actor.personId, community);
      const householdId = await this.places.byDoor(tx, communityId, estateId, door);
      const membershipId = await this.book.open(
        tx,
        {
          communityId,
          personId: actor.personId,
          householdId,
          state: 'requested',
          basis: null,
          minorBirthDate: joiner.minorBirthDate,
          guardianId: null,
          note,
          reviewedBy: null,
        },
        'request',
      );
      return { membershipId, state: 'requested' };
    });
  }

  private async join(
    rule: AttemptRule,
    actor: Actor,
    communityId: Id<'com'>,
    work: (tx: Tx, community: CommunityView) => Promise<Joined | 'wrong_code'>,
  ): Promise<Joined> {
    const community = await this.communities.byId(communityId);
    if (!community) throw communityNotFound();
    try {
      const outcome = await this.uow.run(async (tx): Promise<Joined | Refused> => {
        const attempt = await this.attempts.take(tx, rule, actor.personId);
        return attempt.allowed ? work(tx, community) : { lockedSeconds: attempt.retryAfterSeconds };
      });
      // Thrown outside, because the count of a wrong try must be committed.
      if (outcome === 'wrong_code') {
        throw new CommunityError(
          'door_code_refused',
          'this code does not work; look at the notice or ask for a new one',
        );
      }
      if ('lockedSeconds' in outcome) throw locked(outcome.lockedSeconds);
      return outcome;
    } catch (error) {
      throw isDuplicateKey(error, 'membership_open') ? membershipExists() : error;
    }
  }
}

export function membershipExists(): CommunityError {
  return new CommunityError('membership_exists', 'there is an open membership in this community already');
}

function locked(retryAfterSeconds: number): CommunityError {
  return new CommunityError(
    'door_code_locked',
    `too many tries; come back in ${retryAfterSeconds} seconds or ask the office`,
    {
      retryAfterSeconds,
    },
  );
}
