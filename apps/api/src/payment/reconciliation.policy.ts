import type { PolicyTable } from '../access/policy-rule.js';

export const RECONCILIATION_POLICIES = {
  'reconciliation.read': { who: 'role', roles: ['fund_approver', 'auditor'] },
  'bill-day.forgo': { who: 'role', roles: ['fund_approver'], secondFactor: true },
  'difference.explain': { who: 'role', roles: ['fund_approver'], secondFactor: true },
  'difference.confirm': { who: 'role', roles: ['fund_approver'], secondFactor: true },
} as const satisfies PolicyTable;
