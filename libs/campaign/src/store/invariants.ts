import type { Invariant } from '@hehuo/platform';
import { LAUNCH_INVARIANTS } from './campaign.invariants.js';
import { MATCH_INVARIANTS } from './match.invariants.js';
import { PLEDGE_INVARIANTS } from './pledge.invariants.js';

/** What must hold in every table of this context, at any moment. */
export const CAMPAIGN_INVARIANTS: readonly Invariant[] = [
  ...LAUNCH_INVARIANTS,
  ...PLEDGE_INVARIANTS,
  ...MATCH_INVARIANTS,
];
