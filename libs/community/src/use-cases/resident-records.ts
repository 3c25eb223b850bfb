import { Injectable } from '@nestjs/common';
import { Clock, StateLog, UnitOfWork, type Id } from '@hehuo/kernel';
import { ageClassOn, localDay, RegisterPerson, type Actor } from '@hehuo/identity';
import { CommunityStore } from '../store/community.store.js';
import { MembershipStore, type Membership } from '../store/membership.store.js';
import { isStaffOf, membershipNotFound } from './staff-of.js';

export interface RevealedResident {
  readonly name: string | null;
  readonly phone: string | null;
  readonly birthDate: string | null;
}

/** What staff may do with the record behind a membership of their community. Every look is logged with its reason. */
@Injectable()
export class ResidentRecords {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly memberships: MembershipStore,
    private readonly communities: CommunityStore,
    private readonly persons: RegisterPerson,
    private readonly log: StateLog,
    private readonly clock: Clock,
  ) {}

  /** The open record, to compare it with a document. Throws `membership_not_found`. */
  async reveal(input: { actor: Actor; membershipId: Id<'mbr'>; reason: string }): Promise<RevealedResident> {
    const membership = await this.openOne(input.actor, input.membershipId);
    await this.uow.run((tx) =>
      this.log.append(tx, [
        {
          objectType: 'person',
          objectId: membership.personId,
          from: 'masked',
          to: 'revealed',
          event: 'reveal',
          reason: input.reason,
        },
      ]),
    );
    const person = await this.persons.reveal(membership.personId);
    if (!person) throw membershipNotFound();
    return person;
  }

  /** Corrects a birth date with a document in hand; the age classes of all the person's memberships follow. */
  async correctBirthDate(input: {
    actor: Actor;
    membershipId: Id<'mbr'>;
    birthDate: string;
    reason: string;
  }): Promise<void> {
    const { actor, membershipId, reason } = input;
    const { personId } = await this.openOne(actor, membershipId);
    await this.uow.run(async (tx) => {
      const birthDate = await this.persons.correctBirthDate(tx, personId, input.birthDate);
      for (const membership of await this.memberships.lockOpenOf(tx, personId)) {
        const community = await this.communities.within(tx, membership.communityId);
        const today = localDay(this.clock.now(), community?.timeZone ?? 'Asia/Shanghai');
        const adult = ageClassOn(birthDate, today) === 'adult';
        await this.memberships.setBirth(tx, membership.id, adult ? null : birthDate);
        const { id: objectId, state } = membership;
        await this.log.append(tx, [
          { objectType: 'membership', objectId, from: state, to: state, event: 'correct_birth_date', reason },
        ]);
      }
    });
  }

  private async openOne(actor: Actor, membershipId: Id<'mbr'>): Promise<Membership> {
    const membership = await this.memberships.byId(membershipId);
    const open = membership?.state === 'requested' || membership?.state === 'verified';
    if (!membership || !open || !isStaffOf(actor, membership.communityId)) throw membershipNotFound();
    return membership;
  }
}
