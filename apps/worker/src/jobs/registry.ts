import { JOBS, type JobName } from '@hehuo/platform';
import { campaignJobs } from '../campaign/campaign.processor.js';
import { identityJobs } from '../identity/identity.processor.js';
import { ledgerJobs } from '../ledger/ledger.processor.js';
import { paymentJobs } from '../payment/payment.processor.js';
import { settlementJobs } from '../settlement/settlement.processor.js';
import type { JobHandler, JobHandlers, Resolve } from './job-handlers.js';

/** The one registry of handlers. Providers are resolved here, at boot, so a missing one is found before any job. */
export function buildRegistry(resolve: Resolve): JobHandlers {
  const handlers: JobHandlers = {
    ...campaignJobs(resolve),
    ...identityJobs(resolve),
    ...ledgerJobs(resolve),
    ...paymentJobs(resolve),
    ...settlementJobs(resolve),
  };
  const missing = (Object.keys(JOBS) as JobName[]).filter((job) => typeof handlers[job] !== 'function');
  if (missing.length > 0) throw new Error(`no handler for ${missing.join(', ')}: the worker does not start`);
  return handlers;
}

/** The handler of a job that came out of Redis. Throws for a name that the catalogue does not know. */
export function handlerOf(handlers: JobHandlers, name: string): JobHandler {
  if (!Object.hasOwn(handlers, name)) throw new Error(`unknown job ${name}: the catalogue does not name it`);
  return handlers[name as JobName];
}
