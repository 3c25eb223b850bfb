import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import type { Actor } from '../domain/actor.js';
import { IdentityError } from '../domain/errors.js';
import { SessionStore, type SessionView } from '../store/session.store.js';
import { SessionCache } from './session-cache.js';

/** The live sessions of the person, newest first. */
@Injectable()
export class ListSessions {
  constructor(private readonly sessions: SessionStore) {}

  async execute(input: { actor: Actor }): Promise<(SessionView & { readonly current: boolean })[]> {
    const list = await this.sessions.listOf(input.actor.personId);
    return list.map((session) => ({ ...session, current: session.id === input.actor.sessionId }));
  }
}

/** Ends one session of the person, or all of them but the one at hand. Other processes follow within 5 seconds. */
@Injectable()
export class RevokeSessions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionStore,
    private readonly cache: SessionCache,
  ) {}

  /** Says how many ended. Throws `session_not_found` for one that is not the person's, or is over. */
  async execute(input: { actor: Actor; which: Id<'ses'> | 'others' | 'all' }): Promise<number> {
    const { actor, which } = input;
    const ended = await this.uow.run(async (tx) => {
      if (which === 'others') return this.sessions.revokeAll(tx, actor.personId, actor.sessionId);
      if (which === 'all') return this.sessions.revokeAll(tx, actor.personId);
      return (await this.sessions.revoke(tx, actor.personId, which)) ? 1 : 0;
    });
    if (ended === 0 && which !== 'others' && which !== 'all') {
      throw new IdentityError('session_not_found', 'no such session is open');
    }
    this.cache.dropPerson(actor.personId);
    return ended;
  }
}
