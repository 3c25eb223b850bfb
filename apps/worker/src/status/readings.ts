import { FoldStore } from '@hehuo/ledger';
import { OutboxReader } from '@hehuo/platform';
import { campaignReadings } from '../campaign/campaign.sweeper.js';
import type { Resolve } from '../jobs/job-handlers.js';
import { paymentReadings } from '../payment/payment.sweeper.js';
import { reconciliationReadings } from '../payment/reconciliation.sweeper.js';
import { settlementReadings } from '../settlement/settlement.sweeper.js';
import type { Metrics, Reading } from './metrics.js';

/** What an operator watches: things that wait too long, and things that wait for a human. */
export function addReadings(metrics: Metrics, resolve: Resolve): void {
  const outbox = resolve(OutboxReader);
  const fold = resolve(FoldStore);
  const readings: Reading[] = [
    {
      name: 'hehuo_outbox_age_seconds',
      help: 'how long the oldest message has waited to be published',
      read: () => outbox.ageSeconds(),
    },
    {
      name: 'hehuo_ledger_fold_age_seconds',
      help: 'how long the oldest transfer has waited to become entries',
      read: () => fold.ageSeconds(),
    },
    ...campaignReadings(resolve),
    ...paymentReadings(resolve),
    ...reconciliationReadings(resolve),
    ...settlementReadings(resolve),
  ];
  for (const reading of readings) metrics.addReading(reading);
}
