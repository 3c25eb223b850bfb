import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { ChannelStore } from '../store/channel.store.js';

/** Active channels whose keys were not looked at for some hours. */
@Injectable()
export class DueChannels {
  constructor(private readonly channels: ChannelStore) {}

  execute(limit: number): Promise<Id<'chn'>[]> {
    return this.channels.due(limit);
  }

  failing(): Promise<number> {
    return this.channels.failing();
  }
}
