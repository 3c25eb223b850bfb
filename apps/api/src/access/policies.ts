import { IDENTITY_POLICIES } from '../identity/identity.policy.js';
import { CAMPAIGN_POLICIES } from '../campaign/campaign.policy.js';
import { PAYMENT_POLICIES } from '../payment/payment.policy.js';
import { RECONCILIATION_POLICIES } from '../payment/reconciliation.policy.js';
import { PLEDGE_POLICIES } from '../campaign/pledges.policy.js';
import { COMMUNITY_POLICIES } from '../community/community.policy.js';
import type { PolicyTable } from './policy-rule.js';
import { SETTLEMENT_POLICIES } from '../settlement/settlement.policy.js';
import { SHELL_POLICIES } from './shell.policy.js';

/** Every policy of the api; one line a context. A route without one, or one without a route, stops the boot. */
export const POLICIES = {
  ...CAMPAIGN_POLICIES,
  ...PLEDGE_POLICIES,
  ...SETTLEMENT_POLICIES,
  ...SHELL_POLICIES,
  ...IDENTITY_POLICIES,
  ...PAYMENT_POLICIES,
  ...RECONCILIATION_POLICIES,
  ...COMMUNITY_POLICIES,
} as const satisfies PolicyTable;

export type PolicyName = keyof typeof POLICIES;
