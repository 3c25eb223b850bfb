import type { DynamicModule, Type } from '@nestjs/common';
import { BOOK_INVARIANTS, BookModule } from '@hehuo/book';
import { CAMPAIGN_INVARIANTS, CampaignModule } from '@hehuo/campaign';
import { COMMUNITY_INVARIANTS, CommunityModule } from '@hehuo/community';
import { IDENTITY_INVARIANTS, IdentityModule } from '@hehuo/identity';
import { LEDGER_INVARIANTS, LedgerModule } from '@hehuo/ledger';
import { PAYMENT_INVARIANTS } from '@hehuo/payment';
import type { Invariant, OpsConfig } from '@hehuo/platform';
import { SETTLEMENT_INVARIANTS, SettlementModule } from '@hehuo/settlement';

/** The contexts whose use cases the commands call. */
export function contextModules(config: OpsConfig): (Type | DynamicModule)[] {
  const settlement = SettlementModule.with({ sandbox: sandboxOf(config), publicUrl: config.PUBLIC_URL });
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
  ...IDENTITY_INVARIANTS,
  ...COMMUNITY_INVARIANTS,
  ...LEDGER_INVARIANTS,
  ...CAMPAIGN_INVARIANTS,
  ...PAYMENT_INVARIANTS,
  ...SETTLEMENT_INVARIANTS,
  ...BOOK_INVARIANTS,
];

function sandboxOf({ SANDBOX_URL, SANDBOX_SECRET }: OpsConfig): { url: string; secret: string } | null {
  return SANDBOX_URL && SANDBOX_SECRET ? { url: SANDBOX_URL, secret: SANDBOX_SECRET } : null;
}
