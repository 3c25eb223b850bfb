import type { Clock } from '@hehuo/kernel';
import { OutboxReader } from './outbox.js';
import type { Hints } from './queues.js';
import type { Announcer } from './stream.js';

const batchMessagesMax = 200;

/** Carries committed events to the queues and to the public stream. Any number may run; each message has one at a time. */
export class Relay {
  constructor(
    private readonly outbox: OutboxReader,
    private readonly hints: Hints,
    private readonly announcer: Announcer,
    private readonly clock: Clock,
  ) {}

  /** Publishes one batch and says how many messages it held. A refusal of Redis leaves them in the outbox and throws. */
  async drainOnce(): Promise<number> {
    const { token, messages } = await this.outbox.claim(batchMessagesMax);
    if (messages.length === 0) return 0;
    try {
      await this.hints.publish(messages, this.clock.now());
      await this.announcer.announce(messages);
    } catch (error) {
      await this.outbox.giveBack(token);
      throw error;
    }
    await this.outbox.done(token);
    return messages.length;
  }
}
