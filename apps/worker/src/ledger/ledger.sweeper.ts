import { FoldLedger } from '@hehuo/ledger';
import type { Resolve } from '../jobs/job-handlers.js';
import type { Sweep } from '../loops/sweep.js';

/** Statements and balances of folded accounts may lag by this much. */
const foldIdleMs = 1_000;

export function ledgerSweeps(resolve: Resolve): Sweep[] {
  const fold = resolve(FoldLedger);
  return [{ name: 'fold-ledger', idleMs: foldIdleMs, round: () => fold.execute() }];
}
