import {
  ChangeRole,
  Consents,
  EnrolStaff,
  GrantRole,
  IdentityError,
  ListRoles,
  RegisterPerson,
} from '@hehuo/identity';
import type { Actor, Role, RoleGrant } from '@hehuo/identity';
import { Clock, UnitOfWork, type Id } from '@hehuo/kernel';
import { FieldCipher } from '@hehuo/platform';
import type { Platform } from '../platform.js';
import { acting } from './acting.js';
import { ADMINS, STAFF, type CastMember, type StaffMember } from './demo-cast.js';
import { DemoSecrets } from './demo-secrets.js';

const grantsReadMax = 100;

/** Everybody who works for the demo, by login. */
export type Crew = ReadonlyMap<string, Actor>;

/** Adds the people of the demo who hold a role. Whoever is there already stays as they are. */
export class SeedPeople {
  private readonly secrets: DemoSecrets;
  private readonly clock: Clock;

  constructor(private readonly platform: Platform) {
    this.secrets = new DemoSecrets(platform.get(FieldCipher));
    this.clock = platform.get(Clock);
  }

  /** The person with this number, who accepted the privacy notice; added where there is none. */
  async person({ phone, name, birthDate }: CastMember): Promise<Id<'per'>> {
    const [register, consents] = [this.platform.get(RegisterPerson), this.platform.get(Consents)];
    return this.platform.get(UnitOfWork).run(async (tx) => {
      const personId = await register.execute(tx, { phone, name, birthDate });
      await consents.giveFor(tx, personId, personId, 'privacy_notice');
      return personId;
    });
  }

  async crew(communityIds: readonly Id<'com'>[]): Promise<Crew> {
    const crew = new Map<string, Actor>();
    const held = await this.heldRoles();
    const admins: Actor[] = [];
    for (const member of ADMINS) {
      const personId = await this.person(member);
      if (!held.has(grantKey(personId, member.role, null))) {
        await this.enrol(member, personId);
        await this.platform.get(GrantRole).bootstrapAdmin(personId);
      }
      const actor = acting(personId, this.clock, [{ role: 'platform_admin', communityId: null }]);
      admins.push(actor);
      crew.set(member.login, actor);
    }
    for (const member of STAFF) crew.set(member.login, await this.staff(member, communityIds, admins, held));
    return crew;
  }

  private async staff(
    member: StaffMember,
    communityIds: readonly Id<'com'>[],
    [first, second]: readonly Actor[],
    held: ReadonlySet<string>,
  ): Promise<Actor> {
    if (!first || !second) throw new Error('the demo has two admins');
    const personId = await this.person(member);
    const roles: RoleGrant[] = communityIds.map((communityId) => ({ role: member.role, communityId }));
    const missing = roles.filter(({ role, communityId }) => !held.has(grantKey(personId, role, communityId)));
    if (missing.length === roles.length) await this.enrol(member, personId);
    for (const { role, communityId } of missing) {
      const grantId = await this.grant(first, personId, role, communityId);
      if (role === 'fund_approver' && grantId) {
        await this.platform.get(ChangeRole).execute({ actor: second, grantId, event: 'confirm' });
      }
    }
    return acting(personId, this.clock, roles);
  }

  // The login comes before the role: a run that was cut in between is found again by the missing role.
  private async enrol({ login }: StaffMember, personId: Id<'per'>): Promise<void> {
    await this.platform.get(EnrolStaff).bootstrap({
      personId,
      login,
      password: this.secrets.password(login),
      totpSecret: this.secrets.totpSecret(login),
    });
  }

  /** Null where the grant is there already and waits for nobody. */
  private async grant(
    actor: Actor,
    personId: Id<'per'>,
    role: Role,
    communityId: Id<'com'> | null,
  ): Promise<Id<'rol'> | null> {
    try {
      return await this.platform.get(GrantRole).execute({ actor, personId, role, communityId });
    } catch (error) {
      if (!(error instanceof IdentityError) || error.code !== 'role_grant_exists') throw error;
      const proposed = await this.platform
        .get(ListRoles)
        .execute({ state: 'proposed', after: '', limit: grantsReadMax });
      return (
        proposed.find(
          (one) => one.personId === personId && one.role === role && one.communityId === communityId,
        )?.id ?? null
      );
    }
  }

  private async heldRoles(): Promise<Set<string>> {
    const held = new Set<string>();
    for (let after = ''; ;) {
      const page = await this.platform
        .get(ListRoles)
        .execute({ state: 'active', after, limit: grantsReadMax });
      for (const { personId, role, communityId } of page) held.add(grantKey(personId, role, communityId));
      const last = page.at(-1);
      if (!last || page.length < grantsReadMax) return held;
      after = last.id;
    }
  }
}

function grantKey(personId: string, role: Role, communityId: string | null): string {
  return `${personId}|${role}|${communityId ?? '*'}`;
}
