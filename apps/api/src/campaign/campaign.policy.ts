import type { PolicyTable } from '../access/policy-rule.js';

/**
 * Who may call at all. Whose campaign, which community and which state are decided by the use cases: anybody reads what
 * is public, verified members act in their own community, staff judge in theirs.
 */
export const CAMPAIGN_POLICIES = {
  'need.read': { who: 'anyone' },
  'need.act': { who: 'signed_in' },
  'campaign.read': { who: 'anyone' },
  'campaign.write': { who: 'signed_in' },
  'campaign.history': { who: 'anyone' },
  'campaign.object': { who: 'signed_in' },
  'campaign.cancel': { who: 'signed_in' },
  'campaign.read-review': { who: 'signed_in' },
  'campaign.review': { who: 'role', roles: ['community_staff'] },
  'campaign.suspend': { who: 'role', roles: ['community_staff'] },
  'task.read': { who: 'role', roles: ['community_staff'] },
  'task.finish': { who: 'role', roles: ['community_staff'] },
} as const satisfies PolicyTable;
