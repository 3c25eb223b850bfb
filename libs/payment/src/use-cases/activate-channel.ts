import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { CHANNEL_MACHINE, type KeyRevision, type MerchantChannel } from '../domain/channel.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { ChannelStore } from '../store/channel.store.js';
import { KeyStore } from '../store/key.store.js';
import { again, Moved } from './again.js';
import { Gateways } from './gateway.port.js';
import { Trail } from './trail.js';

export interface ChannelInput {
  readonly actor: Officer;
  readonly channelId: Id<'chn'>;
}

/**
 * A fund approver lets a channel take money, or lets new keys replace those in use. Never the person who proposed the
 * channel or entered the keys, and never keys that the gateway was not seen to accept.
 */
@Injectable()
export class ActivateChannel {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly channels: ChannelStore,
    private readonly keys: KeyStore,
    private readonly gateways: Gateways,
    private readonly trail: Trail,
  ) {}

  /** Throws `channel_not_found`, `payment_forbidden`, `same_person`, `channel_not_checked`, `channel_invalid`. */
  async execute({ actor, channelId }: ChannelInput): Promise<void> {
    await again(() =>
      this.uow.run(async (tx) => {
        const channel = await this.channels.find(channelId, sqlOf(tx));
        if (!channel) throw new PaymentError('channel_not_found', 'there is no such merchant channel');
        requireOneOf(actor, ['fund_approver'], channel.communityId);
        if (channel.state === 'closed') throw new PaymentError('channel_invalid', 'this channel is closed');
        const proposal = (await this.keys.revisions(channelId, sqlOf(tx))).find(
          ({ state }) => state === 'proposed',
        );
        // A lost answer may be asked for again by the same person.
        if (channel.state === 'active' && !proposal) return;
        this.assertReady(channel, proposal, actor);
        if (proposal && !(await this.keys.promote(tx, channelId, proposal.revision, actor.personId)))
          throw new Moved();
        await this.open(tx, channel, proposal, actor);
      }),
    );
  }

  private assertReady(
    channel: MerchantChannel,
    proposal: KeyRevision | undefined,
    { personId }: Officer,
  ): void {
    if (channel.proposedBy === personId || proposal?.enteredBy === personId) {
      throw new PaymentError('same_person', 'another person than who proposed it must activate it');
    }
    const { needsKeys } = this.gateways.get(channel.gateway).capabilities;
    if (needsKeys && proposal?.check.state !== 'works') {
      throw new PaymentError(
        'channel_not_checked',
        'enter the keys, then check the channel; it is activated when the gateway accepts them',
      );
    }
  }

  private async open(
    tx: Tx,
    channel: MerchantChannel,
    proposal: KeyRevision | undefined,
    { personId }: Officer,
  ): Promise<void> {
    const isNew = channel.state === 'proposed';
    const to = isNew ? CHANNEL_MACHINE.next(channel.state, 'activate') : channel.state;
    if (isNew && !(await this.channels.activate(tx, channel, personId))) throw new Moved();
    await this.trail.leave(tx, [
      {
        ...{ objectType: 'merchant_channel', objectId: channel.id, from: channel.state, to },
        event: isNew ? 'activate' : 'replace_keys',
        ...(proposal === undefined ? {} : { reason: `revision ${proposal.revision}` }),
      },
    ]);
  }
}
