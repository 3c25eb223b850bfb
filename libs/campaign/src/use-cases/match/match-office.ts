import { hasRole, type Actor, type Role } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { MatchError } from '../../domain/match-errors.js';

/** Throws `match_forbidden` unless the actor holds one of the roles in every one of these communities. */
export function requireOffice(
  actor: Actor,
  roles: readonly Role[],
  communityIds: readonly Id<'com'>[],
): void {
  const holds = (communityId: Id<'com'>): boolean => roles.some((role) => hasRole(actor, role, communityId));
  if (communityIds.length > 0 && communityIds.every(holds)) return;
  throw new MatchError(
    'match_forbidden',
    `this needs the role ${roles.join(' or ')} in every community of the pool`,
  );
}
