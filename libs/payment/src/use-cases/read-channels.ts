import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { KeyRevision, MerchantChannel } from '../domain/channel.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { ChannelStore } from '../store/channel.store.js';
import { CustodyStore } from '../store/custody.store.js';
import { KeyStore } from '../store/key.store.js';
import { Gateways, type KeyField } from './gateway.port.js';

export interface ChannelForStaff {
  readonly channel: MerchantChannel;
  readonly revisions: readonly KeyRevision[];
  /** What the gateway wants to know of a merchant; the values themselves are never shown. */
  readonly keyFields: readonly KeyField[];
}

/** Merchant channels as those see them who look after them. */
@Injectable()
export class ReadChannels {
  constructor(
    private readonly custody: CustodyStore,
    private readonly channels: ChannelStore,
    private readonly keys: KeyStore,
    private readonly gateways: Gateways,
  ) {}

  /** Throws `custody_account_not_found`, `payment_forbidden`. */
  async execute(actor: Officer, custodyAccountId: Id<'cus'>): Promise<ChannelForStaff[]> {
    const account = await this.custody.find(custodyAccountId);
    if (!account) throw new PaymentError('custody_account_not_found', 'there is no such custody account');
    requireOneOf(actor, ['community_staff', 'fund_approver', 'auditor'], account.communityId);
    const channels = await this.channels.ofAccounts([custodyAccountId]);
    return Promise.all(
      channels.map(async (channel) => ({
        channel,
        revisions: await this.keys.revisions(channel.id),
        keyFields: this.gateways.find(channel.gateway)?.keyFields ?? [],
      })),
    );
  }
}
