import type { DynamicModule, Type } from '@nestjs/common';
import { CAMPAIGN_INVARIANTS, CampaignModule, PLEDGE_INVARIANTS } from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import { IDENTITY_INVARIANTS, IdentityModule } from '@hehuo/identity';
import { LEDGER_INVARIANTS, LedgerModule } from '@hehuo/ledger';
import { PAYMENT_INVARIANTS } from '@hehuo/payment';
import type { Invariant, OpsConfig } from '@hehuo/platform';

/** The contexts whose use cases the commands call. */
export function contextModules(_config: OpsConfig): (Type | DynamicModule)[] {
  return [LedgerModule, IdentityModule, CommunityModule, CampaignModule];
}

/** What must hold in the books of every context. */
export const CONTEXT_INVARIANTS: readonly Invariant[] = [
  ...LEDGER_INVARIANTS,
  ...IDENTITY_INVARIANTS,
  ...CAMPAIGN_INVARIANTS,
  ...PLEDGE_INVARIANTS,
  ...PAYMENT_INVARIANTS,
];
