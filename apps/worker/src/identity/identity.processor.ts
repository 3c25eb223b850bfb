import { notBuiltYet, type JobHandlers, type Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'send-sms'>;

export function identityJobs(_resolve: Resolve): Jobs {
  return {
    'send-sms': notBuiltYet('send-sms'),
  };
}
