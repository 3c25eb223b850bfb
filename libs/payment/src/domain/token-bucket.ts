/**
 * Spreads calls over time: at most `perSecond` on average and `burst` at once. The caller passes the instant, so it
 * needs no clock of its own.
 */
export class TokenBucket {
  private tokens: number;
  private atMs: number | undefined;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.tokens = burst;
  }

  /** Takes one token if there is one at `nowMs`. A clock that steps back neither gives nor takes tokens. */
  take(nowMs: number): boolean {
    const elapsedMs = Math.max(0, nowMs - (this.atMs ?? nowMs));
    this.tokens = Math.min(this.burst, this.tokens + (elapsedMs / 1000) * this.perSecond);
    this.atMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
