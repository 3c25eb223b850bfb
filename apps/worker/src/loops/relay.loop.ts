import type { Clock } from '@hehuo/kernel';
import { Announcer, Hints, producerConnection, Relay, type OutboxReader } from '@hehuo/platform';

/** The sending side of the queues and of the public stream, with its own connection to Redis. */
export class RelayLine {
  private readonly connection;
  private readonly hints: Hints;
  private readonly relay: Relay;

  constructor(redisUrl: string, prefix: string, outbox: OutboxReader, clock: Clock) {
    this.connection = producerConnection(redisUrl);
    this.hints = new Hints(this.connection, prefix);
    this.relay = new Relay(outbox, this.hints, new Announcer(this.connection, prefix), clock);
  }

  /** One batch; true when there may be more. Throws when Redis is away: the messages wait in the outbox. */
  async round(): Promise<boolean> {
    return (await this.relay.drainOnce()) > 0;
  }

  async close(): Promise<void> {
    await this.hints.close().catch(() => undefined);
    this.connection.disconnect();
  }
}
