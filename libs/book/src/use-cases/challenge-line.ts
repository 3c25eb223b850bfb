import { Injectable } from '@nestjs/common';
import { Attempts, type Actor } from '@hehuo/identity';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey, sqlOf } from '@hehuo/platform';
import { checkText } from '../domain/challenge.js';
import { BookError } from '../domain/errors.js';
import { CHALLENGES_A_DAY, messageCharactersMax, questionCharactersMin } from '../domain/limits.js';
import { LineStore } from '../store/line.store.js';
import { Officers } from './officers.js';
import { Threads } from './threads.js';

export interface ChallengeLineInput {
  readonly actor: Actor;
  readonly lineId: Id<'bln'>;
  /** What is doubted and why, 1 to 2000 characters. */
  readonly text: string;
}

/** A member doubts a line of the book: the custodian has seven days to answer, where everybody can read it. */
@Injectable()
export class ChallengeLine {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lines: LineStore,
    private readonly officers: Officers,
    private readonly attempts: Attempts,
    private readonly threads: Threads,
  ) {}

  /** Throws `book_line_not_found`, `book_members_only`, `challenge_limit` or `challenge_open_already`. */
  async execute(input: ChallengeLineInput): Promise<Id<'chl'>> {
    const text = checkText(input.text, messageCharactersMax, questionCharactersMin);
    try {
      const opened = await this.uow.run((tx) => this.open(tx, { ...input, text }));
      if (typeof opened === 'string') return opened;
      throw tooMany(CHALLENGES_A_DAY.max, opened);
    } catch (error) {
      if (!isDuplicateKey(error, 'book_challenge_one_live')) throw error;
      throw openAlready();
    }
  }

  /** The seconds until the next may be asked when there were too many; the try counts all the same. */
  private async open(tx: Tx, { actor, lineId, text }: ChallengeLineInput): Promise<Id<'chl'> | number> {
    const line = await this.lines.find(lineId, sqlOf(tx));
    if (!line) throw new BookError('book_line_not_found', 'the book has no such line');
    const { personId } = actor;
    await this.officers.requireMember(tx, line.community.owner, actor);
    const { allowed, retryAfterSeconds } = await this.attempts.take(tx, CHALLENGES_A_DAY, personId);
    if (!allowed) return retryAfterSeconds;
    const id = this.threads.newId('chl');
    await this.threads.challenges.insert(tx, {
      ...{ id, lineId, personId, communityId: line.community.owner },
      campaignId: line.campaign?.owner ?? null,
      custodyAccountId: line.custody?.owner ?? null,
    });
    await this.threads.say(tx, { challengeId: id, personId, speaker: 'challenger', text });
    await this.threads.begin(tx, id);
    return id;
  }
}

export function openAlready(): BookError {
  return new BookError('challenge_open_already', 'your first question on this line is still open');
}

export function tooMany(max: number, retryAfterSeconds: number): BookError {
  return new BookError('challenge_limit', `at most ${max} a day`, { retryAfterSeconds });
}
