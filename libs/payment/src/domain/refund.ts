import { defineMachine, type Id } from '@hehuo/kernel';
import type { GatewayName, RefundSource } from './charge.js';
import type { RefundFinding } from './findings.js';

export type RefundState =
  'due' | 'sent' | 'processing' | 'unknown' | 'waiting_funds' | 'done' | 'needs_human';
export type RefundEvent = 'send' | 'accept' | 'lose' | 'lack' | 'finish' | 'give_up' | 'redrive';

/**
 * `finish` leads out of every state, a human's queue included: a gateway that says done outranks what we believed.
 */
export const REFUND_MACHINE = defineMachine<RefundState, RefundEvent>('refund', 'due', {
  due: { send: 'sent', accept: 'processing', finish: 'done', give_up: 'needs_human' },
  sent: {
    send: 'sent',
    accept: 'processing',
    lose: 'unknown',
    lack: 'waiting_funds',
    finish: 'done',
    give_up: 'needs_human',
  },
  processing: { finish: 'done', give_up: 'needs_human' },
  unknown: {
    send: 'sent',
    accept: 'processing',
    lack: 'waiting_funds',
    finish: 'done',
    give_up: 'needs_human',
  },
  waiting_funds: { send: 'sent', finish: 'done', give_up: 'needs_human' },
  needs_human: { redrive: 'due', finish: 'done' },
  done: {},
});

/**
 * Why a refund waits for a human. All but the first three prove that the gateway will not carry out this number any
 * more, so paying back by hand cannot pay twice.
 */
export const STUCK = [
  'unknown_too_long',
  'amount_mismatch',
  'refused_after_doubt',
  'gateway_failed',
  'refused',
  'funds_too_long',
  'too_old',
  'offline',
] as const;
export type Stuck = (typeof STUCK)[number];

export interface Refund {
  readonly id: Id<'rfd'>;
  readonly chargeId: Id<'chg'>;
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly custodyAccountId: Id<'cus'>;
  readonly gateway: GatewayName;
  readonly merchantRef: string;
  readonly orderNumber: string;
  /** Fen that the order brought. */
  readonly orderAmount: bigint;
  readonly number: string;
  /** Counts the numbers used. A new one is used only after the gateway declared the former one failed for good. */
  readonly attempt: number;
  /** The business fact that it answers, such as `charge:chg_…:excess`. One fact, one refund. */
  readonly fact: string;
  readonly reason: string;
  readonly amount: bigint;
  readonly source: RefundSource;
  /** When the money came in; gateways refund for a limited time only. */
  readonly paidAt: Date;
  readonly state: RefundState;
  readonly version: number;
  readonly stuck: Stuck | null;
  readonly stuckDetail: string | null;
  /** Since when the merchant account lacks the money. Set means that somebody must top it up. */
  readonly waitingSince: Date | null;
  /** When the current number was first sent; null means that the gateway cannot know it. */
  readonly sentAt: Date | null;
  /** A sending of the current number was lost: it may still arrive, so a later refusal proves nothing. */
  readonly doubtful: boolean;
  readonly fence: number;
  readonly tries: number;
  readonly doneAt: Date | null;
  readonly transactionNo: string | null;
  readonly voucher: string | null;
  readonly evidence: string | null;
  readonly enteredBy: Id<'per'> | null;
  readonly confirmedBy: Id<'per'> | null;
  readonly createdAt: Date;
}

/** `R` and the 26 characters of the id; later attempts, after a final failure, carry their count. */
export function refundNumber(refundId: Id<'rfd'>, attempt: number): string {
  return `R${refundId.slice(4)}${attempt > 1 ? `-${attempt}` : ''}`;
}

/** After this many seconds without certainty a human must look. */
export const unknownSecondsMax = 3 * 86_400;
/** Money that the merchant account lacks is waited for this long. */
export const waitingSecondsMax = 14 * 86_400;

export interface RefundAges {
  readonly secondsSinceSent: number;
  readonly secondsWaiting: number;
}

/** What follows from a finding. `nothing` still plans the next try. Total over every state and finding. */
export type RefundDecision =
  | { readonly event: Exclude<RefundEvent, 'give_up'> | null }
  | { readonly event: 'give_up'; readonly stuck: Stuck; readonly detail: string };

const NOTHING: RefundDecision = { event: null };

export function learnRefund(
  refund: Pick<Refund, 'state' | 'amount' | 'doubtful'>,
  finding: RefundFinding,
  ages: RefundAges,
): RefundDecision {
  const decision = decide(refund, finding, ages);
  return decision.event !== null && REFUND_MACHINE.can(refund.state, decision.event) ? decision : NOTHING;
}

function decide(
  refund: Pick<Refund, 'amount' | 'doubtful'>,
  finding: RefundFinding,
  ages: RefundAges,
): RefundDecision {
  switch (finding.kind) {
    case 'done':
      return finding.amount === refund.amount
        ? { event: 'finish' }
        : { event: 'give_up', stuck: 'amount_mismatch', detail: 'done_with_other_sum' };
    case 'processing':
      return tooLong(ages) ?? { event: 'accept' };
    case 'failed':
      return { event: 'give_up', stuck: 'gateway_failed', detail: 'failed' };
    case 'refused':
      return {
        event: 'give_up',
        stuck: refund.doubtful ? 'refused_after_doubt' : 'refused',
        detail: finding.code,
      };
    case 'not_enough':
      return ages.secondsWaiting > waitingSecondsMax
        ? {
            event: 'give_up',
            stuck: refund.doubtful ? 'unknown_too_long' : 'funds_too_long',
            detail: 'not_enough',
          }
        : { event: 'lack' };
    case 'unknown':
      return tooLong(ages) ?? { event: 'lose' };
    case 'absent':
      // Not there is no failure: the same number is sent again, which a gateway carries out once.
      return tooLong(ages) ?? NOTHING;
  }
}

function tooLong(ages: RefundAges): RefundDecision | null {
  return ages.secondsSinceSent > unknownSecondsMax
    ? { event: 'give_up', stuck: 'unknown_too_long', detail: 'no_answer' }
    : null;
}

const MAY_STILL_HAPPEN: readonly (Stuck | null)[] = [
  'unknown_too_long',
  'amount_mismatch',
  'refused_after_doubt',
];

/** Whether the gateway surely carries out nothing more under the refund's number, so that a human may pay by hand. */
export function mayPayByHand(refund: Pick<Refund, 'state' | 'stuck'>): boolean {
  return refund.state === 'needs_human' && !MAY_STILL_HAPPEN.includes(refund.stuck);
}
