import type { PolicyTable } from '../access/policy-rule.js';

export const PLEDGE_POLICIES = {
  'pledge.place': { who: 'signed_in' },
  'pledge.withdraw': { who: 'signed_in' },
  'pledge.read-own': { who: 'signed_in' },
  'pledge.read-public': { who: 'anyone' },
  'campaign.forecast': { who: 'anyone' },
  'campaign.ledger': { who: 'anyone' },
} as const satisfies PolicyTable;
