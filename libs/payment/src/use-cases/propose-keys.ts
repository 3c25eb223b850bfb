import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey, sqlOf } from '@hehuo/platform';
import type { MerchantChannel } from '../domain/channel.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { ChannelStore } from '../store/channel.store.js';
import { KeyStore } from '../store/key.store.js';
import { again, Moved } from './again.js';
import { Gateways, type MerchantKeySet } from './gateway.port.js';
import { Trail } from './trail.js';

export interface ProposeKeysInput {
  readonly actor: Officer;
  readonly channelId: Id<'chn'>;
  readonly keys: MerchantKeySet;
}

/**
 * Takes a merchant's keys, the first or new ones. They are sealed, nobody reads them back, and the channel goes on under
 * the keys it has until a second person activates these.
 */
@Injectable()
export class ProposeKeys {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly channels: ChannelStore,
    private readonly keys: KeyStore,
    private readonly gateways: Gateways,
    private readonly trail: Trail,
  ) {}

  /** The revision. Throws `channel_not_found`, `payment_forbidden`, `channel_invalid`, or `channel_keys_invalid` with what is wrong. */
  async execute({ actor, channelId, keys }: ProposeKeysInput): Promise<number> {
    return again(async () => {
      try {
        return await this.uow.run((tx) => this.propose(tx, { actor, channelId, keys }));
      } catch (error) {
        if (isDuplicateKey(error)) throw new Moved();
        throw error;
      }
    });
  }

  private async propose(tx: Tx, { actor, channelId, keys }: ProposeKeysInput): Promise<number> {
    const channel = await this.channels.find(channelId, sqlOf(tx));
    if (!channel) throw new PaymentError('channel_not_found', 'there is no such merchant channel');
    requireOneOf(actor, ['community_staff'], channel.communityId);
    if (channel.state === 'closed') throw new PaymentError('channel_invalid', 'this channel is closed');
    this.assertUsable(channel, keys);
    const revision = await this.keys.propose(tx, channelId, keys, actor.personId);
    const to = channel.state;
    await this.trail.leave(tx, [
      {
        ...{ objectType: 'merchant_channel', objectId: channelId, from: to, to, event: 'enter_keys' },
        reason: `revision ${revision}`,
      },
    ]);
    return revision;
  }

  private assertUsable({ gateway }: MerchantChannel, keys: MerchantKeySet): void {
    const adapter = this.gateways.get(gateway);
    const { keyFields } = adapter;
    if (!adapter.capabilities.needsKeys) {
      throw new PaymentError('channel_keys_invalid', 'merchants of this gateway have no keys of their own');
    }
    const known = new Set(keyFields.map(({ name }) => name));
    const wrong = [
      ...Object.keys(keys)
        .filter((name) => !known.has(name))
        .map((name) => `${name} is not known`),
      ...keyFields
        .filter(({ name, required }) => required && !keys[name]?.trim())
        .map(({ name }) => `${name} is missing`),
    ];
    const all = wrong.length > 0 ? wrong : adapter.complaints(keys);
    if (all.length > 0) throw new PaymentError('channel_keys_invalid', all.join('; '), { faults: [...all] });
  }
}
