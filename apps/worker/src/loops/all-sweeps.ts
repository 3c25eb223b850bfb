import { campaignSweeps } from '../campaign/campaign.sweeper.js';
import { identitySweeps } from '../identity/identity.sweeper.js';
import type { Resolve } from '../jobs/job-handlers.js';
import { ledgerSweeps } from '../ledger/ledger.sweeper.js';
import { paymentSweeps } from '../payment/payment.sweeper.js';
import { reconciliationSweeps } from '../payment/reconciliation.sweeper.js';
import { settlementSweeps } from '../settlement/settlement.sweeper.js';
import { upkeepSweeps } from '../upkeep/upkeep.sweeper.js';
import type { Sweep } from './sweep.js';

/** All pending work of the platform, each as a predicate of the database. */
export function allSweeps(resolve: Resolve): Sweep[] {
  const sweeps = [
    ...campaignSweeps(resolve),
    ...identitySweeps(resolve),
    ...ledgerSweeps(resolve),
    ...paymentSweeps(resolve),
    ...reconciliationSweeps(resolve),
    ...settlementSweeps(resolve),
    ...upkeepSweeps(resolve),
  ];
  const names = new Set(sweeps.map(({ name }) => name));
  if (names.size !== sweeps.length) throw new Error('two sweeps share a name, so they would share a lease');
  return sweeps;
}
