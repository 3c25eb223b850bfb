import { defineMachine, type Id } from '@hehuo/kernel';
import { BookError } from './errors.js';
import { messageCharactersMax } from './limits.js';

export type ChallengeState = 'open' | 'answered' | 'settled' | 'closed';
export type ChallengeEvent = 'answer' | 'reply' | 'settle' | 'close';

/**
 * Somebody doubts a line; the custodian must answer. A reply asks again, also after the end: for some weeks then, which
 * the use case judges. Staff close only what was answered, so nobody closes a question to be rid of it.
 */
export const CHALLENGE_MACHINE = defineMachine<ChallengeState, ChallengeEvent>('challenge', 'open', {
  open: { answer: 'answered', reply: 'open', settle: 'settled' },
  answered: { answer: 'answered', reply: 'open', settle: 'settled', close: 'closed' },
  settled: { reply: 'open' },
  closed: { reply: 'open' },
});

/** States in which the thread is alive: one of them a person and line. */
export const LIVE_STATES: readonly ChallengeState[] = ['open', 'answered'];

export interface Challenge {
  readonly id: Id<'chl'>;
  readonly lineId: Id<'bln'>;
  readonly communityId: Id<'com'>;
  readonly campaignId: Id<'cmp'> | null;
  readonly custodyAccountId: Id<'cus'> | null;
  readonly personId: Id<'per'>;
  readonly state: ChallengeState;
  readonly version: number;
  /** Until when the custodian answers; only while it is open. */
  readonly dueAt: Date | null;
  readonly endedAt: Date | null;
  readonly createdAt: Date;
  /** By the database's clock: open past its time. */
  readonly overdue: boolean;
  /** By the database's clock: ended so long ago that no reply takes it up again. */
  readonly over: boolean;
}

/** In whose name a message was written. */
export type Speaker = 'challenger' | 'member' | 'custodian';

export interface Message {
  readonly id: Id<'msg'>;
  readonly challengeId: Id<'chl'>;
  readonly personId: Id<'per'>;
  readonly speaker: Speaker;
  readonly text: string;
  readonly hiddenAt: Date | null;
  readonly hiddenReason: string | null;
  readonly createdAt: Date;
}

/** A text without blanks around it. Throws `book_text_invalid`. */
export function checkText(text: string, max = messageCharactersMax, min = 1): string {
  const plain = text.trim();
  const length = [...plain].length;
  if (length >= min && length <= max) return plain;
  throw new BookError('book_text_invalid', `write ${min} to ${max} characters`);
}
