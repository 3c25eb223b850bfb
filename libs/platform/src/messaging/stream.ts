import type { Redis } from 'ioredis';
import { PUBLIC_TOPICS } from './catalogue.js';
import type { OutboxMessage } from './outbox.js';

export interface Announcement {
  readonly id: string;
  readonly topic: string;
  readonly ref: string;
}

const keptAnnouncementsMax = 5000;

/**
 * What changed, by id only, for the SSE listeners of every api process. A Redis stream keeps the last few thousand, so
 * a reader that reconnects with Last-Event-ID misses none of them. Losing Redis loses liveness, never data.
 */
export class Announcer {
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {}

  async announce(messages: readonly OutboxMessage[]): Promise<void> {
    const open = messages.filter((message) => PUBLIC_TOPICS.has(message.topic));
    if (open.length === 0) return;
    const pipeline = this.redis.pipeline();
    for (const message of open) {
      pipeline.xadd(
        `${this.prefix}:stream`,
        'MAXLEN',
        '~',
        keptAnnouncementsMax,
        '*',
        'topic',
        message.topic,
        'ref',
        message.ref,
      );
    }
    await pipeline.exec();
  }
}

/** Reads announcements after `lastId`, waiting up to `waitMs` for the first. */
export async function readAnnouncements(
  redis: Redis,
  prefix: string,
  lastId: string,
  waitMs: number,
): Promise<Announcement[]> {
  const answer = (await redis.xread('COUNT', 500, 'BLOCK', waitMs, 'STREAMS', `${prefix}:stream`, lastId)) as
    [string, [string, string[]][]][] | null;
  const entries = answer?.[0]?.[1] ?? [];
  return entries.map(([id, fields]) => ({ id, topic: fields[1] ?? '', ref: fields[3] ?? '' }));
}
