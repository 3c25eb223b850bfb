import type { Actor, RoleGrant } from '@hehuo/identity';
import { newId, type Clock, type Id } from '@hehuo/kernel';

/** Somebody of the demo acts through a use case, as they would with a session. */
export function acting(personId: Id<'per'>, clock: Clock, roles: readonly RoleGrant[] = []): Actor {
  const now = clock.now();
  return { personId, sessionId: newId('ses', now.getTime()), roles, partnerIds: [], secondFactorAt: now };
}
