import { notBuiltYet, type JobHandlers, type Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'settle-campaign'>;

export function settlementJobs(_resolve: Resolve): Jobs {
  return {
    'settle-campaign': notBuiltYet('settle-campaign'),
  };
}
