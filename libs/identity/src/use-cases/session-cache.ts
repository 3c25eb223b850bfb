import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { Actor } from '../domain/actor.js';

const entriesMax = 20_000;
/** A revocation is felt by every process after so long at the latest, and by this one at once. */
export const cacheMsMax = 5_000;

interface Entry {
  readonly actor: Actor;
  readonly until: number;
}

/** The actors of the last seconds by the hash of their token; the least recently used one goes first. */
@Injectable()
export class SessionCache {
  private readonly entries = new Map<string, Entry>();

  get(key: string): Actor | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    if (entry.until <= this.nowMs()) return undefined;
    this.entries.set(key, entry);
    return entry.actor;
  }

  put(key: string, actor: Actor, leftMs: number): void {
    this.entries.delete(key);
    this.entries.set(key, { actor, until: this.nowMs() + Math.min(leftMs, cacheMsMax) });
    if (this.entries.size > entriesMax) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
  }

  dropSession(id: Id<'ses'>): void {
    this.dropWhere((actor) => actor.sessionId === id);
  }

  dropPerson(id: Id<'per'>): void {
    this.dropWhere((actor) => actor.personId === id);
  }

  /** Milliseconds that only go forward, whatever happens to the machine's clock. */
  protected nowMs(): number {
    return performance.now();
  }

  private dropWhere(matches: (actor: Actor) => boolean): void {
    for (const [key, entry] of this.entries) if (matches(entry.actor)) this.entries.delete(key);
  }
}
