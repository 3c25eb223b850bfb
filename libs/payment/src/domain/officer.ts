import type { Id } from '@hehuo/kernel';
import { PaymentError } from './errors.js';

/** Who acts, as far as this room needs to know; the actor of a session has this shape. */
export interface Officer {
  readonly personId: Id<'per'>;
  readonly roles: readonly { readonly role: string; readonly communityId: Id<'com'> | null }[];
}

export type MoneyRole = 'community_staff' | 'fund_approver' | 'auditor';

/** Whether the officer holds one of the roles for this community or for the whole platform. */
export function holdsOneOf(officer: Officer, roles: readonly MoneyRole[], communityId: Id<'com'>): boolean {
  return officer.roles.some(
    (grant) =>
      (roles as readonly string[]).includes(grant.role) &&
      (grant.communityId === null || grant.communityId === communityId),
  );
}

/** Throws `payment_forbidden` (403) when the officer holds none of the roles there. */
export function requireOneOf(officer: Officer, roles: readonly MoneyRole[], communityId: Id<'com'>): void {
  if (!holdsOneOf(officer, roles, communityId)) {
    throw new PaymentError(
      'payment_forbidden',
      `this needs the role ${roles.join(' or ')} in this community`,
    );
  }
}
