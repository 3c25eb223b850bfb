import { defineMachine, type Id } from '@hehuo/kernel';
import { hasRole, type Actor, type Role } from './actor.js';
import { IdentityError } from './errors.js';

export type RoleGrantState = 'proposed' | 'active' | 'withdrawn';
export type RoleGrantEvent = 'confirm' | 'withdraw';

/** A role over money is proposed by one admin and confirmed by another; every other role is active when granted. */
export const ROLE_GRANT_MACHINE = defineMachine<RoleGrantState, RoleGrantEvent>('role grant', 'proposed', {
  proposed: { confirm: 'active', withdraw: 'withdrawn' },
  active: { withdraw: 'withdrawn' },
  withdrawn: {},
});

export function needsSecondPerson(role: Role): boolean {
  return role === 'fund_approver';
}

/** Throws `role_grant_refused` when the actor may not give this role to this person. */
export function assertMayGrant(
  actor: Actor,
  personId: Id<'per'>,
  role: Role,
  communityId: Id<'com'> | null,
): void {
  if (!hasRole(actor, 'platform_admin', null)) throw refused('only a platform admin grants roles');
  if (actor.personId === personId) throw refused('nobody grants a role to themselves');
  if (role === 'platform_admin' && communityId !== null)
    throw refused('a platform admin has no single community');
  if (role === 'fund_approver' && communityId === null)
    throw refused('a fund approver belongs to one community');
}

/** Throws `role_grant_refused` unless the actor is a second person: not who proposed it, not who gets it. */
export function assertMayConfirm(
  actor: Actor,
  grant: { readonly personId: Id<'per'>; readonly grantedBy: Id<'per'> | null },
): void {
  if (!hasRole(actor, 'platform_admin', null)) throw refused('only a platform admin confirms roles');
  if (actor.personId === grant.personId) throw refused('nobody confirms their own role');
  if (actor.personId === grant.grantedBy) throw refused('another admin has to confirm what you proposed');
}

function refused(message: string): IdentityError {
  return new IdentityError('role_grant_refused', message);
}
