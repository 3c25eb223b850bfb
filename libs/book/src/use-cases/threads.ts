import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import type { Challenge, ChallengeState, Message } from '../domain/challenge.js';
import { BookError } from '../domain/errors.js';
import { ChallengeStore } from '../store/challenge.store.js';
import { MessageStore } from '../store/message.store.js';
import { Trail } from './trail.js';

/** One thread with its messages, locked and moved as one. */
@Injectable()
export class Threads {
  constructor(
    readonly challenges: ChallengeStore,
    readonly messages: MessageStore,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  newId<P extends string>(prefix: P): Id<P> {
    return newId(prefix, this.clock.now().getTime());
  }

  /** Throws `challenge_not_found`. */
  async lock(tx: Tx, challengeId: Id<'chl'>): Promise<Challenge> {
    const challenge = await this.challenges.lock(tx, challengeId);
    if (challenge) return challenge;
    throw new BookError('challenge_not_found', 'there is no such challenge');
  }

  /** The id of the message. Throws `challenge_full`. */
  async say(
    tx: Tx,
    message: Pick<Message, 'challengeId' | 'personId' | 'speaker' | 'text'>,
  ): Promise<Id<'msg'>> {
    if (await this.messages.isFull(tx, message.challengeId))
      throw new BookError('challenge_full', 'this thread is full; meet and talk');
    const id = this.newId('msg');
    await this.messages.insert(tx, { ...message, id });
    return id;
  }

  /** Moves it and leaves the trail; throws `book_changed_meanwhile`, which the row's lock makes impossible. */
  async move(
    tx: Tx,
    challenge: Challenge,
    step: { readonly to: ChallengeState; readonly event: string; readonly reason?: string },
  ): Promise<void> {
    const { to, event, reason } = step;
    if (!(await this.challenges.move(tx, challenge, to)))
      throw new BookError('book_changed_meanwhile', 'others changed this at the same time; try again');
    const change = { objectType: 'book_challenge', objectId: challenge.id, from: challenge.state, to, event };
    const topic = TOPIC_OF[to];
    await this.trail.leave(tx, reason === undefined ? change : { ...change, reason }, topic);
  }

  async begin(tx: Tx, challengeId: Id<'chl'>): Promise<void> {
    const change = {
      objectType: 'book_challenge',
      objectId: challengeId,
      from: null,
      to: 'open',
      event: 'open',
    };
    await this.trail.leave(tx, change, 'book.challenged');
  }
}

const TOPIC_OF = {
  open: 'book.challenged',
  answered: 'book.answered',
  settled: 'book.challenge-ended',
  closed: 'book.challenge-ended',
} as const satisfies Record<ChallengeState, string>;
