import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@hehuo/platform';
import { LOGGER } from '../observability/tokens.js';

const drainSecondsMax = 25;

/** Takes nothing new, and resolves when all that was taken is answered. */
export type Drain = () => Promise<void>;

/** What must come to rest before the server closes: batchers, streams. */
@Injectable()
export class Drains {
  private readonly drains = new Map<string, Drain>();

  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  add(name: string, drain: Drain): void {
    this.drains.set(name, drain);
  }

  /** Drains everything side by side; what is not done in time is left to the clients' retries. */
  async run(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.logger.warn(`not drained after ${drainSecondsMax} s; closing anyway`);
        resolve();
      }, drainSecondsMax * 1000);
    });
    await Promise.race([Promise.all([...this.drains].map((entry) => this.one(...entry))), late]);
    clearTimeout(timer);
  }

  private async one(drainName: string, drain: Drain): Promise<void> {
    try {
      await drain();
    } catch (error) {
      this.logger.error({ err: error, drain: drainName }, 'draining failed');
    }
  }
}
