import { notBuiltYet, type JobHandlers, type Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'place-charge' | 'apply-gateway-event' | 'send-refund'>;

export function paymentJobs(_resolve: Resolve): Jobs {
  return {
    'place-charge': notBuiltYet('place-charge'),
    'apply-gateway-event': notBuiltYet('apply-gateway-event'),
    'send-refund': notBuiltYet('send-refund'),
  };
}
