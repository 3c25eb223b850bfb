import { Injectable } from '@nestjs/common';
import { StateLog, UnitOfWork, type Id } from '@hehuo/kernel';
import { Consents, type Actor } from '@hehuo/identity';
import { CommunityError } from '../domain/errors.js';
import { MembershipStore, type Membership } from '../store/membership.store.js';
import { membershipNotFound } from './staff-of.js';

/**
 * An adult of the household stands in for a minor and, below 14, agrees to the handling of the child's data (personal
 * information protection law §31). Staff verify afterwards.
 */
@Injectable()
export class GuardMinor {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly memberships: MembershipStore,
    private readonly consents: Consents,
    private readonly log: StateLog,
  ) {}

  /** Throws `membership_not_found` to whoever is no verified adult of that household, and `guardian_unfit`. */
  async execute(input: { actor: Actor; membershipId: Id<'mbr'>; agrees: boolean }): Promise<void> {
    const { actor, membershipId, agrees } = input;
    if (!agrees) {
      throw new CommunityError(
        'guardian_consent_required',
        "a guardian agrees to the handling of the minor's data",
      );
    }
    await this.uow.run(async (tx) => {
      const ward = await this.memberships.lock(tx, membershipId);
      if (!ward) throw membershipNotFound();
      const { communityId, personId, householdId } = ward;
      const me = (await this.memberships.verifiedWithin(tx, communityId, [actor.personId])).get(
        actor.personId,
      );
      if (me?.householdId !== householdId || me.ageClass !== 'adult') throw membershipNotFound();
      assertFits(ward, actor.personId);
      // Whoever was a minor when they joined is now known to be grown up; the birth date is not needed any more.
      await this.memberships.growUp(tx, communityId, actor.personId);
      await this.memberships.setGuardian(tx, ward.id, actor.personId);
      await this.consents.giveFor(tx, personId, actor.personId, 'sensitive_data');
      const { id: objectId, state } = ward;
      await this.log.append(tx, [
        { objectType: 'membership', objectId, from: state, to: state, event: 'guardian' },
      ]);
    });
  }
}

function assertFits(ward: Membership, guardianId: Id<'per'>): void {
  if (ward.ageClass === 'adult' || ward.personId === guardianId) {
    throw new CommunityError('guardian_unfit', 'this person is grown up and needs no guardian');
  }
  if (ward.state !== 'requested' && ward.state !== 'verified') throw membershipNotFound();
  if (ward.guardianId !== null && ward.guardianId !== guardianId) {
    throw new CommunityError('guardian_unfit', 'somebody else of the household is the guardian already');
  }
}
