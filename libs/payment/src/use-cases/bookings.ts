import { transferId, type AccountKey, type NewTransfer } from '@hehuo/ledger';
import { OFFLINE, type Booking, type Charge, type GatewayName } from '../domain/charge.js';
import type { Refund } from '../domain/refund.js';

/** Where money of this channel stands at the custodian: owed by the gateway, or in the cash box and the bank. */
function clearing(gateway: GatewayName, owner: string): AccountKey {
  return { unit: 'fen', code: gateway === OFFLINE ? 'cash_clearing' : 'gateway_clearing', owner };
}

/** The gateway, or a person with a receipt, says that this charge brought `amount` fen. */
export function chargePaid(
  charge: Pick<Charge, 'id' | 'gateway' | 'custodyAccountId' | 'campaignId'>,
  amount: bigint,
  bookedAs: Booking,
): NewTransfer {
  return {
    id: transferId(`charge:${charge.id}:paid`),
    kind: 'single',
    debit: clearing(charge.gateway, charge.custodyAccountId),
    credit: { unit: 'fen', code: bookedAs, owner: charge.campaignId },
    amount,
    reason: 'charge-paid',
    ref: charge.id,
  };
}

export function refundRequested(
  refund: Pick<Refund, 'id' | 'source' | 'campaignId' | 'custodyAccountId' | 'amount'>,
): NewTransfer {
  return {
    id: transferId(`refund:${refund.id}:requested`),
    kind: 'single',
    debit: { unit: 'fen', code: refund.source, owner: refund.campaignId },
    credit: { unit: 'fen', code: 'refund_in_transit', owner: refund.custodyAccountId },
    amount: refund.amount,
    reason: 'refund-requested',
    ref: refund.id,
  };
}

/** `channel` is where the money really left: by hand it leaves the bank, even when it came in through a gateway. */
export function refundDone(refund: Refund, channel: GatewayName): NewTransfer {
  return {
    id: transferId(`refund:${refund.id}:done`),
    kind: 'single',
    debit: { unit: 'fen', code: 'refund_in_transit', owner: refund.custodyAccountId },
    credit: clearing(channel, refund.custodyAccountId),
    amount: refund.amount,
    reason: 'refund-done',
    ref: refund.id,
  };
}
