import { transferId, type AccountKey, type NewTransfer } from '@hehuo/ledger';
import type { ClawBack } from '../domain/claw-back.js';
import type { Payout } from '../domain/payout.js';

type Booked = Pick<Payout, 'id' | 'campaignId' | 'custodyAccountId' | 'amount'>;

const payable = (owner: string): AccountKey => ({ unit: 'fen', code: 'payable', owner });
const inTransit = (owner: string): AccountKey => ({ unit: 'fen', code: 'payout_in_transit', owner });

/** The second approval: the money leaves what is payable. A guarded account refuses what it does not hold. */
export function payoutReleased({ id, campaignId, custodyAccountId, amount }: Booked): NewTransfer {
  return {
    ...{
      id: transferId(`payout:${id}:released`),
      kind: 'single',
      amount,
      reason: 'payout-released',
      ref: id,
    },
    ...{ debit: payable(campaignId), credit: inTransit(custodyAccountId) },
  };
}

/** The custodian's bank has paid the payee. */
export function payoutDone({ id, custodyAccountId, amount }: Booked): NewTransfer {
  return {
    ...{ id: transferId(`payout:${id}:done`), kind: 'single', amount, reason: 'payout-done', ref: id },
    ...{
      debit: inTransit(custodyAccountId),
      credit: { unit: 'fen', code: 'cash_clearing', owner: custodyAccountId },
    },
  };
}

/** A released payout that came to nothing: the money is payable again. */
export function payoutUndone(
  { id, campaignId, custodyAccountId, amount }: Booked,
  how: 'returned' | 'withdrawn',
): NewTransfer {
  return {
    ...{ id: transferId(`payout:${id}:${how}`), kind: 'single', amount, reason: `payout-${how}`, ref: id },
    ...{ debit: inTransit(custodyAccountId), credit: payable(campaignId) },
  };
}

/** A payee gave money back to the custodian's bank account. */
export function clawedBack({ id, campaignId, custodyAccountId, amount }: ClawBack): NewTransfer {
  return {
    ...{ id: transferId(`clawback:${id}:confirmed`), kind: 'single', amount, reason: 'claw-back', ref: id },
    debit: { unit: 'fen', code: 'cash_clearing', owner: custodyAccountId },
    credit: payable(campaignId),
  };
}
