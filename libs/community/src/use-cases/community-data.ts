import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import type { Obligation, PersonalDataSource, WithdrawnConsent } from '@hehuo/identity';
import { HouseholdStore } from '../store/household.store.js';
import { MembershipStore } from '../store/membership.store.js';
import { TrustedStore } from '../store/trusted.store.js';
import { MembershipSteps } from './review-membership.js';

/** Where somebody lives and belongs. */
@Injectable()
export class CommunityData implements PersonalDataSource {
  readonly name = 'community';

  constructor(
    private readonly memberships: MembershipStore,
    private readonly households: HouseholdStore,
    private readonly trusted: TrustedStore,
    private readonly steps: MembershipSteps,
  ) {}

  async export(personId: Id<'per'>): Promise<unknown> {
    const memberships = await this.memberships.ofPerson(personId);
    const households = await this.households.byIds(memberships.map(({ householdId }) => householdId));
    return {
      memberships: memberships.map(({ version: _version, ...one }) => {
        const { estateName, door } = households.get(one.householdId) ?? {};
        return { ...one, estateName, door };
      }),
      trusted: await this.trusted.ofPerson(personId),
    };
  }

  /** Living somewhere is no obligation. */
  async obligations(): Promise<Obligation[]> {
    return [];
  }

  async forget(tx: Tx, personId: Id<'per'>): Promise<void> {
    for (const membership of await this.memberships.lockOpenOf(tx, personId)) {
      await this.steps.end(tx, membership, { staff: null, reason: 'the account was closed' });
    }
    await this.trusted.endOf(tx, personId, null);
  }

  /** Without the guardian's agreement nothing of a child below 14 may be handled. */
  async consentWithdrawn(tx: Tx, consent: WithdrawnConsent): Promise<void> {
    if (consent.kind !== 'sensitive_data') return;
    for (const membership of await this.memberships.lockOpenOf(tx, consent.personId)) {
      if (membership.ageClass !== 'child') continue;
      await this.steps.end(tx, membership, {
        staff: null,
        reason: 'the agreement of the guardian was taken back',
      });
    }
  }
}
