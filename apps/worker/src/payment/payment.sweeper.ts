import type { Resolve } from '../jobs/job-handlers.js';
import type { Sweep } from '../loops/sweep.js';

export function paymentSweeps(_resolve: Resolve): Sweep[] {
  return [];
}
