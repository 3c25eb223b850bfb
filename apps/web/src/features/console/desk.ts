import type { Me } from '../../app/session';
import type { Schemas } from '../../api/client';

export type Role = Schemas['RoleView']['role'];

/** Who sits at the desk, and of which community it is. */
export interface Desk {
  readonly me: Me;
  readonly communityId: string;
  /** Holds any of these roles here; a role without a community counts everywhere. */
  readonly is: (...roles: readonly Role[]) => boolean;
}

/** The communities of somebody's roles. */
export function communitiesOf(me: Me): string[] {
  const ids = me.roles.flatMap(({ communityId }) => (communityId === null ? [] : [communityId]));
  return [...new Set(ids)];
}

/** The community that the desk works for: the chosen one where that is theirs, else their first. */
export function communityOf(me: Me, chosen: string | null): string | null {
  const own = communitiesOf(me);
  const everywhere = me.roles.some(({ communityId }) => communityId === null);
  if (chosen !== null && (everywhere || own.includes(chosen))) return chosen;
  return own[0] ?? null;
}

export function deskOf(me: Me, communityId: string): Desk {
  const holds = (role: Role) =>
    me.roles.some((one) => one.role === role && (one.communityId ?? communityId) === communityId);
  return { me, communityId, is: (...roles) => roles.some(holds) };
}
