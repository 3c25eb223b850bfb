import { defineMachine, type Id } from '@hehuo/kernel';
import { SettlementError } from './errors.js';
import {
  isEnded,
  isMilestone,
  MILESTONE_MACHINE,
  restOf,
  type MilestoneBudget,
  type Part,
} from './milestone.js';

/**
 * `finish`: the milestone is delivered, what it did not need is left over. `cancel`: it is cancelled or was abandoned.
 * `surplus`: what becomes of everything left over.
 */
export const DECISION_KINDS = ['finish', 'cancel', 'surplus'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

export type DecisionState = 'proposed' | 'confirmed' | 'refused';
export type DecisionEvent = 'confirm' | 'refuse';

export const DECISION_MACHINE = defineMachine<DecisionState, DecisionEvent>(
  'milestone decision',
  'proposed',
  {
    proposed: { confirm: 'confirmed', refuse: 'refused' },
    confirmed: {},
    refused: {},
  },
);

export interface MilestoneDecision {
  readonly id: Id<'mdc'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly part: Part;
  readonly kind: DecisionKind;
  /** Why; for a surplus that is paid out, what was decided, by whom and when. Everybody reads it. */
  readonly reason: string;
  /** Where the minutes, the notice or the vote are kept. */
  readonly evidence: string | null;
  readonly payeeId: Id<'pye'> | null;
  /** Fen that it moved, once it is confirmed. */
  readonly amount: bigint | null;
  readonly state: DecisionState;
  readonly version: number;
  readonly proposedBy: Id<'per'>;
  readonly decidedBy: Id<'per'> | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
}

/** What the campaign's policy, fixed before launch, does with a surplus. */
export type SurplusRoute = 'refund' | 'payout' | 'none';

const SURPLUS_ROUTES: Readonly<Record<string, SurplusRoute>> = {
  refund_pro_rata: 'refund',
  price_falls: 'refund',
  community_fund: 'payout',
  similar_purpose: 'payout',
  owners_decide: 'payout',
};

export function surplusRoute(policy: string): SurplusRoute {
  return SURPLUS_ROUTES[policy] ?? 'none';
}

type Wish = Pick<MilestoneDecision, 'kind' | 'part' | 'evidence' | 'payeeId'>;

/** Throws `milestone_decision_invalid` for a wish that cannot be right whatever the books say. */
export function assertPlain({ kind, part, evidence, payeeId }: Wish, policy: string): void {
  const refuse = (why: string): never => {
    throw new SettlementError('milestone_decision_invalid', why);
  };
  if (part === 'matched' || part === 'returned_match') {
    refuse('matched money ends with its last payout; what is not needed is paid out to its donor');
  }
  if ((kind === 'surplus') !== (part === 'surplus'))
    refuse('a surplus is decided about, a milestone is ended');
  if (kind !== 'surplus' && payeeId !== null) refuse('only a surplus names a payee');
  if (kind !== 'surplus') return;
  const route = surplusRoute(policy);
  if (route === 'none') refuse('this campaign has no rule for a surplus');
  if (route === 'refund' && payeeId !== null)
    refuse('this campaign gives its surplus back to those who paid');
  if (route === 'payout' && (payeeId === null || evidence === null))
    refuse('name the payee of the surplus and where the decision about it is recorded');
}

/** Throws unless the milestone can be ended so, or everything else is ended and something is left over. */
export function assertPossible(
  { kind, part }: Pick<Wish, 'kind' | 'part'>,
  all: readonly MilestoneBudget[],
): void {
  const milestone = all.find((one) => one.part === part);
  if (kind !== 'surplus') {
    if (!milestone) throw new SettlementError('milestone_not_found', 'the campaign has no such milestone');
    MILESTONE_MACHINE.next(milestone.state, kind);
    return;
  }
  if (all.length === 0) throw new SettlementError('milestone_not_found', 'the campaign is not settled yet');
  if (!all.filter(({ part: each }) => isMilestone(each)).every(isEnded)) {
    throw new SettlementError(
      'surplus_not_yet',
      'end every milestone first: it is paid out, finished or cancelled',
    );
  }
  if (all.every((one) => (!isMilestone(one.part) && one.part !== 'surplus') || restOf(one) === 0n)) {
    throw new SettlementError('surplus_not_yet', 'nothing is left over');
  }
}
