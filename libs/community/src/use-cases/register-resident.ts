import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { Consents, RegisterPerson, type Actor } from '@hehuo/identity';
import { isDuplicateKey } from '@hehuo/platform';
import { CommunityError } from '../domain/errors.js';
import { CommunityStore } from '../store/community.store.js';
import { HouseholdStore } from '../store/household.store.js';
import { MembershipStore } from '../store/membership.store.js';
import { Joiners } from './join.js';
import { MembershipBook, membershipExists } from './join-community.js';
import { assertStaffOf, communityNotFound } from './staff-of.js';

export interface RegisterResidentInput {
  readonly actor: Actor;
  readonly communityId: Id<'com'>;
  readonly householdId: Id<'hhd'>;
  readonly name: string;
  /** Null for somebody without a telephone: others act on their behalf. */
  readonly phone: string | null;
  readonly birthDate: string;
  /** Of a child: a verified adult of the household, who signed on paper. */
  readonly guardianId: Id<'per'> | null;
  /** The privacy notice, and for a minor the guardian's agreement, was signed on paper. */
  readonly signedOnPaper: boolean;
}

/** What staff at the desk check before they write. */
@Injectable()
export class ResidentDesk {
  constructor(
    private readonly communities: CommunityStore,
    private readonly households: HouseholdStore,
    private readonly memberships: MembershipStore,
    private readonly joiners: Joiners,
  ) {}

  async check(
    tx: Tx,
    personId: Id<'per'>,
    input: Pick<RegisterResidentInput, 'communityId' | 'householdId' | 'guardianId'>,
  ): Promise<Awaited<ReturnType<Joiners['age']>>> {
    const { communityId, householdId, guardianId } = input;
    const community = await this.communities.within(tx, communityId);
    if (!community) throw communityNotFound();
    const household = (await this.households.within(tx, [householdId])).get(householdId);
    if (household?.communityId !== communityId) {
      throw new CommunityError('household_not_found', 'this household does not belong to the community');
    }
    const joiner = await this.joiners.age(tx, personId, community);
    if (joiner.ageClass === 'child' && guardianId === null) {
      throw new CommunityError(
        'guardian_required',
        'a child below 14 needs a guardian of the same household',
      );
    }
    if (joiner.ageClass !== 'adult' && guardianId !== null) {
      const guardian = (await this.memberships.verifiedWithin(tx, communityId, [guardianId])).get(guardianId);
      if (guardian?.ageClass !== 'adult' || guardian.householdId !== householdId) {
        throw new CommunityError(
          'guardian_unfit',
          'the guardian has to be a verified adult of the same household',
        );
      }
      await this.memberships.growUp(tx, communityId, guardianId);
    }
    return joiner;
  }
}

/** Staff register somebody who stands at the desk with a document, such as an elder without a telephone. */
@Injectable()
export class RegisterResident {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly desk: ResidentDesk,
    private readonly persons: RegisterPerson,
    private readonly consents: Consents,
    private readonly book: MembershipBook,
  ) {}

  /** Throws `community_forbidden`, `household_not_found`, `privacy_consent_required`, `guardian_required`, `guardian_unfit`, `membership_exists` and what is wrong with the fields. */
  async execute(input: RegisterResidentInput): Promise<{ personId: Id<'per'>; membershipId: Id<'mbr'> }> {
    const { actor, communityId, householdId, guardianId } = input;
    assertStaffOf(actor, communityId);
    if (!input.signedOnPaper) {
      throw new CommunityError('privacy_consent_required', 'let them read and sign the privacy notice first');
    }
    try {
      return await this.uow.run(async (tx) => {
        const personId = await this.persons.execute(tx, input);
        if (personId === actor.personId) {
          throw new CommunityError('membership_own_review', 'a colleague has to register you');
        }
        const { ageClass, minorBirthDate } = await this.desk.check(tx, personId, input);
        await this.consents.giveFor(tx, personId, personId, 'privacy_notice');
        if (ageClass === 'child') await this.consents.giveFor(tx, personId, guardianId!, 'sensitive_data');
        const membershipId = await this.book.open(
          tx,
          {
            communityId,
            personId,
            householdId,
            state: 'verified',
            basis: 'staff',
            minorBirthDate,
            guardianId: ageClass === 'adult' ? null : guardianId,
            note: null,
            reviewedBy: actor.personId,
          },
          'register',
        );
        return { personId, membershipId };
      });
    } catch (error) {
      throw isDuplicateKey(error, 'membership_open') ? membershipExists() : error;
    }
  }
}
