import { notBuiltYet, type JobHandlers, type Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'open-campaign' | 'close-campaign' | 'end-collection'>;

export function campaignJobs(_resolve: Resolve): Jobs {
  return {
    'open-campaign': notBuiltYet('open-campaign'),
    'close-campaign': notBuiltYet('close-campaign'),
    'end-collection': notBuiltYet('end-collection'),
  };
}
