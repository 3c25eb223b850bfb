import type { Id } from '@hehuo/kernel';
import type { BillLine } from './findings.js';

/**
 * `status`: the bill says done and our row does not; the gateway is asked. `duplicate`: the same movement was told
 * before, in the same words; `fee_corrected`: a later bill names another fee and nothing else; `contradicted`: in other
 * words. Everything but `status` is said once and for good.
 */
export const LINE_VERDICTS = [
  'matched',
  'duplicate',
  'contradicted',
  'missing_local',
  'amount',
  'status',
  'fee',
  'fee_corrected',
  'withdrawal',
  'not_understood',
] as const;
export type LineVerdict = (typeof LINE_VERDICTS)[number];

/** A charge or a refund as a bill can speak of it. */
export interface OurMovement {
  readonly kind: 'payment' | 'refund';
  readonly objectId: Id<'chg'> | Id<'rfd'>;
  readonly number: string;
  readonly custodyAccountId: Id<'cus'>;
  /** `elsewhere`: it was paid by hand, so a gateway that pays it as well pays it twice. */
  readonly state: 'booked' | 'open' | 'elsewhere';
  /** Fen booked, or asked for where nothing is booked. */
  readonly amount: bigint;
}

export type ClearingAccount = 'gateway_clearing' | 'cash_clearing' | 'suspense' | 'gateway_fee';

/** One movement of the custody account's own books. */
export interface LineBooking {
  readonly what: 'fee' | 'withdrawal' | 'suspense';
  readonly debit: ClearingAccount;
  readonly credit: ClearingAccount;
  readonly amount: bigint;
}

export interface LineDifference {
  readonly kind: 'missing_local' | 'amount' | 'status' | 'contradicted' | 'not_understood';
  /** Fen as the bill has it; negative left the account. */
  readonly billed: bigint;
  /** Fen as our books have it; null where they know nothing. */
  readonly booked: bigint | null;
  /** Fen that it brought into suspense (credit), negative for what left it. */
  readonly money: bigint;
}

export interface MatchedLine {
  readonly verdict: LineVerdict;
  readonly ours: OurMovement | null;
  readonly bookings: readonly LineBooking[];
  readonly difference: LineDifference | null;
}

/** What was told of a movement before a line tells it again. */
export interface Told {
  /** The newest telling that counts: the first one, or the last that corrected its fee. */
  readonly line: BillLine;
  /** The line comes from a later bill, or from a later edition that no longer has the told one. */
  readonly isReplaced: boolean;
}

export interface LineContext {
  /** Null when this line is the first to tell its movement. */
  readonly told: Told | null;
  readonly ours: OurMovement | null;
  /** The next day's bill was seen as well, so what is still unlike stays unlike. */
  readonly isGraceOver: boolean;
}

/** Names the movement that a line tells: two lines of one movement have one key, wherever and whenever they come. */
export function movementKey(line: BillLine): string {
  const { kind, ourNumber, gatewayNumber, incoming, amount, at } = line;
  if (kind === 'payment' || kind === 'refund') return [kind, ourNumber ?? '', gatewayNumber].join('|');
  return [kind, gatewayNumber, incoming ? 'in' : 'out', amount, at.getTime()].join('|');
}

/** Everything that a line says, for telling a repetition from a contradiction. */
export function contentOf(line: BillLine): string {
  return [contentButFee(line), line.fee].join('|');
}

function contentButFee(line: BillLine): string {
  return [movementKey(line), line.orderNumber ?? '', line.incoming, line.amount].join('|');
}

/** What one line means for the books. Pure, so that the order of lines and days cannot matter. */
export function matchLine(line: BillLine, { told, ours, isGraceOver }: LineContext): MatchedLine {
  if (told) return repeated(line, told, ours);
  if (line.kind === 'fee') {
    return { ...nothing('fee', null), bookings: movementOf('fee', 'gateway_fee', signed(line)) };
  }
  const fees = feeOf(line.fee);
  if (line.kind === 'other') return other(line, fees);
  if (!ours || ours.state === 'elsewhere') return unknownMoney(line, ours, 'missing_local', fees);
  if (ours.state === 'open') {
    return isGraceOver ? unknownMoney(line, ours, 'status', fees) : nothing('status', ours);
  }
  const [billed, booked] = [signed(line), ours.kind === 'payment' ? ours.amount : -ours.amount];
  if (billed === booked) return { ...nothing('matched', ours), bookings: fees };
  const money = billed - booked;
  return {
    ...{ verdict: 'amount', ours, difference: { kind: 'amount', billed, booked, money } },
    bookings: [...movementOf('suspense', 'suspense', money), ...fees],
  };
}

