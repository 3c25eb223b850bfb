import { Injectable } from '@nestjs/common';
import { Outbox, StateLog, type StateChange, type Tx } from '@hehuo/kernel';
import type { Topic } from '@hehuo/platform';

/** What every change of state leaves behind in its own transaction: the log, and the word to others. */
@Injectable()
export class Trail {
  constructor(
    private readonly log: StateLog,
    private readonly outbox: Outbox,
  ) {}

  async leave(tx: Tx, change: StateChange, topic: Topic | null): Promise<void> {
    await this.log.append(tx, [change]);
    if (topic !== null) await this.outbox.add(tx, [{ topic, ref: change.objectId }]);
  }
}
