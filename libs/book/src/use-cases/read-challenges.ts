import { Injectable } from '@nestjs/common';
import { ReadPeople } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import type { Challenge, ChallengeState, Message } from '../domain/challenge.js';
import { BookError } from '../domain/errors.js';
import { ChallengeStore } from '../store/challenge.store.js';
import { MessageStore } from '../store/message.store.js';
import { AnswerFiles } from './answer-files.js';

export interface NamedChallenge extends Challenge {
  /** `王**`, or the name of who agreed to it. */
  readonly by: string;
}

export interface NamedMessage extends Omit<Message, 'text'> {
  readonly by: string;
  /** Null for a text that staff hid. */
  readonly text: string | null;
  /** What the custodian shows with it; nothing where it was hidden. */
  readonly fileIds: readonly Id<'fil'>[];
}

export interface Thread {
  readonly challenge: NamedChallenge;
  readonly messages: readonly NamedMessage[];
}

/** Threads are public, names in them masked. */
@Injectable()
export class ReadChallenges {
  constructor(
    private readonly challenges: ChallengeStore,
    private readonly messages: MessageStore,
    private readonly people: ReadPeople,
    private readonly files: AnswerFiles,
  ) {}

  async ofLine(lineId: Id<'bln'>, before: string | null, limit: number): Promise<NamedChallenge[]> {
    return this.named(await this.challenges.ofLine(lineId, before, limit));
  }

  async ofCommunity(
    communityId: Id<'com'>,
    state: ChallengeState | null,
    before: string | null,
    limit: number,
  ): Promise<NamedChallenge[]> {
    return this.named(await this.challenges.ofCommunity(communityId, state, before, limit));
  }

  /** Throws `challenge_not_found`. */
  async thread(challengeId: Id<'chl'>): Promise<Thread> {
    const challenge = await this.challenges.find(challengeId);
    if (!challenge) throw new BookError('challenge_not_found', 'there is no such challenge');
    const messages = await this.messages.ofChallenge(challengeId);
    const [names, files] = await Promise.all([
      this.people.publicNames([challenge.personId, ...messages.map(({ personId }) => personId)]),
      this.files.of(messages.map(({ id }) => id)),
    ]);
    return {
      challenge: { ...challenge, by: names.get(challenge.personId) ?? '' },
      messages: messages.map((message) => {
        const isShown = message.hiddenAt === null;
        return {
          ...message,
          by: names.get(message.personId) ?? '',
          text: isShown ? message.text : null,
          fileIds: isShown ? (files.get(message.id) ?? []).map(({ id }) => id) : [],
        };
      }),
    };
  }

  /** How many wait longer than they should. */
  countOverdue(): Promise<number> {
    return this.challenges.countOverdue();
  }

  private async named(challenges: readonly Challenge[]): Promise<NamedChallenge[]> {
    const names = await this.people.publicNames(challenges.map(({ personId }) => personId));
    return challenges.map((challenge) => ({ ...challenge, by: names.get(challenge.personId) ?? '' }));
  }
}