/** Takes back what a `status` line brought into suspense, once our own row learned of the money. */
export function undone(money: bigint): readonly LineBooking[] {
  return movementOf('suspense', 'suspense', -money);
}

function repeated(line: BillLine, { line: told, isReplaced }: Told, ours: OurMovement | null): MatchedLine {
  if (contentOf(line) === contentOf(told)) return nothing('duplicate', ours);
  if (isReplaced && contentButFee(line) === contentButFee(told)) {
    return { ...nothing('fee_corrected', ours), bookings: feeOf(line.fee - told.fee) };
  }
  const difference = { kind: 'contradicted', billed: signed(line), booked: signed(told), money: 0n } as const;
  return { ...nothing('contradicted', ours), difference };
}

function other(line: BillLine, fees: readonly LineBooking[]): MatchedLine {
  if (line.incoming) {
    const money = line.amount;
    return {
      ...{ verdict: 'not_understood', ours: null },
      difference: { kind: 'not_understood', billed: money, booked: null, money },
      bookings: [...movementOf('suspense', 'suspense', money), ...fees],
    };
  }
  // Whatever else leaves a merchant account goes to the custodian's own bank.
  const bookings = [...movementOf('withdrawal', 'cash_clearing', signed(line)), ...fees];
  return { ...nothing('withdrawal', null), bookings };
}

function unknownMoney(
  line: BillLine,
  ours: OurMovement | null,
  kind: 'missing_local' | 'status',
  fees: readonly LineBooking[],
): MatchedLine {
  const money = signed(line);
  return {
    ...{ verdict: kind, ours, difference: { kind, billed: money, booked: null, money } },
    bookings: [...movementOf('suspense', 'suspense', money), ...fees],
  };
}

function nothing(verdict: LineVerdict, ours: OurMovement | null): MatchedLine {
  return { verdict, ours, bookings: [], difference: null };
}

/** Fen that the line brought to the merchant account, its own fee left aside. */
export function signed({ kind, incoming, amount }: BillLine): bigint {
  return kind === 'payment' || (kind === 'other' && incoming) ? amount : -amount;
}

/** A fee that a gateway gives back with a refund is less than zero. */
function feeOf(fee: bigint): readonly LineBooking[] {
  return movementOf('fee', 'gateway_fee', -fee);
}

/** `money` came to the merchant account from `against`, or went there when it is less than zero. */
function movementOf(what: LineBooking['what'], against: ClearingAccount, money: bigint): LineBooking[] {
  if (money === 0n) return [];
  return money > 0n
    ? [{ what, debit: 'gateway_clearing', credit: against, amount: money }]
    : [{ what, debit: against, credit: 'gateway_clearing', amount: -money }];
}

export interface BillChange<T> {
  /** Lines that the stored bill does not have. */
  readonly added: readonly BillLine[];
  /** Stored lines that the new bill does not have. */
  readonly gone: readonly T[];
}

/** What another download of a bill says that the stored lines do not. The order of lines says nothing. */
export function changesOf<T extends BillLine>(
  stored: readonly T[],
  fresh: readonly BillLine[],
): BillChange<T> {
  return unlike(stored, fresh, contentOf);
}

/** What is left of a change when lines that only name another fee are left out: those are booked and need nobody's word. */
export function changesButFees<T extends BillLine>({ added, gone }: BillChange<T>): BillChange<T> {
  return unlike(gone, added, contentButFee);
}

function unlike<T extends BillLine>(
  stored: readonly T[],
  fresh: readonly BillLine[],
  nameOf: (line: BillLine) => string,
): BillChange<T> {
  const left = new Map<string, T[]>();
  for (const line of stored) left.set(nameOf(line), [...(left.get(nameOf(line)) ?? []), line]);
  const added = fresh.filter((line) => left.get(nameOf(line))?.pop() === undefined);
  return { added, gone: [...left.values()].flat() };
}
