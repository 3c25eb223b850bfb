import { Injectable } from '@nestjs/common';
import type { Actor } from '../domain/actor.js';
import { tokenHash } from '../proof/session-token.js';
import { SessionStore } from '../store/session.store.js';
import { SessionCache } from './session-cache.js';

/** Who a token speaks for. The answer may be 5 seconds old; revocation itself is in MySQL. */
@Injectable()
export class ResolveSession {
  private readonly asking = new Map<string, Promise<Actor | null>>();

  constructor(
    private readonly sessions: SessionStore,
    private readonly cache: SessionCache,
  ) {}

  /** Null for a token that is unknown, revoked or over. */
  async execute(token: string): Promise<Actor | null> {
    const hash = tokenHash(token);
    if (hash === null) return null;
    const cached = this.cache.get(hash);
    if (cached) return cached;
    // Many requests of one page ask at once; one of them goes to the database.
    const running = this.asking.get(hash);
    if (running) return running;
    const asked = this.ask(hash).finally(() => this.asking.delete(hash));
    this.asking.set(hash, asked);
    return asked;
  }

  private async ask(hash: string): Promise<Actor | null> {
    const session = await this.sessions.resolve(hash);
    if (!session) return null;
    if (session.unseen) await this.sessions.seen(session.id, session.kind);
    const actor: Actor = {
      personId: session.personId,
      sessionId: session.id,
      roles: session.grants,
      partnerIds: session.partnerIds,
      secondFactorAt: session.secondFactorAt,
    };
    this.cache.put(hash, actor, session.leftMs);
    return actor;
  }
}
