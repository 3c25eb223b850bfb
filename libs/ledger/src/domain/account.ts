/** What an account counts. A transfer never joins two units: fen that are promised are not fen that moved. */
export const UNITS = ['fen', 'fen_promised', 'minutes', 'pieces', 'plans', 'households'] as const;
export type Unit = (typeof UNITS)[number];

/**
 * `strict`: the row holds the exact balance at every commit and is locked by each transfer, so it can refuse to be
 * overdrawn. `folded`: transfers only append, and the folder adds them up afterwards; for accounts that every pledge
 * touches and that nothing is paid out of.
 */
export type AccountMode = 'strict' | 'folded';

interface AccountRule {
  readonly mode: AccountMode;
  /** Debits may never pass what was credited: money that is not there cannot leave. */
  readonly guarded: boolean;
  readonly text: string;
}

/** The chart of accounts. The owner of an account is the object in braces. */
export const CHART = {
  gateway_clearing: {
    mode: 'folded',
    guarded: false,
    text: 'what the gateway owes the custodian {custody account}',
  },
  cash_clearing: {
    mode: 'folded',
    guarded: false,
    text: 'cash and transfers that the custodian took in {custody account}',
  },
  suspense: {
    mode: 'strict',
    guarded: false,
    text: 'differences that nobody has explained yet {custody account}',
  },
  gateway_fee: {
    mode: 'folded',
    guarded: false,
    text: 'what gateways kept for their service {custody account}',
  },
  escrow: { mode: 'strict', guarded: true, text: 'money that the custodian holds for a campaign {campaign}' },
  excess: { mode: 'strict', guarded: true, text: 'late, double or wrong sums that must go back {campaign}' },
  payable: {
    mode: 'strict',
    guarded: true,
    text: 'money of a campaign that succeeded, not yet paid out {campaign}',
  },
  payout_in_transit: { mode: 'strict', guarded: true, text: 'payouts on their way {custody account}' },
  refund_in_transit: { mode: 'strict', guarded: true, text: 'refunds on their way {custody account}' },
  promised_by: {
    mode: 'folded',
    guarded: false,
    text: 'what the neighbours of a community promised {community}',
  },
  promised_to: { mode: 'folded', guarded: false, text: 'what was promised to an ask {ask}' },
} as const satisfies Record<string, AccountRule>;

export type AccountCode = keyof typeof CHART;

export interface AccountKey {
  readonly unit: Unit;
  readonly code: AccountCode;
  /** The id of the object that the account belongs to. */
  readonly owner: string;
}

export function sameAccount(a: AccountKey, b: AccountKey): boolean {
  return a.unit === b.unit && a.code === b.code && a.owner === b.owner;
}
