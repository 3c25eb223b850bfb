import { DevelopmentSmsSender, SmsSender } from '@hehuo/identity';
import type { Logger, WorkerConfig } from '@hehuo/platform';

/** Refuses every text: a production system that cannot send must fail loudly instead of pretending. */
class NoSmsSender extends SmsSender {
  send(): Promise<void> {
    return Promise.reject(new Error('no provider of text messages is configured for production'));
  }
}

export function smsSender(config: WorkerConfig, logger: Logger): SmsSender {
  return config.NODE_ENV === 'production' ? new NoSmsSender() : new DevelopmentSmsSender(logger);
}
