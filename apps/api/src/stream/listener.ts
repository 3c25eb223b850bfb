import type { ServerResponse } from 'node:http';
import { isEarlier, type Announcement } from '@hehuo/platform';

/** What a listener may leave unread before it is cut off; it comes back with Last-Event-ID and misses nothing. */
const unreadBytesMax = 256 * 1024;

/** What may happen while a listener is still told what it missed; more, and it is told to read anew. */
const heldMax = 2_000;

/** One open connection to the stream, in the format of server-sent events. */
export class Listener {
  /** News that came while the listener catches up; null when it is up to date. */
  private held: Announcement[] | null = [];
  /** What was told last. The common reader may be behind a listener that caught up by itself. */
  private position = '0-0';

  constructor(
    private readonly response: ServerResponse,
    /** Empty means everything. */
    private readonly refs: ReadonlySet<string>,
  ) {}

  /** Sends what this listener asked for. The id goes on even when nothing of it was, so that a resume starts there. */
  tell(announcements: readonly Announcement[], lastId: string): boolean {
    if (!isEarlier(this.position, lastId)) return true;
    if (!this.held) return this.pass(this.unseen(announcements), lastId);
    if (this.held.length < heldMax) this.held.push(...announcements);
    return true;
  }

  /** From here on the listener is told at once; first what happened while it caught up. */
  release(): boolean {
    const held = this.held ?? [];
    this.held = null;
    const news = this.unseen(held);
    const last = news.at(-1);
    if (!last) return true;
    return held.length >= heldMax ? this.mark('reset', last.id) : this.pass(news, last.id);
  }

  /** Sends past the queue: what was missed, in the order it happened. */
  pass(announcements: readonly Announcement[], lastId: string): boolean {
    this.position = lastId;
    const wanted =
      this.refs.size === 0 ? announcements : announcements.filter(({ ref }) => this.refs.has(ref));
    return this.send(wanted.length === 0 ? `id: ${lastId}\n\n` : textOf(wanted));
  }

  /** The position in the stream; `reset` says that something may be missing and pages should be read anew. */
  mark(event: 'hello' | 'reset', id: string): boolean {
    this.position = id;
    return this.send(`id: ${id}\nevent: ${event}\ndata: {}\n\n`);
  }

  comment(text: string): boolean {
    return this.send(`: ${text}\n\n`);
  }

  end(): void {
    this.response.end();
  }

  private unseen(announcements: readonly Announcement[]): readonly Announcement[] {
    const [first] = announcements;
    // Nearly always all of it is new, and then nothing is copied.
    if (!first || isEarlier(this.position, first.id)) return announcements;
    return announcements.filter(({ id }) => isEarlier(this.position, id));
  }

  /** False when the listener is gone or was cut off because it reads too slowly. */
  private send(text: string): boolean {
    if (this.response.destroyed || this.response.writableEnded) return false;
    this.response.write(text);
    if (this.response.writableLength <= unreadBytesMax) return true;
    this.response.destroy();
    return false;
  }
}

function textOf(announcements: readonly Announcement[]): string {
  return announcements
    .map(({ id, topic, ref }) => `id: ${id}\nevent: change\ndata: ${JSON.stringify({ topic, ref })}\n\n`)
    .join('');
}
