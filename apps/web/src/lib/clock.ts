/** Deadlines are the server's: a phone whose clock is wrong must not show a campaign as closed. */
class ServerClock {
  private aheadMs = 0;

  hear(time: string | null): void {
    const heard = time === null ? NaN : Date.parse(time);
    if (!Number.isNaN(heard)) this.aheadMs = heard - performance.timeOrigin - performance.now();
  }

  /** Milliseconds since 1970, within a second of the server's. */
  now(): number {
    return performance.timeOrigin + performance.now() + this.aheadMs;
  }
}

export const serverClock = new ServerClock();
