import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { CHANNEL_MACHINE } from '../domain/channel.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf } from '../domain/officer.js';
import { ChannelStore } from '../store/channel.store.js';
import type { ChannelInput } from './activate-channel.js';
import { again, Moved } from './again.js';
import { Trail } from './trail.js';

/** No new payments through this merchant account. Its keys stay, for orders under way and for refunds. */
@Injectable()
export class CloseChannel {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly channels: ChannelStore,
    private readonly trail: Trail,
  ) {}

  /** Throws `channel_not_found` or `payment_forbidden`; closing a closed one changes nothing. */
  async execute({ actor, channelId }: ChannelInput): Promise<void> {
    await again(() =>
      this.uow.run(async (tx) => {
        const channel = await this.channels.find(channelId, sqlOf(tx));
        if (!channel) throw new PaymentError('channel_not_found', 'there is no such merchant channel');
        requireOneOf(actor, ['fund_approver'], channel.communityId);
        if (channel.state === 'closed') return;
        const to = CHANNEL_MACHINE.next(channel.state, 'close');
        if (!(await this.channels.close(tx, channel, actor.personId))) throw new Moved();
        await this.trail.leave(tx, [
          { objectType: 'merchant_channel', objectId: channel.id, from: channel.state, to, event: 'close' },
        ]);
      }),
    );
  }
}
