import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { ReadPeople, type Actor } from '@hehuo/identity';
import type { MembershipState } from '../domain/membership.machine.js';
import { HouseholdStore } from '../store/household.store.js';
import { MembershipStore, type Membership } from '../store/membership.store.js';
import { assertStaffOf } from './staff-of.js';

export interface MembershipView extends Omit<Membership, 'version'> {
  readonly maskedName: string;
  readonly maskedPhone: string | null;
  readonly estateName: string;
  /** For the household's own people and the community's staff. */
  readonly door: string;
}

@Injectable()
export class ReadMemberships {
  constructor(
    private readonly memberships: MembershipStore,
    private readonly households: HouseholdStore,
    private readonly people: ReadPeople,
  ) {}

  /** Every membership of the person, the refused and ended ones too, newest first. */
  ofPerson(personId: Id<'per'>): Promise<Membership[]> {
    return this.memberships.ofPerson(personId);
  }

  /** The own memberships, the minors one stands in for, and those of the household who look for a guardian. */
  async mine(input: { actor: Actor }): Promise<{
    readonly items: MembershipView[];
    readonly wards: MembershipView[];
    readonly unguarded: MembershipView[];
  }> {
    const { personId } = input.actor;
    const own = await this.memberships.ofPerson(personId);
    const homes = own
      .filter(({ state, ageClass }) => state === 'verified' && ageClass === 'adult')
      .map(({ householdId }) => householdId);
    const [wards, unguarded] = await Promise.all([
      this.memberships.guardedBy(personId),
      this.memberships.unguarded(homes),
    ]);
    return {
      items: await this.shown(own),
      wards: await this.shown(wards),
      unguarded: await this.shown(unguarded.filter((one) => one.personId !== personId)),
    };
  }

  /** For the community's staff, in keyset order of the ids. Throws `community_forbidden`. */
  async queue(input: {
    actor: Actor;
    communityId: Id<'com'>;
    state: MembershipState;
    after: string;
    limit: number;
  }): Promise<MembershipView[]> {
    const { actor, communityId, state, after, limit } = input;
    assertStaffOf(actor, communityId);
    return this.shown(await this.memberships.ofCommunity(communityId, state, after, limit));
  }

  private async shown(memberships: readonly Membership[]): Promise<MembershipView[]> {
    const [names, households] = await Promise.all([
      this.people.names(memberships.map(({ personId }) => personId)),
      this.households.byIds([...new Set(memberships.map(({ householdId }) => householdId))]),
    ]);
    return memberships.map(({ version: _version, ...one }) => {
      const household = households.get(one.householdId);
      const person = names.get(one.personId);
      return {
        ...one,
        maskedName: person?.masked ?? '',
        maskedPhone: person?.maskedPhone ?? null,
        estateName: household?.estateName ?? '',
        door: household?.door ?? '',
      };
    });
  }
}
