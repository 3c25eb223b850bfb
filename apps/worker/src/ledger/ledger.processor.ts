import { FoldLedger } from '@hehuo/ledger';
import type { JobHandlers, Resolve } from '../jobs/job-handlers.js';

type Jobs = Pick<JobHandlers, 'fold-ledger'>;

export function ledgerJobs(resolve: Resolve): Jobs {
  const fold = resolve(FoldLedger);
  return { 'fold-ledger': () => fold.execute() };
}
