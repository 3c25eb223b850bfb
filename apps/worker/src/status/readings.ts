import { OutboxReader } from '@hehuo/platform';
import type { Resolve } from '../jobs/job-handlers.js';
import type { Metrics, Reading } from './metrics.js';

/** What an operator watches: things that wait too long, and things that wait for a human. */
export function addReadings(metrics: Metrics, resolve: Resolve): void {
  const outbox = resolve(OutboxReader);
  const readings: Reading[] = [
    {
      name: 'hehuo_outbox_age_seconds',
      help: 'how long the oldest message has waited to be published',
      read: () => outbox.ageSeconds(),
    },
  ];
  for (const reading of readings) metrics.addReading(reading);
}
