import { defineMachine, type Id, type Machine } from '@hehuo/kernel';

export type ObjectionState = 'open' | 'answered' | 'withdrawn';

/** An objection holds the opening back until it is answered or its writer takes it back. */
export const OBJECTION_MACHINE: Machine<ObjectionState, 'answer' | 'withdraw'> = defineMachine<
  ObjectionState,
  'answer' | 'withdraw'
>('objection', 'open', { open: { answer: 'answered', withdraw: 'withdrawn' }, answered: {}, withdrawn: {} });

export interface Objection {
  readonly id: Id<'obj'>;
  readonly campaignId: Id<'cmp'>;
  readonly round: number;
  readonly personId: Id<'per'>;
  readonly text: string;
  readonly state: ObjectionState;
  readonly answer: string | null;
  readonly answeredBy: Id<'per'> | null;
  readonly answeredAt: Date | null;
  readonly createdAt: Date;
}

export interface NoticeFacts {
  readonly now: Date;
  readonly noticeEndsAt: Date;
  readonly openObjections: number;
}

/** Why a campaign under notice does not open yet; null when it may. The notice is over at its very instant. */
export function openingHindrance(facts: NoticeFacts): 'notice_running' | 'objections_open' | null {
  if (facts.now < facts.noticeEndsAt) return 'notice_running';
  return facts.openObjections > 0 ? 'objections_open' : null;
}
