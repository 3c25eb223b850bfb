import type { Id } from '@hehuo/kernel';
import type { Kind } from './kind.js';
import { factorWhole, type MatchPoolState, type MatchTerms } from './match-pool.js';

/** Whose household is kept out, in the order in which it is told. */
export const EXCLUSIONS = ['organiser', 'supplier', 'donor'] as const;
export type Exclusion = (typeof EXCLUSIONS)[number];

/** Why a pledge is matched as it is. Stable words: they are stored with the pledge. */
export const MATCH_CODES = [
  'full',
  'capped_by_person',
  'capped_by_campaign',
  'capped_by_pool',
  'pool_empty',
  'rounded_to_nothing',
  'excluded_organiser',
  'excluded_supplier',
  'excluded_donor',
  'not_verified',
  'not_in_window',
  'pool_not_active',
  'kind_not_matched',
  'before_binding',
] as const;
export type MatchCode = (typeof MATCH_CODES)[number];

/** What is set aside already, in the pool's unit. */
export interface MatchSums {
  readonly pool: bigint;
  /** For the campaign of this pledge. */
  readonly campaign: bigint;
  /** For the person of this pledge in this campaign. */
  readonly person: bigint;
}

export interface Matchable {
  readonly kind: Kind;
  /** In the unit of the kind, more than zero. */
  readonly quantity: bigint;
  readonly at: Date;
  readonly verified: boolean;
  readonly exclusion: Exclusion | null;
}

export interface MatchLine {
  /** What is set aside. */
  readonly amount: bigint;
  /** What the factor alone would give; zero where the pledge is not matched at all. */
  readonly full: bigint;
  readonly code: MatchCode;
}

export type MatchRules = MatchTerms & { readonly state: MatchPoolState };

/**
 * What a pool gives for one pledge, with the reason. Multiplies first and caps afterwards, by person, campaign and
 * pool: capping first and multiplying then would let the factor pass every cap (traps.md C1). Rounds down.
 */
export function matchOf(pool: MatchRules, sums: MatchSums, pledge: Matchable): MatchLine {
  const refusal = refusalOf(pool, pledge);
  if (refusal) return { amount: 0n, full: 0n, code: refusal };
  const full = (pledge.quantity * BigInt(pool.factorBps)) / factorWhole;
  if (full === 0n) return { amount: 0n, full, code: 'rounded_to_nothing' };
  if (sums.pool >= pool.total) return { amount: 0n, full, code: 'pool_empty' };
  const rooms = [
    ['capped_by_person', pool.capPerPerson - sums.person],
    ['capped_by_campaign', pool.capPerCampaign - sums.campaign],
    ['capped_by_pool', pool.total - sums.pool],
  ] as const;
  const start: { code: MatchCode; amount: bigint } = { code: 'full', amount: full };
  const { code, amount } = rooms.reduce(
    (least, [cap, room]) => (room < least.amount ? { code: cap, amount: room < 0n ? 0n : room } : least),
    start,
  );
  return { amount, full, code };
}

function refusalOf(pool: MatchRules, pledge: Matchable): MatchCode | null {
  if (!pool.kinds.includes(pledge.kind)) return 'kind_not_matched';
  if (pool.state !== 'active') return 'pool_not_active';
  if (!pledge.verified) return 'not_verified';
  if (pledge.at < pool.startsAt || pledge.at >= pool.endsAt) return 'not_in_window';
  return pledge.exclusion && `excluded_${pledge.exclusion}`;
}

/** Households and people that a pool does not match in one campaign, each with the reason. */
export interface ExcludedHomes {
  readonly households: ReadonlyMap<Id<'hhd'>, Exclusion>;
  readonly persons: ReadonlyMap<Id<'per'>, Exclusion>;
}

export function exclusionOf(
  { households, persons }: ExcludedHomes,
  who: { readonly householdId: Id<'hhd'>; readonly personId: Id<'per'> },
): Exclusion | null {
  const found = [households.get(who.householdId), persons.get(who.personId)];
  return EXCLUSIONS.find((exclusion) => found.includes(exclusion)) ?? null;
}
