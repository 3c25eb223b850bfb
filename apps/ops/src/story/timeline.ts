import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@hehuo/kernel';
import { table } from '../output/table.js';
import { UserError, type Terminal } from '../output/terminal.js';

const lookMs = 500;
const tellSeconds = 10;

/** Says what happens while it happens, and keeps it for the table at the end. */
export class Timeline {
  private readonly startedMs: number;
  private readonly lines: { readonly seconds: number; readonly text: string }[] = [];

  constructor(
    private readonly terminal: Terminal,
    private readonly clock: Clock,
  ) {
    this.startedMs = clock.now().getTime();
  }

  get seconds(): number {
    return (this.clock.now().getTime() - this.startedMs) / 1000;
  }

  tell(text: string): void {
    const { seconds } = this;
    this.lines.push({ seconds, text });
    this.terminal.err(`${seconds.toFixed(1).padStart(6)} s  ${text}`);
  }

  /** Says something that is not worth keeping. */
  mutter(text: string): void {
    this.terminal.err(`          ${text}`);
  }

  /** Looks until there is an answer; says every few seconds what it waits for. */
  async until<T>(what: string, secondsMax: number, look: () => Promise<T | null>): Promise<T> {
    const since = this.seconds;
    for (let toldAt = since; ;) {
      const seen = await look();
      if (seen !== null) return seen;
      if (this.seconds - since > secondsMax) {
        throw new UserError(`${secondsMax} s went by and still not: ${what}. Do worker and sandbox run?`);
      }
      if (this.seconds - toldAt >= tellSeconds) {
        toldAt = this.seconds;
        this.mutter(`waiting, ${Math.round(this.seconds - since)} s: ${what}`);
      }
      await pause(lookMs);
    }
  }

  shown(): string {
    return table(
      [{ title: 'second', align: 'right' }, { title: 'what happened' }],
      this.lines.map(({ seconds, text }) => [seconds.toFixed(1), text]),
    );
  }
}
