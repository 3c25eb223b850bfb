import type { DynamicModule, Type } from '@nestjs/common';
import { BOOK_INVARIANTS, BookModule } from '@hehuo/book';
import { CAMPAIGN_INVARIANTS, CampaignModule } from '@hehuo/campaign';
import { CommunityModule } from '@hehuo/community';
import { IDENTITY_INVARIANTS, IdentityModule, SmsModule } from '@hehuo/identity';
import { LEDGER_INVARIANTS, LedgerModule } from '@hehuo/ledger';
import { gatewaySettings, PAYMENT_INVARIANTS } from '@hehuo/payment';
import { FILE_INVARIANTS, type Invariant, type Logger, type WorkerConfig } from '@hehuo/platform';
import { SETTLEMENT_INVARIANTS, SettlementModule } from '@hehuo/settlement';
import { smsSender } from './identity/sms-sender.js';

/** The contexts whose use cases this process runs. */
export function contextModules(config: WorkerConfig, logger: Logger): (Type | DynamicModule)[] {
  const settlement = SettlementModule.with({
    gateways: gatewaySettings(config),
    publicUrl: config.PUBLIC_URL,
  });
  return [
    IdentityModule,
    SmsModule.with(smsSender(config, logger)),
    CommunityModule,
    LedgerModule,
    CampaignModule,
    settlement,
    BookModule.with({ statementKey: config.STATEMENT_KEY ?? null, payment: settlement }),
  ];
}

/** What must hold in the books of every context; checked at boot and nightly. */
export const CONTEXT_INVARIANTS: readonly Invariant[] = [
  ...FILE_INVARIANTS,
  ...IDENTITY_INVARIANTS,
  ...LEDGER_INVARIANTS,
  ...CAMPAIGN_INVARIANTS,
  ...PAYMENT_INVARIANTS,
  ...SETTLEMENT_INVARIANTS,
  ...BOOK_INVARIANTS,
];
