import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { CHALLENGE_MACHINE, checkText } from '../domain/challenge.js';
import { BookError } from '../domain/errors.js';
import { reasonCharactersMax } from '../domain/limits.js';
import { requireStaff } from './officers.js';
import { Threads } from './threads.js';

/** A thread ends when its challenger is content, or when staff close it after an answer, with a reason. */
@Injectable()
export class EndChallenge {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly threads: Threads,
  ) {}

  /** Throws `challenge_not_found`, `challenge_forbidden` or `state_conflict`. */
  async settle({ actor, challengeId }: { actor: Actor; challengeId: Id<'chl'> }): Promise<void> {
    await this.uow.run(async (tx) => {
      const challenge = await this.threads.lock(tx, challengeId);
      if (challenge.personId !== actor.personId)
        throw new BookError('challenge_forbidden', 'only whoever asked says that it is settled');
      if (challenge.state === 'settled') return;
      await this.threads.move(tx, challenge, {
        to: CHALLENGE_MACHINE.next(challenge.state, 'settle'),
        event: 'settle',
      });
    });
  }

  /** Throws `challenge_not_found`, `challenge_forbidden` or `state_conflict` where nobody answered yet. */
  async close(input: { actor: Actor; challengeId: Id<'chl'>; reason: string }): Promise<void> {
    const reason = checkText(input.reason, reasonCharactersMax);
    await this.uow.run(async (tx) => {
      const challenge = await this.threads.lock(tx, input.challengeId);
      requireStaff(input.actor, challenge.communityId);
      if (challenge.personId === input.actor.personId)
        throw new BookError('challenge_forbidden', 'somebody else closes your question; you can settle it');
      const to = CHALLENGE_MACHINE.next(challenge.state, 'close');
      await this.threads.move(tx, challenge, { to, event: 'close', reason });
    });
  }
}
