import type { Id } from '@hehuo/kernel';
import type { Proposal, Score, Why } from './bank-line.js';
import { paymentReference, referencesIn } from './reference.js';

/** A pledge of an offline campaign whose money has not come yet. */
export interface AwaitingPledge {
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly payerId: Id<'per'>;
  /** Fen promised. */
  readonly amount: bigint;
}

/** A line for which a great many pledges of one sum are possible says nothing; more than these are not shown. */
export const proposalsMax = 10;

/** The pledges of one account, ready to be looked up by what a line says. */
export interface PledgeIndex {
  readonly byReference: ReadonlyMap<string, readonly AwaitingPledge[]>;
  readonly bySum: ReadonlyMap<bigint, readonly AwaitingPledge[]>;
}

export function indexOf(pledges: readonly AwaitingPledge[]): PledgeIndex {
  return {
    byReference: grouped(pledges, ({ pledgeId }) => paymentReference(pledgeId)),
    bySum: grouped(pledges, ({ amount }) => amount),
  };
}

function grouped<K>(
  pledges: readonly AwaitingPledge[],
  keyOf: (pledge: AwaitingPledge) => K,
): Map<K, AwaitingPledge[]> {
  const groups = new Map<K, AwaitingPledge[]>();
  for (const pledge of pledges) {
    const group = groups.get(keyOf(pledge));
    if (group) group.push(pledge);
    else groups.set(keyOf(pledge), [pledge]);
  }
  return groups;
}

/**
 * Which pledges a line may pay, the best first. `isCalled` says whose payers have the name that the bank gives. Nothing
 * follows from a proposal by itself: a person accepts it and another confirms the receipt.
 *
 * A reference with another sum is likely and not certain: that money would go back. Two pledges under one reference
 * (one in billions) are both only likely.
 */
export function matchLine(
  line: { readonly amount: bigint; readonly remark: string },
  index: PledgeIndex,
  isCalled: (payerId: Id<'per'>) => boolean,
): Proposal[] {
  const named = referencesIn(line.remark).flatMap((reference) => index.byReference.get(reference) ?? []);
  const isAlone = named.length === 1;
  const found = new Map<string, Proposal>();
  for (const pledge of named) {
    const isExact = pledge.amount === line.amount;
    const score: Score = isExact && isAlone ? 'certain' : 'likely';
    found.set(pledge.pledgeId, proposal(pledge, score, isExact ? 'reference_and_sum' : 'reference'));
  }
  for (const pledge of index.bySum.get(line.amount) ?? []) {
    if (found.has(pledge.pledgeId)) continue;
    const isNamed = isCalled(pledge.payerId);
    // Where a reference names its pledge, the sum alone would only add noise.
    if (!isNamed && named.length > 0) continue;
    found.set(
      pledge.pledgeId,
      isNamed ? proposal(pledge, 'likely', 'sum_and_name') : proposal(pledge, 'possible', 'sum'),
    );
  }
  return [...found.values()].sort(better).slice(0, proposalsMax);
}

const RANK: Readonly<Record<Why, number>> = { reference_and_sum: 0, sum_and_name: 1, reference: 2, sum: 3 };

function better(a: Proposal, b: Proposal): number {
  return RANK[a.why] - RANK[b.why] || (a.pledgeId < b.pledgeId ? -1 : 1);
}

function proposal(
  { pledgeId, campaignId, payerId, amount }: AwaitingPledge,
  score: Score,
  why: Why,
): Proposal {
  return { pledgeId, campaignId, payerId, expected: amount, score, why };
}
