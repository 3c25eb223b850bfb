import type { Id } from '@hehuo/kernel';
import { hasRole, type Actor } from '@hehuo/identity';
import { CommunityError } from '../domain/errors.js';

/** Staff of this community. A platform admin is not: running the platform is no reason to read who lives where. */
export function isStaffOf(actor: Actor, communityId: Id<'com'>): boolean {
  return hasRole(actor, 'community_staff', communityId);
}

/** Throws `community_forbidden`: the community is public, what its staff do is not for the actor. */
export function assertStaffOf(actor: Actor, communityId: Id<'com'>): void {
  if (!isStaffOf(actor, communityId)) {
    throw new CommunityError('community_forbidden', 'this is for the staff of the community');
  }
}

export function membershipNotFound(): CommunityError {
  return new CommunityError('membership_not_found', 'there is no such membership');
}

export function communityNotFound(): CommunityError {
  return new CommunityError('community_not_found', 'there is no such community');
}
