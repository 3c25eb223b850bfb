import type { Id } from '@hehuo/kernel';

/** Accounts that hold a campaign's money at its custodian. Money that moves between them moved nowhere. */
export const CAMPAIGN_CODES = ['escrow', 'excess', 'payable'] as const;
/** Money that was given leave to go and is still at the custodian: it counts as held until it is gone. */
export const TRANSIT_CODES = ['refund_in_transit', 'payout_in_transit'] as const;
export const BOOK_CODES = [...CAMPAIGN_CODES, ...TRANSIT_CODES] as const;
export type BookCode = (typeof BOOK_CODES)[number];

/** Received − returned − spent = held, at every line. */
export type Flow = 'received' | 'returned' | 'spent';

export function isBookCode(code: string): code is BookCode {
  return (BOOK_CODES as readonly string[]).includes(code);
}

export function isTransit(code: string): boolean {
  return (TRANSIT_CODES as readonly string[]).includes(code);
}

/** An entry of one of the book's accounts, as the ledger tells it. */
export interface Entry {
  readonly accountId: string;
  readonly accountCode: BookCode;
  readonly accountOwner: string;
  readonly seq: bigint;
  readonly transferId: string;
  readonly at: Date;
  readonly reason: string;
  readonly ref: string;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly otherCode: string;
  readonly otherOwner: string;
}

/** What an entry means to the public, before it is numbered. */
export interface Crossing {
  readonly entry: Entry;
  readonly flow: Flow;
  readonly amount: bigint;
}

/**
 * Whether the entry carried money over the border of what the custodian holds, and which way; null where it only moved
 * inside. By accounts and not by reasons, so that every movement that is invented later shows itself. Out of the refunds'
 * transit it is returned; anything else that leaves is spent; all that comes in is received.
 */
export function crossingOf(entry: Entry): Crossing | null {
  if (isInside(entry)) return null;
  if (entry.credit > 0n) return { entry, flow: 'received', amount: entry.credit };
  const flow = entry.accountCode === 'refund_in_transit' ? 'returned' : 'spent';
  return { entry, flow, amount: entry.debit };
}

function isInside({ accountCode, accountOwner, otherCode, otherOwner }: Entry): boolean {
  if (!isBookCode(otherCode)) return false;
  // From one campaign to another is a movement that both must show; to or from transit the campaign keeps it.
  return isTransit(accountCode) || isTransit(otherCode) || accountOwner === otherOwner;
}

export interface Sums {
  readonly received: bigint;
  readonly returned: bigint;
  readonly spent: bigint;
}

export const NO_SUMS: Sums = { received: 0n, returned: 0n, spent: 0n };

export function held({ received, returned, spent }: Sums): bigint {
  return received - returned - spent;
}

export function plus({ received, returned, spent }: Sums, flow: Flow, amount: bigint): Sums {
  const sums = { received, returned, spent };
  return { ...sums, [flow]: sums[flow] + amount };
}

/** Where a line stands in one of the books that it belongs to, and what is held there after it. */
export interface Place<Owner extends string> {
  readonly owner: Owner;
  readonly seq: bigint;
  readonly balance: bigint;
}

/** One line of the public book. Never changed: a correction is another movement and another line. */
export interface Line {
  readonly id: Id<'bln'>;
  readonly transferId: string;
  readonly accountId: string;
  readonly accountCode: BookCode;
  readonly community: Place<Id<'com'>>;
  /** Null where no campaign can be named, such as a movement entered for an account as a whole. */
  readonly campaign: Place<Id<'cmp'>> | null;
  readonly custody: Place<Id<'cus'>> | null;
  /** The month of whose statement it is part: that of its instant, or the first one that was not frozen yet. */
  readonly month: string;
  readonly flow: Flow;
  /** Fen, more than zero. */
  readonly amount: bigint;
  readonly reason: string;
  readonly ref: string;
  readonly at: Date;
}
