import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { checkText } from '../domain/challenge.js';
import { BookError } from '../domain/errors.js';
import { reasonCharactersMax } from '../domain/limits.js';
import { requireStaff } from './officers.js';
import { Threads } from './threads.js';
import { Trail } from './trail.js';

export interface HideMessageInput {
  readonly actor: Actor;
  readonly challengeId: Id<'chl'>;
  readonly messageId: Id<'msg'>;
  /** Shown in the place of the text. */
  readonly reason: string;
}

/** Staff take an abusive or unlawful text out of sight. It is kept, and everybody sees that something stood there and why not. */
@Injectable()
export class HideMessage {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly threads: Threads,
    private readonly trail: Trail,
  ) {}

  /** Throws `challenge_not_found`, `message_not_found`, `challenge_forbidden` or `message_hidden`. */
  async execute(input: HideMessageInput): Promise<void> {
    const reason = checkText(input.reason, reasonCharactersMax);
    await this.uow.run(async (tx) => {
      const challenge = await this.threads.lock(tx, input.challengeId);
      requireStaff(input.actor, challenge.communityId);
      const message = await this.threads.messages.find(tx, challenge.id, input.messageId);
      if (!message) throw new BookError('message_not_found', 'this thread has no such message');
      if (!(await this.threads.messages.hide(tx, message.id, input.actor.personId, reason)))
        throw new BookError('message_hidden', 'this text is hidden already');
      const change = { objectType: 'book_message', objectId: message.id, from: 'shown', to: 'hidden' };
      await this.trail.leave(tx, { ...change, event: 'hide', reason }, null);
    });
  }
}
