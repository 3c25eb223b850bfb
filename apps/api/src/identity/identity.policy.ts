import type { PolicyTable } from '../access/policy-rule.js';

const STAFF = ['community_staff', 'platform_admin'] as const;

export const IDENTITY_POLICIES = {
  'sign-in.enter': { who: 'anyone' },
  'session.prove': { who: 'signed_in' },
  'me.read': { who: 'signed_in' },
  'me.change': { who: 'signed_in' },
  'me.delete': { who: 'signed_in', secondFactor: true },
  'me.password': { who: 'signed_in', secondFactor: true },
  'partner.read': { who: 'anyone' },
  'partner.apply': { who: 'signed_in' },
  'partner.members': { who: 'signed_in' },
  'partner.review': { who: 'role', roles: STAFF },
  'role.read': { who: 'role', roles: ['platform_admin', 'auditor'] },
  'role.grant': { who: 'role', roles: ['platform_admin'], secondFactor: true },
  'staff.enrol': { who: 'role', roles: ['platform_admin'], secondFactor: true },
} as const satisfies PolicyTable;
