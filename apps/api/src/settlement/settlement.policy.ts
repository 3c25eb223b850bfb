import type { PolicyTable } from '../access/policy-rule.js';

export const SETTLEMENT_POLICIES = {
  'settlement.read': { who: 'anyone' },
  'settlement.unsettled': { who: 'role', roles: ['community_staff', 'fund_approver', 'auditor'] },
  'settlement.redrive': { who: 'role', roles: ['community_staff', 'fund_approver'] },
  'settlement.resume': { who: 'role', roles: ['fund_approver'] },
  'reminder.read-own': { who: 'signed_in' },
  'pledge.pay': { who: 'signed_in' },
  'milestone.read': { who: 'anyone' },
  'milestone.propose': { who: 'role', roles: ['community_staff'] },
  'milestone.confirm': { who: 'role', roles: ['fund_approver'], secondFactor: true },
  'milestone.refuse': { who: 'role', roles: ['community_staff', 'fund_approver'] },
} as const satisfies PolicyTable;
