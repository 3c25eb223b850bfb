import { setTimeout as pause } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { Redis } from 'ioredis';
import {
  isEarlier,
  keptAnnouncements,
  readAnnouncements,
  workerConnection,
  type Announcement,
} from '@hehuo/platform';
import type { Metrics } from '../health/metrics.js';
import { Listener } from './listener.js';

const waitMs = 20_000;
/** Announcements of this long go out together, each object once: a hot campaign must not become a storm. */
const gatherMs = 200;
const retryMs = 1_000;
const reconnectMs = 3_000;
const beatSeconds = 25;
const none = '0-0';

interface HubOptions {
  readonly redisUrl: string;
  /** A connection that is never blocked, for what a listener missed. */
  readonly reader: Redis;
  readonly prefix: string;
  readonly metrics: Metrics;
}

/** One reader of the announcements in this process, fanned out to every listener. */
export class StreamHub {
  private readonly redis: Redis;
  private readonly listeners = new Set<Listener>();
  private readonly leaving = new AbortController();
  private readonly beat: NodeJS.Timeout;
  private lastId: string | null = null;

  constructor(private readonly options: HubOptions) {
    this.redis = workerConnection(options.redisUrl);
    this.beat = setInterval(() => this.heartbeat(), beatSeconds * 1000);
    this.beat.unref();
    void this.follow();
  }

  get size(): number {
    return this.listeners.size;
  }

  get isRedisAway(): boolean {
    return this.redis.status !== 'ready';
  }

  /** Adds a listener; with `resumeId` it first gets what it missed, or `reset` when that is no longer known. */
  async join(response: ServerResponse, refs: ReadonlySet<string>, resumeId: string | null): Promise<void> {
    const listener = new Listener(response, refs);
    const from = this.lastId ?? none;
    this.listeners.add(listener);
    this.options.metrics.listeners.set(this.listeners.size);
    response.on('close', () => this.drop(listener));
    response.write(`retry: ${reconnectMs}\n\n`);
    if (resumeId === null) listener.mark('hello', from);
    else await this.replay(listener, resumeId);
    listener.release();
    if (this.leaving.signal.aborted) listener.end();
  }

  /** Ends every connection in good order; the listeners go on elsewhere with Last-Event-ID. */
  close(): void {
    this.leaving.abort();
    clearInterval(this.beat);
    for (const listener of this.listeners) listener.end();
    // Without Redis its answer would never come, so nobody waits for the loop; it ends at its next step.
    this.redis.disconnect();
  }

  /** Tells what came after `resumeId`. */
  private async replay(listener: Listener, resumeId: string): Promise<void> {
    const { reader, prefix } = this.options;
    let lastId = resumeId;
    try {
      const kept = await keptAnnouncements(reader, prefix);
      if (!kept || isEarlier(resumeId, kept.first)) {
        listener.mark('reset', kept?.last ?? none);
        return;
      }
      for (;;) {
        const missed = await readAnnouncements(reader, prefix, lastId, 0);
        const last = missed.at(-1);
        if (!last) return;
        lastId = last.id;
        if (!listener.pass(once(missed), lastId)) return;
      }
    } catch {
      listener.mark('reset', lastId);
    }
  }

  private async follow(): Promise<void> {
    const { signal } = this.leaving;
    while (!signal.aborted) {
      try {
        this.lastId ??= (await keptAnnouncements(this.redis, this.options.prefix))?.last ?? none;
        const news = await readAnnouncements(this.redis, this.options.prefix, this.lastId, waitMs);
        const last = news.at(-1);
        if (!last) continue;
        this.lastId = last.id;
        this.fanOut(once(news), last.id);
        await pause(gatherMs, undefined, { signal });
      } catch {
        // Redis is away or we are leaving; the listeners keep their connection and their place.
        await pause(retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private fanOut(news: readonly Announcement[], lastId: string): void {
    for (const listener of this.listeners) this.keepIf(listener, listener.tell(news, lastId));
  }

  private heartbeat(): void {
    const text = this.isRedisAway ? 'live news are interrupted, the connection is kept' : 'beat';
    for (const listener of this.listeners) this.keepIf(listener, listener.comment(text));
  }

  private keepIf(listener: Listener, isReading: boolean): void {
    if (isReading) return;
    this.options.metrics.listenersDropped.inc();
    this.drop(listener);
  }

  private drop(listener: Listener): void {
    this.listeners.delete(listener);
    this.options.metrics.listeners.set(this.listeners.size);
  }
}

/** Each object once a topic, in the order of its last announcement: only the last one says anything new. */
function once(announcements: readonly Announcement[]): Announcement[] {
  const last = new Map<string, Announcement>();
  for (const announcement of announcements) {
    const key = `${announcement.topic}|${announcement.ref}`;
    last.delete(key);
    last.set(key, announcement);
  }
  return [...last.values()];
}
