import type { Charge } from './charge.js';
import type { Refund } from './refund.js';

/**
 * All that a payer needs to know. `to_pay`: the payment page is open. `checking`: we are asking the gateway; do not pay
 * again. `paid`. `returning`: the money is on its way back. `returned`. `not_paid`: nothing was taken, and nothing will be.
 */
export type PayerStatus = 'to_pay' | 'checking' | 'paid' | 'returning' | 'returned' | 'not_paid';

export function statusOf(
  charge: Pick<Charge, 'state' | 'payUrl' | 'closeWanted' | 'paidAmount'>,
  refunds: readonly Pick<Refund, 'state' | 'amount'>[],
): PayerStatus {
  switch (charge.state) {
    case 'succeeded':
      return paidStatus(charge.paidAmount ?? 0n, refunds);
    case 'closed':
    case 'failed':
      return 'not_paid';
    case 'pending':
      return charge.payUrl === null || charge.closeWanted ? 'checking' : 'to_pay';
    case 'new':
    case 'sent':
    case 'unknown':
      return 'checking';
  }
}

function paidStatus(paid: bigint, refunds: readonly Pick<Refund, 'state' | 'amount'>[]): PayerStatus {
  if (refunds.some(({ state }) => state !== 'done')) return 'returning';
  const returned = refunds.reduce((sum, { amount }) => sum + amount, 0n);
  return returned >= paid ? 'returned' : 'paid';
}
