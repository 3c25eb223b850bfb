import type { PolicyTable } from '../access/policy-rule.js';

/** The organiser of a campaign is nobody's role, so the use case judges who may propose and read. */
export const PAYOUT_POLICIES = {
  'payee.enter': { who: 'signed_in', secondFactor: true },
  'payee.confirm': { who: 'role', roles: ['community_staff', 'fund_approver'], secondFactor: true },
  'payee.read': { who: 'signed_in' },
  'payout.read': { who: 'anyone' },
  'payout.read-one': { who: 'signed_in' },
  'payout.propose': { who: 'signed_in' },
  'payout.withdraw': { who: 'signed_in' },
  'payout.approve': { who: 'role', roles: ['fund_approver'], secondFactor: true },
  'payout.send': { who: 'role', roles: ['community_staff', 'fund_approver'], secondFactor: true },
  'claw-back.enter': { who: 'role', roles: ['community_staff', 'fund_approver'], secondFactor: true },
} as const satisfies PolicyTable;
