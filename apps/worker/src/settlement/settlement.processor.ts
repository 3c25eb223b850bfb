import { RunRefunds, RunSettlement } from '@hehuo/settlement';
import { idOf, type JobHandlers, type Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'settle-campaign' | 'refund-shares'>;

export function settlementJobs(resolve: Resolve): Jobs {
  const run = resolve(RunSettlement);
  const refunds = resolve(RunRefunds);
  return {
    'settle-campaign': (ref) => run.execute(idOf('cmp', ref)),
    'refund-shares': (ref) => refunds.execute(idOf('rfr', ref)),
  };
}
