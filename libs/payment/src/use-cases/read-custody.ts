import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { OFFLINE } from '../domain/charge.js';
import type { CustodyAccount } from '../domain/custody.js';
import { CustodyStore } from '../store/custody.store.js';
import { Gateways, type GatewayCapabilities } from './gateway.port.js';

/** Who holds a community's money. Everybody may know the owner; the merchant account and the signatories are for staff. */
@Injectable()
export class ReadCustody {
  constructor(
    private readonly custody: CustodyStore,
    private readonly gateways: Gateways,
  ) {}

  byId(accountId: Id<'cus'>): Promise<CustodyAccount | null> {
    return this.custody.find(accountId);
  }

  page(communityId: Id<'com'>, after: string | null, limit: number): Promise<CustodyAccount[]> {
    return this.custody.page(communityId, after, limit);
  }

  /** What a campaign on this account may offer; null where no gateway is behind it, so that only offline remains. */
  capabilities(account: CustodyAccount): GatewayCapabilities | null {
    return account.gateway === OFFLINE ? null : (this.gateways.find(account.gateway)?.capabilities ?? null);
  }
}
