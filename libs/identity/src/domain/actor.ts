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

/** Who acts, as the session says it. */
export interface Actor {
  readonly personId: Id<'per'>;
  readonly sessionId: Id<'ses'>;
  readonly roles: readonly RoleGrant[];
  readonly partnerIds: readonly Id<'ptn'>[];
  /** When a second factor was last shown in this session. */
  readonly secondFactorAt: Date | null;
}

/** Whether the actor holds the role in this community, by a grant for it or for the whole platform. */
export function hasRole(actor: Actor, role: Role, communityId: Id<'com'>): boolean {
  return actor.roles.some(
    (grant) => grant.role === role && (grant.communityId === null || grant.communityId === communityId),
  );
}
