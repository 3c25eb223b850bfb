import type { Clock } from '@hehuo/kernel';

const slowMs = 60_000;
const waitMsMax = 5_000;
/** Limits that come together are one limit. */
const halvingMs = 1_000;

interface Slow {
  readonly perSecond: number;
  readonly sinceMs: number;
  nextMs: number;
}

/**
 * Halves the pace of a merchant's refunds for a minute whenever WeChat Pay says that they come too fast, and again when
 * it says so again. Without such a word it costs nothing.
 */
export class RefundBrake {
  private readonly slow = new Map<string, Slow>();

  constructor(
    private readonly perSecond: number,
    private readonly clock: Clock,
  ) {}

  /** Resolves when the next refund of the merchant may be sent, after five seconds at the latest. */
  async turn(merchantRef: string): Promise<void> {
    const nowMs = this.clock.now().getTime();
    const state = this.slow.get(merchantRef);
    if (!state) return;
    if (nowMs - state.sinceMs >= slowMs) {
      this.slow.delete(merchantRef);
      return;
    }
    const atMs = Math.max(nowMs, state.nextMs);
    state.nextMs = atMs + 1_000 / state.perSecond;
    const waitMs = Math.min(atMs - nowMs, waitMsMax);
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }

  /** Returns the pace from now on, in refunds a second. */
  limited(merchantRef: string): number {
    const nowMs = this.clock.now().getTime();
    const state = this.slow.get(merchantRef);
    if (state && nowMs - state.sinceMs < halvingMs) return state.perSecond;
    const before = state && nowMs - state.sinceMs < slowMs ? state.perSecond : this.perSecond;
    const perSecond = Math.max(1, Math.floor(before / 2));
    this.slow.set(merchantRef, { perSecond, sinceMs: nowMs, nextMs: nowMs + 1_000 / perSecond });
    return perSecond;
  }
}
