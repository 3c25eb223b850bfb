import { defineMachine, type Id } from '@hehuo/kernel';
import type { Part } from './milestone.js';

export type RefundRunState = 'planning' | 'executing' | 'done';
export type RefundRunEvent = 'plan' | 'finish';

/** First every payer's share is written, in one transaction; then the shares are asked back, a chunk a transaction. */
export const REFUND_RUN_MACHINE = defineMachine<RefundRunState, RefundRunEvent>('refund run', 'planning', {
  planning: { plan: 'executing' },
  executing: { finish: 'done' },
  done: {},
});

/** A sum that goes back to everybody who paid, in proportion. */
export interface RefundRun {
  readonly id: Id<'rfr'>;
  readonly campaignId: Id<'cmp'>;
  readonly communityId: Id<'com'>;
  readonly part: Part;
  /** Counts the runs of one part, from 1. */
  readonly round: number;
  /** Fen. */
  readonly amount: bigint;
  /** Fen that are asked back so far. */
  readonly requested: bigint;
  readonly shares: number;
  readonly cursor: string;
  readonly state: RefundRunState;
  readonly version: number;
}

export interface RefundShare {
  readonly pledgeId: Id<'plg'>;
  readonly chargeId: Id<'chg'>;
  readonly weight: bigint;
  readonly amount: bigint;
}

/** What a share answers: the same pledge, part and round are one refund, whoever asks and how often. */
export function shareFact(pledgeId: Id<'plg'>, { part, round }: Pick<RefundRun, 'part' | 'round'>): string {
  return `pledge:${pledgeId}:${part}${round > 1 ? `:${round}` : ''}`;
}
