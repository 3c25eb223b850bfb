import type { PolicyTable } from '../access/policy-rule.js';

/** Anybody reads who commits what and what it gave; two persons commit, two persons say that money came. */
export const MATCH_POLICIES = {
  'match.read': { who: 'anyone' },
  'match.read-own': { who: 'signed_in' },
  'match.propose': { who: 'role', roles: ['community_staff'], secondFactor: true },
  'match.approve': { who: 'role', roles: ['fund_approver'], secondFactor: true },
  'match.bind': { who: 'role', roles: ['community_staff', 'fund_approver'], secondFactor: true },
  'match.enter-receipt': { who: 'role', roles: ['community_staff'] },
  'match.decide-receipt': { who: 'role', roles: ['community_staff', 'fund_approver'], secondFactor: true },
  'match.write-off': { who: 'role', roles: ['fund_approver'], secondFactor: true },
} as const satisfies PolicyTable;
