import type { Id } from '@hehuo/kernel';
import { held, isTransit, plus, type Crossing, type Line, type Place, type Sums } from './line.js';
import { laterOf, monthIn } from './month.js';

export interface WrittenHead extends Sums {
  readonly seq: bigint;
}

/** The books as they stand, and what is known around the money that crossed. Heads and months move while lines are made. */
export interface Writing {
  readonly communityId: Id<'com'>;
  readonly timeZone: string;
  readonly heads: Map<string, WrittenHead>;
  /** The first month of an account that is not frozen; accounts without one begin with their first line. */
  readonly months: Map<Id<'cus'>, string>;
  readonly campaignOf: (crossing: Crossing) => Id<'cmp'> | null;
  readonly custodyOf: (crossing: Crossing, campaignId: Id<'cmp'> | null) => Id<'cus'> | null;
  /** The same crossing has the same id, however often the book is written. */
  readonly idOf: (crossing: Crossing) => Id<'bln'>;
}

/** Which campaign the money was held for: that of the account, and in transit the one that gave it. */
export function campaignOf({ entry }: Crossing, givers: ReadonlyMap<string, string>): Id<'cmp'> | null {
  const owner = isTransit(entry.accountCode) ? givers.get(entry.ref) : entry.accountOwner;
  return owner?.startsWith('cmp_') === true ? (owner as Id<'cmp'>) : null;
}

/** Whose account the money came to or went from: the one that the transfer names, else the campaign's own. */
export function custodyOf({ entry }: Crossing, ofCampaign: Id<'cus'> | null): Id<'cus'> | null {
  const named = [entry.accountOwner, entry.otherOwner].find((owner) => owner.startsWith('cus_'));
  return named === undefined ? ofCampaign : (named as Id<'cus'>);
}

export function append(crossings: readonly Crossing[], writing: Writing): Line[] {
  return crossings.map((crossing) => lineOf(crossing, writing));
}

function lineOf(crossing: Crossing, writing: Writing): Line {
  const { entry, flow, amount } = crossing;
  const campaignId = writing.campaignOf(crossing);
  const custodyId = writing.custodyOf(crossing, campaignId);
  return {
    id: writing.idOf(crossing),
    transferId: entry.transferId,
    accountId: entry.accountId,
    accountCode: entry.accountCode,
    community: placeIn(writing.communityId, crossing, writing.heads),
    campaign: campaignId && placeIn(campaignId, crossing, writing.heads),
    custody: custodyId && placeIn(custodyId, crossing, writing.heads),
    month: monthOf(entry.at, custodyId, writing),
    flow,
    amount,
    reason: entry.reason,
    ref: entry.ref,
    at: entry.at,
  };
}

function placeIn<Owner extends string>(
  owner: Owner,
  { flow, amount }: Crossing,
  heads: Map<string, WrittenHead>,
): Place<Owner> {
  const head = heads.get(owner) ?? { seq: 0n, received: 0n, returned: 0n, spent: 0n };
  const next = { ...plus(head, flow, amount), seq: head.seq + 1n };
  heads.set(owner, next);
  return { owner, seq: next.seq, balance: held(next) };
}

/** A movement that comes after its month was frozen is part of the next statement: the old one is never touched. */
function monthOf(at: Date, custodyId: Id<'cus'> | null, { timeZone, months }: Writing): string {
  const month = monthIn(at, timeZone);
  if (custodyId === null) return month;
  const open = months.get(custodyId);
  if (open === undefined) months.set(custodyId, month);
  return open === undefined ? month : laterOf(month, open);
}
