import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { MerchantChannel } from '../domain/channel.js';
import type { CustodyAccount } from '../domain/custody.js';
import { ChannelStore } from '../store/channel.store.js';
import { CustodyStore } from '../store/custody.store.js';
import { Gateways, type GatewayCapabilities } from './gateway.port.js';

/** A way to pay online into an account: a gateway that is set up here, and what it can do. */
export interface OnlineWay {
  readonly channel: MerchantChannel;
  readonly capabilities: GatewayCapabilities;
}

export interface CustodyView {
  readonly account: CustodyAccount;
  readonly ways: readonly OnlineWay[];
}

/** Who holds a community's money. Everybody may know the owner; merchant accounts and signatories are for staff. */
@Injectable()
export class ReadCustody {
  constructor(
    private readonly custody: CustodyStore,
    private readonly channels: ChannelStore,
    private readonly gateways: Gateways,
  ) {}

  async byId(accountId: Id<'cus'>): Promise<CustodyView | null> {
    const account = await this.custody.find(accountId);
    return account && ((await this.views([account]))[0] ?? null);
  }

  async page(communityId: Id<'com'>, after: string | null, limit: number): Promise<CustodyView[]> {
    return this.views(await this.custody.page(communityId, after, limit));
  }

  private async views(accounts: readonly CustodyAccount[]): Promise<CustodyView[]> {
    const channels = await this.channels.ofAccounts(accounts.map(({ id }) => id));
    return accounts.map((account) => ({
      account,
      ways: channels.flatMap((channel) => {
        const capabilities = this.gateways.find(channel.gateway)?.capabilities;
        const isOpen = channel.custodyAccountId === account.id && channel.state === 'active';
        return isOpen && capabilities ? [{ channel, capabilities }] : [];
      }),
    }));
  }
}
