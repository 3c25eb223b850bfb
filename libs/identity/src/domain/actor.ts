import type { Id } from '@hehuo/kernel';

/**
 * Roles that somebody grants. Being a resident, an organiser or a partner's member is no grant but a relation, and is
 * read where it lives.
 */
export const ROLES = ['community_staff', 'fund_approver', 'auditor', 'platform_admin'] as const;
export type Role = (typeof ROLES)[number];

export interface RoleGrant {
  readonly role: Role;
  /** Null means the whole platform. */
  readonly communityId: Id<'com'> | null;
}

/** Who acts, as the session says it. A session opened by phone carries no roles, whoever opened it. */
export interface Actor {
  readonly personId: Id<'per'>;
  readonly sessionId: Id<'ses'>;
  readonly roles: readonly RoleGrant[];
  readonly partnerIds: readonly Id<'ptn'>[];
  /** When the second factor (or, in a session opened by phone, the phone) was last proven. */
  readonly secondFactorAt: Date | null;
}

/** Anybody with roles, whatever else is known of them. */
export interface Holder {
  readonly roles: readonly { readonly role: string; readonly communityId: Id<'com'> | null }[];
}

/**
 * Whether the actor holds the role in this community, by a grant for it or for the whole platform; null asks for a
 * grant for the whole platform. No role implies another.
 */
export function hasRole(actor: Holder, role: Role, communityId: Id<'com'> | null): boolean {
  return actor.roles.some(
    (grant) => grant.role === role && (grant.communityId === null || grant.communityId === communityId),
  );
}

/** How long a proof of the second factor is good for the acts that demand one. */
export const secondFactorMinutes = 5;

export function provenLately(actor: Actor, now: Date): boolean {
  const at = actor.secondFactorAt?.getTime();
  return at !== undefined && now.getTime() - at <= secondFactorMinutes * 60_000;
}
