import { defineMachine, type Id } from '@hehuo/kernel';
import { PaymentError } from './errors.js';

export type PayoutState =
  'proposed' | 'approved_once' | 'released' | 'sent' | 'done' | 'refused' | 'withdrawn' | 'returned';
export type PayoutEvent = 'approve' | 'release' | 'send' | 'confirm' | 'refuse' | 'withdraw' | 'return';

/**
 * From `released` on the money is out of the campaign's payable account. A released payout that must not be sent after
 * all is withdrawn, one that the bank sends back is returned: both put the money back where it was.
 */
export const PAYOUT_MACHINE = defineMachine<PayoutState, PayoutEvent>('payout', 'proposed', {
  proposed: { approve: 'approved_once', refuse: 'refused', withdraw: 'withdrawn' },
  approved_once: { release: 'released', refuse: 'refused', withdraw: 'withdrawn' },
  released: { send: 'sent', withdraw: 'withdrawn' },
  sent: { confirm: 'done', return: 'returned' },
  done: {},
  refused: {},
  withdrawn: {},
  returned: {},
});

export const PAYOUT_STATES = PAYOUT_MACHINE.states;

/** States in which somebody still has to act. */
export const PAYOUT_WAITING: readonly PayoutState[] = ['proposed', 'approved_once', 'released', 'sent'];
/** States in which the money is on its way: in the books, in transit. */
export const PAYOUT_IN_TRANSIT: readonly PayoutState[] = ['released', 'sent'];

/**
 * The part of the campaign's money that is paid out: a milestone by its position, what donors matched, what of it goes back
 * to them, or what is left over.
 */
export type PayoutPart = `milestone:${number}` | 'matched' | 'returned_match' | 'surplus';

export const partPattern = /^(?:milestone:(?:0|[1-9]\d{0,3})|matched|returned_match|surplus)$/;

export function isPart(text: string): text is PayoutPart {
  return partPattern.test(text);
}

export interface PayoutVoucher {
  /** The number on the invoice or receipt; used once by a payee. */
  readonly number: string;
  readonly title: string;
  /** Fen. */
  readonly amount: bigint;
  /** An upload of who proposed it, that shows this voucher alone. */
  readonly fileId: Id<'fil'> | null;
  /** Where the proof is, in words, when it is no file. */
  readonly evidence: string | null;
}

export interface Payout {
  readonly id: Id<'pyo'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly custodyAccountId: Id<'cus'>;
  readonly payeeId: Id<'pye'>;
  readonly part: PayoutPart;
  /** Fen; always the sum of its vouchers. */
  readonly amount: bigint;
  readonly purpose: string;
  /** The account that was proposed and approved. Another one needs another payout. */
  readonly accountVersion: number;
  readonly accountChangedAt: Date;
  readonly accountEnteredBy: Id<'per'>;
  readonly partnerId: Id<'ptn'> | null;
  readonly payeePersonId: Id<'per'> | null;
  readonly state: PayoutState;
  readonly version: number;
  readonly proposedBy: Id<'per'>;
  readonly approvedBy: Id<'per'> | null;
  readonly releasedBy: Id<'per'> | null;
  readonly releasedAt: Date | null;
  readonly sentBy: Id<'per'> | null;
  readonly sentAt: Date | null;
  /** Who refused, withdrew, confirmed or saw it returned. */
  readonly endedBy: Id<'per'> | null;
  readonly endedAt: Date | null;
  /** The bank's number of the transfer, or of its return. */
  readonly voucher: string | null;
  readonly reason: string | null;
  readonly createdAt: Date;
}

export const vouchersMax = 50;

/** Throws `payout_invalid` unless the vouchers prove exactly the sum, each once and with something to look at. */
export function assertProven(amount: bigint, vouchers: readonly PayoutVoucher[]): void {
  const refuse = (why: string): never => {
    throw new PaymentError('payout_invalid', why);
  };
  if (amount <= 0n) refuse('a payout is more than nothing');
  if (vouchers.length === 0 || vouchers.length > vouchersMax) refuse(`name 1 to ${vouchersMax} vouchers`);
  if (vouchers.some((voucher) => voucher.amount <= 0n)) refuse('a voucher is more than nothing');
  if (vouchers.some(({ fileId, evidence }) => fileId === null && evidence === null))
    refuse('each voucher needs a file, or words that say where it is');
  if (new Set(vouchers.map(({ number }) => number)).size !== vouchers.length) refuse('a voucher counts once');
  if (vouchers.reduce((sum, voucher) => sum + voucher.amount, 0n) !== amount)
    refuse('the vouchers must add up to the sum of the payout');
}

type Eyes = Pick<Payout, 'proposedBy' | 'approvedBy' | 'payeePersonId' | 'accountEnteredBy' | 'sentBy'>;

/** Throws `same_person` for an approver who proposed it, gets it, entered its account or approved it before. */
export function assertMayApprove(payout: Eyes, personId: Id<'per'>): void {
  const { proposedBy, payeePersonId, accountEnteredBy, approvedBy } = payout;
  if ([proposedBy, payeePersonId, accountEnteredBy, approvedBy].includes(personId)) {
    throw new PaymentError(
      'same_person',
      'two others must release it: not who proposed it, gets it, entered its account or approved it already',
    );
  }
}

/** Throws `same_person` for whoever gets the money: nobody sends or confirms a payment to themselves. */
export function assertNotPayee({ payeePersonId }: Pick<Payout, 'payeePersonId'>, personId: Id<'per'>): void {
  if (payeePersonId === personId) {
    throw new PaymentError('same_person', 'somebody else than the one who is paid must do this');
  }
}

/** Throws `same_person` for whoever sent it: what became of it is confirmed by another. */
export function assertNotSender({ sentBy }: Pick<Payout, 'sentBy'>, personId: Id<'per'>): void {
  if (sentBy === personId) {
    throw new PaymentError('same_person', 'another person than the one who sent it must confirm');
  }
}
