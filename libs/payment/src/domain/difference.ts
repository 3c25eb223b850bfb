import { defineMachine, type Id } from '@hehuo/kernel';
import type { LineDifference } from './bill-matching.js';
import { ReconciliationError } from './reconciliation-errors.js';

export const DIFFERENCE_STATES = ['open', 'proposed', 'carried', 'explained', 'healed'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];
export type DifferenceEvent = 'propose' | 'confirm' | 'carry' | 'heal';

/**
 * `proposed`: one person explained it, a second one has not confirmed. `carried`: explained, and its money stays in
 * suspense under a name until somebody finds out whose it is. `healed`: the facts themselves removed it.
 */
export const DIFFERENCE_MACHINE = defineMachine<DifferenceState, DifferenceEvent>('bill difference', 'open', {
  open: { propose: 'proposed', heal: 'healed' },
  proposed: { propose: 'proposed', confirm: 'explained', carry: 'carried', heal: 'healed' },
  carried: { propose: 'proposed' },
  explained: {},
  healed: {},
});

/** States in which it waits for somebody. */
export const DIFFERENCE_OPEN: readonly DifferenceState[] = ['open', 'proposed'];
/** States in which its money is in suspense. */
export const DIFFERENCE_IN_SUSPENSE: readonly DifferenceState[] = ['open', 'proposed', 'carried'];

/**
 * `missing_remote`: our books have it, no bill has. `learned_late`: our books got it after its day was closed.
 * `changed`: the bill was another one when it was asked for again.
 */
export const DIFFERENCE_KINDS = [
  'missing_local',
  'missing_remote',
  'learned_late',
  'amount',
  'status',
  'contradicted',
  'changed',
  'not_understood',
] as const;
export type DifferenceKind = LineDifference['kind'] | 'missing_remote' | 'learned_late' | 'changed';

/**
 * Where explained money goes: back to payers of a campaign, out of (into) the custodian's bank by hand, to the gateway's
 * fees, back to what the gateway owes because its bill was wrong; `carried` leaves it in suspense under a name; `noted`
 * is for differences without money.
 */
export const RESOLUTIONS = ['noted', 'excess', 'cash', 'fee', 'gateway', 'carried'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export interface Explanation {
  readonly resolution: Resolution;
  /** The campaign whose payers get it, for `excess`. */
  readonly campaignId: Id<'cmp'> | null;
  /** The name under which it is carried, for `carried`. */
  readonly openItem: string | null;
  readonly reason: string;
  readonly evidence: string;
}

export interface Difference {
  readonly id: Id<'dif'>;
  readonly billDayId: Id<'bld'>;
  readonly lineNo: number | null;
  readonly kind: DifferenceKind;
  readonly custodyAccountId: Id<'cus'>;
  readonly communityId: Id<'com'>;
  readonly objectId: string | null;
  readonly ourNumber: string | null;
  readonly gatewayNumber: string | null;
  readonly billed: bigint | null;
  readonly booked: bigint | null;
  /** Fen that it brought into suspense (credit), negative for what left it. */
  readonly money: bigint;
  readonly detail: string | null;
  readonly state: DifferenceState;
  readonly version: number;
  readonly explanation: Explanation | null;
  readonly explainedBy: Id<'per'> | null;
  readonly confirmedBy: Id<'per'> | null;
  readonly createdAt: Date;
}

/** The account on the other side of suspense; null when nothing moves. */
export function accountOf(
  resolution: Resolution,
): 'excess' | 'cash_clearing' | 'gateway_fee' | 'gateway_clearing' | null {
  const accounts = {
    excess: 'excess',
    cash: 'cash_clearing',
    fee: 'gateway_fee',
    gateway: 'gateway_clearing',
  } as const;
  return resolution === 'noted' || resolution === 'carried' ? null : accounts[resolution];
}

/** Throws `difference_invalid` for an explanation that does not fit the money. */
export function assertFits({ money }: Pick<Difference, 'money'>, explanation: Explanation): void {
  const { resolution, campaignId, openItem } = explanation;
  const complaint = complaintOf(money, resolution);
  if (complaint !== null) throw new ReconciliationError('difference_invalid', complaint);
  if ((resolution === 'excess') !== (campaignId !== null)) {
    throw new ReconciliationError('difference_invalid', 'a campaign goes with `excess`, and only with it');
  }
  if ((resolution === 'carried') !== (openItem !== null)) {
    throw new ReconciliationError(
      'difference_invalid',
      'the name of an open item goes with `carried`, and only with it',
    );
  }
}

function complaintOf(money: bigint, resolution: Resolution): string | null {
  if (money === 0n) return resolution === 'noted' ? null : 'no money is in suspense: only `noted` fits';
  if (resolution === 'noted') return 'its money is in suspense: say where it belongs';
  if (resolution === 'excess' && money < 0n) return 'money that is missing cannot go back to payers';
  return null;
}
