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

/** Where a reader may say it stopped: `milliseconds-sequence`, as Redis names the entries of a stream. */
const STREAM_ID = /^\d{1,15}-\d{1,15}$/;

export function isAnnouncementId(text: string): boolean {
  return STREAM_ID.test(text);
}

const readAnnouncementsMax = 500;

/** Reads up to 500 announcements after `lastId`, waiting up to `waitMs` for the first; 0 does not wait. */
export async function readAnnouncements(
  redis: Redis,
  prefix: string,
  lastId: string,
  waitMs: number,
): Promise<Announcement[]> {
  const key = `${prefix}:stream`;
  const answer = (await (waitMs > 0
    ? redis.xread('COUNT', readAnnouncementsMax, 'BLOCK', waitMs, 'STREAMS', key, lastId)
    : redis.xread('COUNT', readAnnouncementsMax, 'STREAMS', key, lastId))) as
    [string, [string, string[]][]][] | null;
  const entries = answer?.[0]?.[1] ?? [];
  return entries.map(([id, fields]) => ({ id, topic: fields[1] ?? '', ref: fields[3] ?? '' }));
}

/** The first and the last announcement that are still kept; null when there is none. */
export async function keptAnnouncements(
  redis: Redis,
  prefix: string,
): Promise<{ first: string; last: string } | null> {
  const key = `${prefix}:stream`;
  const [oldest, newest] = await Promise.all([
    redis.xrange(key, '-', '+', 'COUNT', 1),
    redis.xrevrange(key, '+', '-', 'COUNT', 1),
  ]);
  const [first, last] = [oldest[0]?.[0], newest[0]?.[0]];
  return first === undefined || last === undefined ? null : { first, last };
}

/** Whether `a` came before `b`; both are ids of the stream. */
export function isEarlier(a: string, b: string): boolean {
  const [aMs, aNumber] = partsOf(a);
  const [bMs, bNumber] = partsOf(b);
  return aMs < bMs || (aMs === bMs && aNumber < bNumber);
}

function partsOf(id: string): [bigint, bigint] {
  const [ms = '0', number = '0'] = id.split('-');
  return [BigInt(ms), BigInt(number)];
}
