import type { Id } from '@hehuo/kernel';
import type { Difference } from '../domain/difference.js';
import { PaymentError } from '../domain/errors.js';
import { holdsOneOf, type MoneyRole, type Officer } from '../domain/officer.js';
import { ReconciliationError } from '../domain/reconciliation-errors.js';

export const RECONCILIATION_READERS: readonly MoneyRole[] = ['fund_approver', 'auditor'];

/** The difference, for those who hold a role where it belongs; for everybody else there is none. */
export function requireHere(
  actor: Officer,
  roles: readonly MoneyRole[],
  difference: Difference | null,
): Difference {
  if (!difference || !holdsOneOf(actor, roles, difference.communityId)) {
    throw new ReconciliationError('difference_not_found', 'there is no such difference');
  }
  return difference;
}

/** Communities in which the actor reads reconciliation; null means all. Throws `payment_forbidden` when none. */
export function communitiesReadBy(actor: Officer): readonly Id<'com'>[] | null {
  const grants = actor.roles.filter(({ role }) =>
    (RECONCILIATION_READERS as readonly string[]).includes(role),
  );
  if (grants.length === 0) {
    throw new PaymentError('payment_forbidden', `this needs the role ${RECONCILIATION_READERS.join(' or ')}`);
  }
  const ids = grants.map(({ communityId }) => communityId);
  return ids.includes(null) ? null : ids.filter((id) => id !== null);
}
