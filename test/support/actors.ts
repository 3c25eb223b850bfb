import type { Actor, Role } from '@hehuo/identity';
import { newId, type Id } from '@hehuo/kernel';
import { SessionResolver } from '../../apps/api/src/access/session-resolver.js';

const madeAtMs = Date.parse('2026-11-23T00:00:00Z');

/** The community that the fixtures are about, and another. */
export const HERE: Id<'com'> = newId('com', madeAtMs);
export const ELSEWHERE: Id<'com'> = newId('com', madeAtMs);

export type Caller =
  | 'signed_in'
  | 'resident'
  | 'staff_here'
  | 'staff_elsewhere'
  | 'fund_approver'
  | 'auditor'
  | 'platform_admin'
  | 'partner_member';

interface ActorOptions {
  readonly secondFactorAt?: Date | null;
}

function actor(
  role: Role | null,
  communityId: Id<'com'> | null,
  partnerIds: readonly Id<'ptn'>[],
  { secondFactorAt = null }: ActorOptions,
): Actor {
  return {
    personId: newId('per', madeAtMs),
    sessionId: newId('ses', madeAtMs),
    roles: role ? [{ role, communityId }] : [],
    partnerIds,
    secondFactorAt,
  };
}

/** One actor of every kind. Being a resident is no grant: the session of a resident looks like anybody's. */
export function actors(options: ActorOptions = {}): Record<Caller, Actor> {
  return {
    signed_in: actor(null, null, [], options),
    resident: actor(null, null, [], options),
    staff_here: actor('community_staff', HERE, [], options),
    staff_elsewhere: actor('community_staff', ELSEWHERE, [], options),
    fund_approver: actor('fund_approver', HERE, [], options),
    auditor: actor('auditor', null, [], options),
    platform_admin: actor('platform_admin', null, [], options),
    partner_member: actor(null, null, [newId('ptn', madeAtMs)], options),
  };
}

/** Says who stands behind a token without any database. */
export class KnownSessions extends SessionResolver {
  private readonly known = new Map<string, Actor>();

  /** A token for the actor, as a client would send it. */
  tokenFor(who: Actor): string {
    const token = `token-of-${who.sessionId}`;
    this.known.set(token, who);
    return token;
  }

  resolve(token: string): Promise<Actor | null> {
    return Promise.resolve(this.known.get(token) ?? null);
  }
}
