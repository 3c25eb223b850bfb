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

  async leave(
    tx: Tx,
    changes: readonly StateChange[],
    events: readonly { readonly topic: Topic; readonly ref: string }[] = [],
  ): Promise<void> {
    if (changes.length > 0) await this.log.append(tx, changes);
    if (events.length > 0) await this.outbox.add(tx, events);
  }
}
