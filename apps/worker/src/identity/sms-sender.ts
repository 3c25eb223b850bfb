import { DevelopmentSmsSender, WebhookSmsSender, type SmsSender } from '@hehuo/identity';
import { SystemClock, type Logger, type WorkerConfig } from '@hehuo/platform';

const timeoutMs = 10_000;

/** Boot has refused a production that did not choose one of the two. */
export function smsSender(config: WorkerConfig, logger: Logger): SmsSender {
  const { SMS_SENDER: chosen, SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: secret } = config;
  if (chosen === 'webhook')
    return new WebhookSmsSender({ url: url!, secret: secret!, timeoutMs }, new SystemClock());
  if (config.NODE_ENV === 'production') {
    logger.warn('SMS_SENDER is log: whoever reads this log can sign in as anybody');
  }
  return new DevelopmentSmsSender(logger);
}
