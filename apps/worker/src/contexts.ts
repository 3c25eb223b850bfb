import type { DynamicModule, Type } from '@nestjs/common';
import { CAMPAIGN_INVARIANTS, CampaignModule } from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import { IDENTITY_INVARIANTS, IdentityModule, SmsModule } from '@hehuo/identity';
import { LEDGER_INVARIANTS, LedgerModule } from '@hehuo/ledger';
import type { Invariant, Logger, WorkerConfig } from '@hehuo/platform';
import { smsSender } from './identity/sms-sender.js';

/** The contexts whose use cases this process runs. */
export function contextModules(config: WorkerConfig, logger: Logger): (Type | DynamicModule)[] {
  return [
    IdentityModule,
    SmsModule.with(smsSender(config, logger)),
    CommunityModule,
    LedgerModule,
    CampaignModule,
  ];
}

/** What must hold in the books of every context; checked at boot and nightly. */
export const CONTEXT_INVARIANTS: readonly Invariant[] = [
  ...IDENTITY_INVARIANTS,
  ...LEDGER_INVARIANTS,
  ...CAMPAIGN_INVARIANTS,
];
