import { Injectable } from '@nestjs/common';
import { StateConflict, StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { hasRole, type Actor, type Role } from '../domain/actor.js';
import { IdentityError } from '../domain/errors.js';
import {
  assertMayConfirm,
  assertMayGrant,
  needsSecondPerson,
  ROLE_GRANT_MACHINE,
} from '../domain/role-grant.js';
import type { RoleGrantEvent, RoleGrantState } from '../domain/role-grant.js';
import { PersonStore } from '../store/person.store.js';
import { RoleStore, type GrantedRole, type NewRoleGrant } from '../store/role.store.js';
import { SessionCache } from './session-cache.js';

export interface GrantRoleInput {
  readonly actor: Actor;
  readonly personId: Id<'per'>;
  readonly role: Role;
  readonly communityId: Id<'com'> | null;
}

@Injectable()
export class GrantRole {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly roles: RoleStore,
    private readonly people: PersonStore,
    private readonly log: StateLog,
    private readonly cache: SessionCache,
  ) {}

  /** A role over money waits for a second admin. Throws `role_grant_refused`, `role_grant_exists`, `person_not_found`. */
  async execute(input: GrantRoleInput): Promise<Id<'rol'>> {
    const { actor, personId, role, communityId } = input;
    assertMayGrant(actor, personId, role, communityId);
    const state = needsSecondPerson(role) ? 'proposed' : 'active';
    return this.add({ personId, role, communityId, state, grantedBy: actor.personId });
  }

  /**
   * The first platform admin, given on the command line by who runs the machine. Whoever can do that holds the keys
   * anyway; the log names the command.
   */
  async bootstrapAdmin(personId: Id<'per'>): Promise<Id<'rol'>> {
    return this.add(bootstrapped(personId));
  }

  /** The same in the transaction that makes the person. */
  async firstAdmin(tx: Tx, personId: Id<'per'>): Promise<void> {
    await this.addWithin(tx, bootstrapped(personId));
  }

  private async add(grant: NewRoleGrant): Promise<Id<'rol'>> {
    try {
      const id = await this.uow.run((tx) => this.addWithin(tx, grant));
      this.cache.dropPerson(grant.personId);
      return id;
    } catch (error) {
      if (!isDuplicateKey(error, 'role_grant_once')) throw error;
      throw new IdentityError('role_grant_exists', 'the person has this role, or it waits for confirmation');
    }
  }

  private async addWithin(tx: Tx, grant: NewRoleGrant): Promise<Id<'rol'>> {
    const person = await this.people.lock(tx, grant.personId);
    if (person?.state !== 'active') throw new IdentityError('person_not_found', 'there is no such person');
    const id = await this.roles.add(tx, grant);
    await logChange(this.log, tx, { id, from: null, to: grant.state, event: 'grant' });
    return id;
  }
}

function bootstrapped(personId: Id<'per'>): NewRoleGrant {
  return { personId, role: 'platform_admin', communityId: null, state: 'active', grantedBy: null };
}

/** Confirms a proposed role or takes a role back. */
@Injectable()
export class ChangeRole {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly roles: RoleStore,
    private readonly log: StateLog,
    private readonly cache: SessionCache,
  ) {}

  /** Throws `role_grant_refused`, `role_grant_not_found` and `state_conflict`. */
  async execute(input: { actor: Actor; grantId: Id<'rol'>; event: RoleGrantEvent }): Promise<void> {
    const { actor, grantId, event } = input;
    const personId = await this.uow.run(async (tx) => {
      const grant = await this.roles.lock(tx, grantId);
      if (!grant) throw new IdentityError('role_grant_not_found', 'there is no such grant');
      const to = ROLE_GRANT_MACHINE.next(grant.state, event);
      if (event === 'confirm') assertMayConfirm(actor, grant);
      else await this.assertMayWithdraw(tx, actor, grant);
      const done = await this.roles[event](tx, grant, actor.personId);
      if (!done) throw new StateConflict('role grant', grant.state, event);
      await logChange(this.log, tx, { id: grant.id, from: grant.state, to, event });
      return grant.personId;
    });
    this.cache.dropPerson(personId);
  }

  private async assertMayWithdraw(tx: Tx, actor: Actor, grant: GrantedRole): Promise<void> {
    if (!hasRole(actor, 'platform_admin', null)) {
      throw new IdentityError('role_grant_refused', 'only a platform admin takes roles back');
    }
    if (grant.role === 'platform_admin' && (await this.roles.isLastAdmin(tx, grant.personId))) {
      throw new IdentityError(
        'role_grant_refused',
        'the last platform admin stays; grant the role to another first',
      );
    }
  }
}

@Injectable()
export class ListRoles {
  constructor(private readonly roles: RoleStore) {}

  execute(input: { state: RoleGrantState; after: string; limit: number }): Promise<GrantedRole[]> {
    return this.roles.inState(input.state, input.after, input.limit);
  }
}

function logChange(
  log: StateLog,
  tx: Tx,
  change: { id: Id<'rol'>; from: RoleGrantState | null; to: RoleGrantState; event: string },
): Promise<void> {
  const { id, from, to, event } = change;
  return log.append(tx, [{ objectType: 'role_grant', objectId: id, from, to, event }]);
}
