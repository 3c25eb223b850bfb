import type { Schemas } from '../../api/client';

/** A payment as its payer sees it. */
export type Charge = Schemas['ChargeView'];
