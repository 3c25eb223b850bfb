import type { PolicyTable } from '../access/policy-rule.js';
import { PAYOUT_POLICIES } from './payout.policy.js';

export const PAYMENT_POLICIES = {
  'gateway.callback': { who: 'signature' },
  'charge.read-own': { who: 'signed_in' },
  'custody.read': { who: 'anyone' },
  'custody.propose': { who: 'role', roles: ['community_staff'], secondFactor: true },
  'custody.approve': { who: 'role', roles: ['fund_approver'], secondFactor: true },
  'channel.read': { who: 'role', roles: ['community_staff', 'fund_approver', 'auditor'] },
  'channel.propose': { who: 'role', roles: ['community_staff'], secondFactor: true },
  'channel.check': { who: 'role', roles: ['community_staff', 'fund_approver'] },
  'receipt.enter': { who: 'role', roles: ['community_staff'] },
  'receipt.read': { who: 'role', roles: ['community_staff', 'fund_approver', 'auditor'] },
  'receipt.decide': { who: 'role', roles: ['community_staff', 'fund_approver'], secondFactor: true },
  'bank-statement.import': { who: 'role', roles: ['community_staff'] },
  'bank-line.read': { who: 'role', roles: ['community_staff', 'fund_approver', 'auditor'] },
  'bank-line.decide': { who: 'role', roles: ['community_staff'] },
  'refund.progress': { who: 'anyone' },
  'refund.read': { who: 'role', roles: ['fund_approver', 'auditor'] },
  'refund.redrive': { who: 'role', roles: ['fund_approver'], secondFactor: true },
  'refund.by-hand': { who: 'role', roles: ['community_staff', 'fund_approver'], secondFactor: true },
  'refund.confirm': { who: 'role', roles: ['fund_approver'], secondFactor: true },
  ...PAYOUT_POLICIES,
} as const satisfies PolicyTable;
