import type { DynamicModule, Type } from '@nestjs/common';
import { BOOK_INVARIANTS, BookModule } from '@hehuo/book';
import { CAMPAIGN_INVARIANTS, CampaignModule } from '@hehuo/campaign';
import { COMMUNITY_INVARIANTS, CommunityModule } from '@hehuo/community';
import { IDENTITY_INVARIANTS, IdentityModule } from '@hehuo/identity';
import { LEDGER_INVARIANTS, LedgerModule } from '@hehuo/ledger';
import { gatewaySettings, PAYMENT_INVARIANTS } from '@hehuo/payment';
import { FILE_INVARIANTS, type Invariant, type OpsConfig } from '@hehuo/platform';
import { SETTLEMENT_INVARIANTS, SettlementModule } from '@hehuo/settlement';

/** The contexts whose use cases the commands call. */
export function contextModules(config: OpsConfig): (Type | DynamicModule)[] {
  const settlement = SettlementModule.with({
    gateways: gatewaySettings(config),
    publicUrl: config.PUBLIC_URL,
  });
  return [
    LedgerModule,
    IdentityModule,
    CommunityModule,
    CampaignModule,
    settlement,
    BookModule.with({ statementKey: config.STATEMENT_KEY ?? null, payment: settlement }),
  ];
}

/** What must hold in the books of every context. */
export const CONTEXT_INVARIANTS: readonly Invariant[] = [
  ...FILE_INVARIANTS,
  ...IDENTITY_INVARIANTS,
  ...COMMUNITY_INVARIANTS,
  ...LEDGER_INVARIANTS,
  ...CAMPAIGN_INVARIANTS,
  ...PAYMENT_INVARIANTS,
  ...SETTLEMENT_INVARIANTS,
  ...BOOK_INVARIANTS,
];
