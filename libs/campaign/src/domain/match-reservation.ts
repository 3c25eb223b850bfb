import { defineMachine, type Id, type Machine } from '@hehuo/kernel';
import type { Kind } from './kind.js';
import { exclusionOf, matchOf, type ExcludedHomes, type MatchLine } from './match-of.js';
import type { MatchPool } from './match-pool.js';

export type MatchReservationState =
  'asked' | 'conditional' | 'reserved' | 'unmatched' | 'confirmed' | 'released' | 'written_off';
export type MatchReservationEvent =
  'hold_conditionally' | 'reserve' | 'refuse' | 'confirm' | 'release' | 'write_off';

/**
 * `conditional`: owed only if the residents' own part reaches the pool's condition. `reserved`: owed if the campaign
 * succeeds. `confirmed`: the campaign succeeded and the condition was met. `released`: back in the pool. `written_off`:
 * confirmed, and the donor never paid. `unmatched`:
 * nothing was set aside, and the line says why. `asked` is the moment before the answer and is never stored.
 */
export const MATCH_RESERVATION_MACHINE: Machine<MatchReservationState, MatchReservationEvent> = defineMachine<
  MatchReservationState,
  MatchReservationEvent
>('match reservation', 'asked', {
  asked: { hold_conditionally: 'conditional', reserve: 'reserved', refuse: 'unmatched' },
  conditional: { confirm: 'confirmed', release: 'released' },
  reserved: { confirm: 'confirmed', release: 'released' },
  unmatched: {},
  confirmed: { write_off: 'written_off' },
  released: {},
  written_off: {},
});

/** These wait for the decision and can still be let go. */
export const OPEN_MATCH_STATES = [
  'conditional',
  'reserved',
] as const satisfies readonly MatchReservationState[];
/** These take up room in the pool. */
export const HELD_MATCH_STATES = [
  ...OPEN_MATCH_STATES,
  'confirmed',
] as const satisfies readonly MatchReservationState[];

/** Why something that was set aside went back into the pool. */
export const RELEASE_REASONS = [
  'withdrawn',
  'refunded',
  'expired',
  'dropped',
  'campaign_failed',
  'campaign_cancelled',
  'condition_missed',
  'ask_missed',
  'excluded_organiser',
  'excluded_supplier',
  'excluded_donor',
] as const;
export type ReleaseReason = (typeof RELEASE_REASONS)[number];

/** A pledge as a pool sees it. */
export interface PledgeToMatch {
  readonly pledgeId: Id<'plg'>;
  readonly askId: Id<'ask'>;
  readonly personId: Id<'per'>;
  readonly householdId: Id<'hhd'>;
  readonly kind: Kind;
  readonly quantity: bigint;
}

export interface MatchDraft extends PledgeToMatch {
  readonly poolId: Id<'mpl'>;
  readonly state: MatchReservationState;
  readonly line: MatchLine;
}

/**
 * A pool bound to a campaign, as one batch knows it while it holds the rows. {@link matchAll} moves the sums in it, so
 * that the second pledge of a batch sees what the first one took.
 */
export interface BoundPool {
  readonly pool: MatchPool;
  readonly bindingId: Id<'mbd'>;
  readonly excluded: ExcludedHomes;
  /** Set aside in the whole pool and for this campaign. */
  taken: { pool: bigint; campaign: bigint };
  /** Set aside for each person in this campaign. */
  readonly perPerson: Map<Id<'per'>, bigint>;
}

/**
 * Decides what the pools give for each pledge, in the order in which the pledges came. A kind that a pool does not
 * match leaves no row: that answer follows from the pool's terms for ever.
 */
export function matchAll(
  pools: readonly BoundPool[],
  pledges: readonly PledgeToMatch[],
  at: Date,
): MatchDraft[] {
  const drafts: MatchDraft[] = [];
  for (const pledge of pledges) {
    for (const bound of pools) {
      if (bound.pool.kinds.includes(pledge.kind)) drafts.push(matchOne(bound, pledge, at));
    }
  }
  return drafts;
}

function matchOne(bound: BoundPool, pledge: PledgeToMatch, at: Date): MatchDraft {
  const { pool, taken, perPerson } = bound;
  const person = perPerson.get(pledge.personId) ?? 0n;
  const line = matchOf(
    pool,
    { ...taken, person },
    {
      ...{ kind: pledge.kind, quantity: pledge.quantity, at },
      // Admission takes pledges of verified members only.
      ...{ verified: true, exclusion: exclusionOf(bound.excluded, pledge) },
    },
  );
  taken.pool += line.amount;
  taken.campaign += line.amount;
  perPerson.set(pledge.personId, person + line.amount);
  const event = line.amount === 0n ? 'refuse' : pool.conditionMinimum > 0n ? 'hold_conditionally' : 'reserve';
  return { ...pledge, poolId: pool.id, line, state: MATCH_RESERVATION_MACHINE.next('asked', event) };
}
