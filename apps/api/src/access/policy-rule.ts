import type { Role } from '@hehuo/identity';

/**
 * Who may call a route at all. Whether the object is theirs (community, ownership) is decided by the use case, which
 * answers 404 for what the caller may not know about.
 */
export type PolicyRule =
  /** Everybody, signed in or not. */
  | { readonly who: 'anyone' }
  | { readonly who: 'signed_in'; readonly secondFactor?: true }
  /** Any of the roles, wherever it is granted. */
  | { readonly who: 'role'; readonly roles: readonly Role[]; readonly secondFactor?: true }
  /** Somebody who acts for a partner. */
  | { readonly who: 'partner'; readonly secondFactor?: true }
  /** A gateway that signs its callbacks; the use case verifies the signature over the raw body. */
  | { readonly who: 'signature' }
  /** The machine itself, or whoever holds METRICS_TOKEN. */
  | { readonly who: 'operator' };

export type PolicyTable = Readonly<Record<string, PolicyRule>>;

/** How long a second factor counts for acts that need a fresh one. */
export const secondFactorMinutes = 5;
