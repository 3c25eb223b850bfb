import { Injectable } from '@nestjs/common';
import type { Actor } from '../domain/actor.js';
import { tokenHash } from '../proof/session-token.js';
import { SessionStore, type LiveSession } from '../store/session.store.js';
import { SessionCache } from './session-cache.js';

const tokensPerStatement = 200;

interface Waiting {
  readonly hash: string;
  resolve(session: LiveSession | null): void;
  reject(error: unknown): void;
}

/** Who a token speaks for. The answer may be 5 seconds old; revocation itself is in MySQL. */
@Injectable()
export class ResolveSession {
  private readonly asking = new Map<string, Promise<Actor | null>>();
  private waiting: Waiting[] = [];

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
    const session = await this.find(hash);
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

  /** Everybody who comes in the same turn of the event loop is looked up by one statement. */
  private find(hash: string): Promise<LiveSession | null> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.findWaiting());
      this.waiting.push({ hash, resolve, reject });
    });
  }

  private findWaiting(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (let at = 0; at < waiting.length; at += tokensPerStatement) {
      const page = waiting.slice(at, at + tokensPerStatement);
      this.sessions.resolve(page.map(({ hash }) => hash)).then(
        (found) => page.forEach(({ hash, resolve }) => resolve(found.get(hash) ?? null)),
        (error: unknown) => page.forEach(({ reject }) => reject(error)),
      );
    }
  }
}
