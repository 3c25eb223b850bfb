import { Injectable } from '@nestjs/common';
import { Attempts, type Actor } from '@hehuo/identity';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { CHALLENGE_MACHINE, checkText, type Challenge, type Speaker } from '../domain/challenge.js';
import { BookError } from '../domain/errors.js';
import { reopenDays, REPLIES_A_DAY } from '../domain/limits.js';
import { openAlready, tooMany } from './challenge-line.js';
import { AnswerFiles } from './answer-files.js';
import { Officers } from './officers.js';
import { Threads } from './threads.js';

export interface SpeakInput {
  readonly actor: Actor;
  readonly challengeId: Id<'chl'>;
  /** 1 to 2000 characters. */
  readonly text: string;
}

export interface AnswerInput extends SpeakInput {
  /** Uploads of the actor that show it, at most 3. */
  readonly fileIds?: readonly Id<'fil'>[];
}

/** The conversation of a thread: the custodian answers, members ask again. */
@Injectable()
export class Speak {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly officers: Officers,
    private readonly attempts: Attempts,
    private readonly threads: Threads,
    private readonly files: AnswerFiles,
  ) {}

  /**
   * The custodian's answer. Throws `challenge_not_found`, `challenge_forbidden`, `challenge_full` or `state_conflict`, and
   * what {@link AnswerFiles} throws.
   */
  async answer(input: AnswerInput): Promise<void> {
    const text = checkText(input.text);
    await this.uow.run(async (tx) => {
      const challenge = await this.threads.lock(tx, input.challengeId);
      await this.officers.requireCustodian(input.actor, challenge);
      const messageId = await this.add(tx, challenge, 'custodian', { ...input, text }, 'answer');
      const answer = { messageId, communityId: challenge.communityId, by: input.actor.personId };
      await this.files.attach(tx, input.fileIds ?? [], answer);
    });
  }

  /**
   * The challenger or another member asks again: the thread is open, also one that ended not long ago. Throws
   * `book_members_only`, `challenge_over`, `challenge_limit`, `challenge_full` or `challenge_open_already`.
   */
  async reply(input: SpeakInput): Promise<void> {
    const text = checkText(input.text);
    try {
      const waitSeconds = await this.uow.run((tx) => this.ask(tx, { ...input, text }));
      if (waitSeconds !== null) throw tooMany(REPLIES_A_DAY.max, waitSeconds);
    } catch (error) {
      if (!isDuplicateKey(error, 'book_challenge_one_live')) throw error;
      throw openAlready();
    }
  }

  /** The seconds until the next may be written when there were too many; the try counts all the same. */
  private async ask(tx: Tx, input: SpeakInput): Promise<number | null> {
    const { actor } = input;
    const challenge = await this.threads.lock(tx, input.challengeId);
    await this.officers.requireMember(tx, challenge.communityId, actor);
    if (challenge.over)
      throw new BookError('challenge_over', `this ended more than ${reopenDays} days ago; ask anew`);
    const { allowed, retryAfterSeconds } = await this.attempts.take(tx, REPLIES_A_DAY, actor.personId);
    if (!allowed) return retryAfterSeconds;
    const speaker = challenge.personId === actor.personId ? 'challenger' : 'member';
    await this.add(tx, challenge, speaker, input, 'reply');
    return null;
  }

  private async add(
    tx: Tx,
    challenge: Challenge,
    speaker: Speaker,
    { actor, text }: SpeakInput,
    event: 'answer' | 'reply',
  ): Promise<Id<'msg'>> {
    const to = CHALLENGE_MACHINE.next(challenge.state, event);
    const { id: challengeId } = challenge;
    const messageId = await this.threads.say(tx, { challengeId, personId: actor.personId, speaker, text });
    await this.threads.move(tx, challenge, { to, event });
    return messageId;
  }
}
