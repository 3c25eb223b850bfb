import { Injectable } from '@nestjs/common';
import { StateConflict, StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { Consents, type Actor } from '@hehuo/identity';
import { CommunityError } from '../domain/errors.js';
import { MEMBERSHIP_MACHINE, type MembershipEvent } from '../domain/membership.machine.js';
import { MembershipStore, type Membership } from '../store/membership.store.js';
import { TrustedStore } from '../store/trusted.store.js';
import { isStaffOf, membershipNotFound } from './staff-of.js';

/** Steps of a membership that several use cases take, with what depends on them. */
@Injectable()
export class MembershipSteps {
  constructor(
    private readonly memberships: MembershipStore,
    private readonly trusted: TrustedStore,
    private readonly log: StateLog,
  ) {}

  /** Throws `state_conflict` when the step is not possible or somebody was faster. */
  async step(
    tx: Tx,
    membership: Membership,
    event: MembershipEvent,
    by: { readonly staff: Id<'per'> | null; readonly reason: string | null },
  ): Promise<void> {
    const to = MEMBERSHIP_MACHINE.next(membership.state, event);
    const moved = await this.memberships.move(tx, {
      id: membership.id,
      from: membership.state,
      to,
      version: membership.version,
      ...(event === 'verify' ? { basis: 'staff' as const } : {}),
      ...(by.staff === null ? {} : { reviewedBy: by.staff }),
      ...(by.reason === null ? {} : { reason: by.reason }),
    });
    if (!moved) throw new StateConflict('membership', membership.state, event);
    const { id: objectId, state: from } = membership;
    const reason = by.reason === null ? {} : { reason: by.reason };
    await this.log.append(tx, [{ objectType: 'membership', objectId, from, to, event, ...reason }]);
  }

  /** Ends a membership; a child whose guardian goes cannot stay, an older minor stays without one. */
  async end(
    tx: Tx,
    membership: Membership,
    by: { readonly staff: Id<'per'> | null; readonly reason: string | null },
  ): Promise<void> {
    await this.step(tx, membership, 'end', by);
    const { communityId, personId } = membership;
    await this.trusted.endOf(tx, personId, communityId);
    for (const ward of await this.memberships.wardsOf(tx, communityId, personId)) {
      if (ward.ageClass === 'child')
        await this.step(tx, ward, 'end', { staff: null, reason: 'the guardian left' });
      else await this.memberships.setGuardian(tx, ward.id, null);
    }
  }
}

/** Staff verify or refuse who asks, and end memberships; anybody ends the own one. */
@Injectable()
export class ReviewMembership {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly memberships: MembershipStore,
    private readonly steps: MembershipSteps,
    private readonly consents: Consents,
  ) {}

  /**
   * Throws `membership_not_found` also to whoever may not know of it, `membership_own_review`, `guardian_required`,
   * `guardian_unfit`, `guardian_consent_required` and `state_conflict`.
   */
  async execute(input: {
    actor: Actor;
    membershipId: Id<'mbr'>;
    event: MembershipEvent;
    reason: string | null;
  }): Promise<void> {
    const { actor, membershipId, event, reason } = input;
    await this.uow.run(async (tx) => {
      const membership = await this.memberships.lock(tx, membershipId);
      if (!membership) throw membershipNotFound();
      const own = membership.personId === actor.personId;
      const staff = isStaffOf(actor, membership.communityId);
      if (!staff && !own) throw membershipNotFound();
      if (own && event !== 'end') {
        throw new CommunityError('membership_own_review', 'a colleague has to decide on your own membership');
      }
      const by = { staff: staff && !own ? actor.personId : null, reason };
      if (event === 'end') return this.steps.end(tx, membership, by);
      if (event === 'verify') await this.assertGuarded(tx, membership);
      return this.steps.step(tx, membership, event, by);
    });
  }

  private async assertGuarded(tx: Tx, membership: Membership): Promise<void> {
    const { ageClass, guardianId, communityId, householdId, personId } = membership;
    if (ageClass !== 'child' && guardianId === null) return;
    if (guardianId === null) {
      throw new CommunityError(
        'guardian_required',
        'a child below 14 needs a guardian of the same household first',
      );
    }
    const guardian = (await this.memberships.verifiedWithin(tx, communityId, [guardianId])).get(guardianId);
    if (guardian?.ageClass !== 'adult' || guardian.householdId !== householdId) {
      throw new CommunityError(
        'guardian_unfit',
        'the guardian has to be a verified adult of the same household',
      );
    }
    if (ageClass !== 'child') return;
    const agreed = await this.consents.havingOpen(tx, [personId], 'sensitive_data');
    if (!agreed.has(personId)) {
      throw new CommunityError('guardian_consent_required', 'the guardian has to agree for the child first');
    }
  }
}
