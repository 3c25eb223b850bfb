import { defineMachine, type Id, type Machine } from '@hehuo/kernel';
import type { Kind } from './kind.js';
import { MatchError } from './match-errors.js';

/** Who commits match funds: public money of a street, a foundation, or a firm. */
export const DONOR_KINDS = ['street', 'foundation', 'firm'] as const;
export type DonorKind = (typeof DONOR_KINDS)[number];

/** A pool is of one unit; which kinds of help it can match follows from it. */
export const MATCHED_KINDS = {
  fen: ['money'],
  minutes: ['labour', 'skilled_work'],
  pieces: ['goods'],
} as const satisfies Record<string, readonly Kind[]>;
export type MatchUnit = keyof typeof MATCHED_KINDS;
export const MATCH_UNITS = Object.keys(MATCHED_KINDS) as MatchUnit[];

/** A factor counts in hundredths of a percent: 10,000 gives one fen for one fen. */
export const factorWhole = 10_000n;
/** Ten for one. Known street programmes give three to five (domain.md §2.1). */
export const factorBpsMax = 100_000;
export const donorNameCharactersMax = 120;
export const poolCommunitiesMax = 50;
export const exclusionsMax = 50;
/** Each bound pool is a row that every batch of pledges locks. */
export const poolsPerCampaignMax = 5;

export type MatchPoolState = 'proposed' | 'active' | 'closed';
export type MatchPoolEvent = 'activate' | 'close';

/** A closed pool reserves nothing new and keeps what it reserved before. */
export const MATCH_POOL_MACHINE: Machine<MatchPoolState, MatchPoolEvent> = defineMachine<
  MatchPoolState,
  MatchPoolEvent
>('match pool', 'proposed', {
  proposed: { activate: 'active', close: 'closed' },
  active: { close: 'closed' },
  closed: {},
});

/** What a donor commits itself to. All quantities are in `unit`. */
export interface MatchTerms {
  readonly kinds: readonly Kind[];
  readonly factorBps: number;
  readonly total: bigint;
  readonly capPerCampaign: bigint;
  /** For one person in one campaign. */
  readonly capPerPerson: bigint;
  /** The match is owed only if the residents' own part reaches this; zero is no condition. */
  readonly conditionMinimum: bigint;
  readonly startsAt: Date;
  /** The first instant that is not matched any more. */
  readonly endsAt: Date;
}

export interface MatchPool extends MatchTerms {
  readonly id: Id<'mpl'>;
  /** The legal body's full name. */
  readonly donorName: string;
  readonly donorKind: DonorKind;
  readonly unit: MatchUnit;
  readonly state: MatchPoolState;
  readonly version: number;
  /** Set aside for pledges that stand, what was confirmed included. */
  readonly reserved: bigint;
  /** Once set aside and let go again, added up. */
  readonly released: bigint;
  /** Confirmed and received from the donor. */
  readonly spent: bigint;
  readonly proposedBy: Id<'per'>;
  readonly activatedBy: Id<'per'> | null;
  readonly activatedAt: Date | null;
  readonly createdAt: Date;
}

/** Nothing is matched for these people and their households: a donor and a supplier would pay themselves. */
export interface ExcludedParties {
  readonly households: readonly Id<'hhd'>[];
  readonly persons: readonly Id<'per'>[];
  readonly partners: readonly Id<'ptn'>[];
}

export interface MatchPoolDraft extends MatchTerms {
  readonly donorName: string;
  readonly donorKind: DonorKind;
  readonly unit: MatchUnit;
  readonly communityIds: readonly Id<'com'>[];
  readonly donors: ExcludedParties;
}

/** Throws `match_pool_invalid` with everything that is wrong at once. */
export function checkPoolDraft(draft: MatchPoolDraft): void {
  const kinds: readonly Kind[] = MATCHED_KINDS[draft.unit];
  const parties = Object.values(draft.donors).reduce((sum, ids) => sum + ids.length, 0);
  const rules: readonly (readonly [boolean, string, string])[] = [
    [
      draft.kinds.length > 0 && draft.kinds.every((kind) => kinds.includes(kind)),
      '/kinds',
      'kinds of its unit',
    ],
    [new Set(draft.kinds).size === draft.kinds.length, '/kinds', 'each kind once'],
    [
      Number.isInteger(draft.factorBps) && draft.factorBps > 0 && draft.factorBps <= factorBpsMax,
      '/factorBps',
      `1 to ${factorBpsMax} hundredths of a percent`,
    ],
    [draft.capPerPerson > 0n, '/capPerPerson', 'more than zero'],
    [draft.capPerPerson <= draft.capPerCampaign, '/capPerPerson', 'at most the cap of a campaign'],
    [draft.capPerCampaign <= draft.total, '/capPerCampaign', 'at most the whole pool'],
    [draft.conditionMinimum >= 0n, '/conditionMinimum', 'zero or more'],
    [draft.endsAt > draft.startsAt, '/endsAt', 'later than the beginning'],
    [
      draft.communityIds.length > 0 && draft.communityIds.length <= poolCommunitiesMax,
      '/communityIds',
      `1 to ${poolCommunitiesMax} communities`,
    ],
    [parties <= exclusionsMax, '/donors', `at most ${exclusionsMax} people, households and partners`],
  ];
  const errors = rules
    .filter(([holds]) => !holds)
    .map(([, pointer, message]) => ({ pointer, code: 'range', message }));
  if (errors.length === 0) return;
  throw new MatchError('match_pool_invalid', 'the terms of this pool do not fit together', { errors });
}
