import { defineMachine, type Id } from '@hehuo/kernel';
import { isReference } from './reference.js';

export const BANK_LINE_STATES = ['unmatched', 'proposed', 'accepted', 'dismissed'] as const;
export type BankLineState = (typeof BANK_LINE_STATES)[number];
export type BankLineEvent = 'match' | 'unmatch' | 'accept' | 'dismiss' | 'reopen';

/** Open again is a line whose receipt the second person refused, or whose dismissal was a mistake. */
export const BANK_LINE_MACHINE = defineMachine<BankLineState, BankLineEvent>('bank line', 'unmatched', {
  unmatched: { match: 'proposed', accept: 'accepted', dismiss: 'dismissed' },
  proposed: { unmatch: 'unmatched', accept: 'accepted', dismiss: 'dismissed' },
  accepted: { reopen: 'unmatched' },
  dismissed: { reopen: 'unmatched' },
});

/** `certain`: its reference and its sum. `likely`: the reference, or sum and name. `possible`: the sum alone. */
export const SCORES = ['certain', 'likely', 'possible'] as const;
export type Score = (typeof SCORES)[number];
export const WHYS = ['reference_and_sum', 'reference', 'sum_and_name', 'sum'] as const;
export type Why = (typeof WHYS)[number];

export interface Proposal {
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly payerId: Id<'per'>;
  /** Fen promised. */
  readonly expected: bigint;
  readonly score: Score;
  readonly why: Why;
}

/** Money that came in, as the bank tells it. */
export interface BankLine {
  readonly id: Id<'bkl'>;
  readonly statementId: Id<'bks'>;
  readonly custodyAccountId: Id<'cus'>;
  readonly communityId: Id<'com'>;
  readonly serial: string | null;
  readonly occurredAt: Date;
  /** Fen. */
  readonly amount: bigint;
  readonly payer: string;
  readonly remark: string;
  readonly state: BankLineState;
  readonly version: number;
  readonly receiptId: Id<'rct'> | null;
  readonly acceptedBy: Id<'per'> | null;
  readonly dismissedBy: Id<'per'> | null;
  readonly dismissal: string | null;
}

const longNumber = /\d{7,}/g;

/** A remark without the payer's name and without whole telephone or account numbers. */
export function maskRemark({ remark, payer }: Pick<BankLine, 'remark' | 'payer'>): string {
  const unnamed = payer === '' ? remark : remark.replaceAll(payer, maskPayer(payer));
  return unnamed.replace(longNumber, (digits) =>
    isReference(digits) ? digits : `${'*'.repeat(digits.length - 4)}${digits.slice(-4)}`,
  );
}

/** `王**`: the first character only. */
export function maskPayer(payer: string): string {
  const first = [...payer][0];
  return first === undefined ? '' : `${first}**`;
}
