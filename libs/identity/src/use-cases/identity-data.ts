import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { ConsentStore } from '../store/consent.store.js';
import { PartnerStore } from '../store/partner.store.js';
import { PersonStore } from '../store/person.store.js';
import { RoleStore } from '../store/role.store.js';
import { SessionStore } from '../store/session.store.js';
import type { Obligation, PersonalDataSource } from './personal-data.port.js';
import { SignInTraces } from './sign-in-traces.js';

/** The account itself. Registered first, so that it is destroyed last. */
@Injectable()
export class IdentityData implements PersonalDataSource {
  readonly name = 'account';

  constructor(
    private readonly people: PersonStore,
    private readonly sessions: SessionStore,
    private readonly consents: ConsentStore,
    private readonly roles: RoleStore,
    private readonly partners: PartnerStore,
    private readonly traces: SignInTraces,
  ) {}

  async export(personId: Id<'per'>): Promise<unknown> {
    const [person, sessions, consents, roles, partners] = await Promise.all([
      this.people.byId(personId),
      this.sessions.listOf(personId),
      this.consents.listOf(personId),
      this.roles.ofPerson(personId),
      this.partners.ofPerson(personId),
    ]);
    if (!person) return null;
    const { phone, name, birthDate, locale, createdAt } = person;
    return { phone, name, birthDate, locale, createdAt, sessions, consents, roles, partners };
  }

  async obligations(tx: Tx, personId: Id<'per'>): Promise<Obligation[]> {
    const [owned, lastAdmin] = [
      await this.partners.soleOwnerOf(tx, personId),
      await this.roles.isLastAdmin(tx, personId),
    ];
    return [
      ...owned.map((ref) => ({ kind: 'partner_without_owner', ref })),
      ...(lastAdmin ? [{ kind: 'last_platform_admin', ref: personId }] : []),
    ];
  }

  async forget(tx: Tx, personId: Id<'per'>): Promise<void> {
    const person = await this.people.lock(tx, personId);
    if (!person || person.state === 'deleted') return;
    await this.traces.forget(tx, personId, person.phone);
    await this.roles.endAll(tx, personId);
    await this.partners.leaveAll(tx, personId);
    await this.consents.withdrawAll(tx, personId);
    await this.sessions.revokeAll(tx, personId);
    await this.people.erase(tx, personId);
  }
}
