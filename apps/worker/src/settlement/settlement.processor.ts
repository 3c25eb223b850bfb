import { RunSettlement } from '@hehuo/settlement';
import { idOf, type JobHandlers, type Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'settle-campaign'>;

export function settlementJobs(resolve: Resolve): Jobs {
  const run = resolve(RunSettlement);
  return { 'settle-campaign': (ref) => run.execute(idOf('cmp', ref)) };
}
