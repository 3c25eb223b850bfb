import { defineMachine, type Id } from '@hehuo/kernel';
import { PaymentError } from './errors.js';

/** `partner`: a verified partner. `supplier`: a legal body without an account here. `organiser`: a person who paid first. */
export const PAYEE_KINDS = ['partner', 'supplier', 'organiser'] as const;
export type PayeeKind = (typeof PAYEE_KINDS)[number];

export type PayeeState = 'proposed' | 'confirmed' | 'forgotten';
export type PayeeEvent = 'confirm' | 'change' | 'forget';

/**
 * New account data always waits for a second person, whatever was confirmed before. A person who closed the account here is
 * forgotten and paid no more.
 */
export const PAYEE_MACHINE = defineMachine<PayeeState, PayeeEvent>('payee', 'proposed', {
  proposed: { confirm: 'confirmed', change: 'proposed', forget: 'forgotten' },
  confirmed: { change: 'proposed', forget: 'forgotten' },
  forgotten: {},
});

/** Nothing is sent to an account that was entered or changed in the last hours, by the clock of the database. */
export const payeeHoldHours = 72;

/** Who is paid for a campaign. The account number is never part of it: only its mask is ever shown. */
export interface Payee {
  readonly id: Id<'pye'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly kind: PayeeKind;
  readonly partnerId: Id<'ptn'> | null;
  /** Only where a person is paid back. */
  readonly personId: Id<'per'> | null;
  readonly name: string;
  readonly bankName: string;
  /** The last four characters behind stars. */
  readonly accountMask: string;
  readonly state: PayeeState;
  readonly version: number;
  /** Counts the accounts that were entered. A payout names the one that it was proposed for. */
  readonly accountVersion: number;
  readonly enteredBy: Id<'per'>;
  readonly confirmedBy: Id<'per'> | null;
  readonly changedAt: Date;
  readonly createdAt: Date;
}

const accountPattern = /^[0-9A-Za-z]{8,34}$/;

/** The account number without the blanks and dashes that people group it by. Throws `payee_invalid`. */
export function plainAccount(text: string): string {
  const plain = text.replace(/[\s-]/g, '');
  if (accountPattern.test(plain)) return plain;
  throw new PaymentError('payee_invalid', 'an account number has 8 to 34 letters and digits');
}

/** The part of an account number that is shown, and that stays in the books for a payment. */
export function tailOf(plain: string): string {
  return plain.slice(-4);
}

/** `**** 1234` */
export function maskAccount(plain: string): string {
  return `**** ${tailOf(plain)}`;
}

/** What the public reads: a legal body by its name, a person by the first character of the name. */
export function publicName({ kind, name }: Pick<Payee, 'kind' | 'name'>): string {
  return kind === 'organiser' ? `${[...name][0] ?? ''}**` : name;
}

/** Whether the payee is one of these legal bodies. Blanks and the width of characters are how people type, not who is meant. */
export function isOneOf({ kind, name }: Pick<Payee, 'kind' | 'name'>, owners: readonly string[]): boolean {
  return kind !== 'organiser' && owners.some((owner) => plainName(owner) === plainName(name));
}

function plainName(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '');
}

/**
 * Throws `payee_invalid` unless exactly the id that the kind asks for is given. The only person who is paid back is the
 * organiser: a wrong person here would also be the wrong one to keep away from approving.
 */
export function assertIdentified(
  payee: Pick<Payee, 'kind' | 'partnerId' | 'personId'>,
  organiserId: Id<'per'>,
): void {
  const fits =
    (payee.kind === 'partner') === (payee.partnerId !== null) &&
    (payee.kind === 'organiser') === (payee.personId !== null);
  if (!fits) {
    throw new PaymentError(
      'payee_invalid',
      'a partner is named by its id, a person by theirs, a supplier by neither',
    );
  }
  if (payee.personId !== null && payee.personId !== organiserId) {
    throw new PaymentError(
      'payee_invalid',
      'the only person who is paid back is the organiser of the campaign',
    );
  }
}
