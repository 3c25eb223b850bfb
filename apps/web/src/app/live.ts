import type { QueryClient } from '@tanstack/react-query';
import { pageState } from '../lib/page-state';

/**
 * One stream a tab. It says only which object changed; what is on the page of it is read again. When the stream cannot
 * be had, pages ask every half minute and say that they may be late.
 */
const hiddenMsMax = 60_000;
const failuresMax = 3;
const pollMs = 30_000;

const late = pageState(false);

/** True while news come by asking only. */
export const useIsLate = (): boolean => late.use();

export function followChanges(queries: QueryClient): void {
  new Live(queries).start();
}

class Live {
  private source: EventSource | null = null;
  private failures = 0;
  private poll: ReturnType<typeof setInterval> | undefined;
  private sleep: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queries: QueryClient) {}

  start(): void {
    this.open();
    document.addEventListener('visibilitychange', () => {
      clearTimeout(this.sleep);
      if (document.hidden) this.sleep = setTimeout(() => this.close(), hiddenMsMax);
      else if (!this.source) {
        this.open();
        void this.queries.invalidateQueries();
      }
    });
  }

  private open(): void {
    const source = new EventSource('/v1/stream');
    this.source = source;
    source.addEventListener('open', () => this.heard());
    source.addEventListener('change', ({ data }: MessageEvent<string>) => {
      const { ref } = JSON.parse(data) as { ref: string };
      void this.queries.invalidateQueries({ predicate: ({ queryKey }) => mentions(queryKey, ref) });
    });
    source.addEventListener('reset', () => void this.queries.invalidateQueries());
    source.addEventListener('error', () => this.failed());
  }

  private heard(): void {
    this.failures = 0;
    clearInterval(this.poll);
    this.poll = undefined;
    late.set(false);
  }

  // The browser tries again by itself, unless the answer was no stream at all.
  private failed(): void {
    this.failures += 1;
    if (this.source?.readyState === EventSource.CLOSED) {
      this.close();
      setTimeout(() => this.source ?? this.open(), pollMs);
    }
    if (this.failures < failuresMax || this.poll !== undefined) return;
    late.set(true);
    this.poll = setInterval(() => void this.queries.invalidateQueries(), pollMs);
  }

  private close(): void {
    this.source?.close();
    this.source = null;
  }
}

/** Lists are read again as well: a campaign's card stands in the list of its community. */
function mentions(key: readonly unknown[], ref: string): boolean {
  const [, path] = key;
  return JSON.stringify(key).includes(ref) || (path === '/v1/campaigns' && ref.startsWith('cmp_'));
}
