import type { PolicyTable } from '../access/policy-rule.js';

const STAFF = ['community_staff'] as const;
const KEEPERS = ['community_staff', 'platform_admin'] as const;

export const COMMUNITY_POLICIES = {
  'community.read': { who: 'anyone' },
  'community.import': { who: 'role', roles: KEEPERS },
  'community.households': { who: 'role', roles: STAFF },
  'community.rules': { who: 'role', roles: STAFF },
  'membership.mine': { who: 'signed_in' },
  'membership.review': { who: 'role', roles: STAFF },
  'membership.register': { who: 'role', roles: STAFF },
  'membership.reveal': { who: 'role', roles: STAFF, secondFactor: true },
  'trust.grant': { who: 'role', roles: STAFF },
  'trust.end': { who: 'signed_in' },
} as const satisfies PolicyTable;
