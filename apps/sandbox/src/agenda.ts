import type { Clock } from './clock.js';

/** setTimeout overflows after 24.8 days and would then fire at once, so the agenda looks again at least this often. */
const lookAgainMs = 3_600_000;

interface Item {
  readonly dueAtMs: number;
  readonly turn: number;
  readonly run: () => void;
}

/** Things to do at an instant, however many and however far away, behind one timer: a binary heap by due time. */
export class Agenda {
  private readonly heap: Item[] = [];
  private timer: NodeJS.Timeout | undefined;
  private turns = 0;
  private stopped = false;

  constructor(private readonly clock: Clock) {}

  /** Runs `run` at `dueAtMs`, or soon when that has passed; items of one instant keep their order. */
  at(dueAtMs: number, run: () => void): void {
    this.turns += 1;
    const item = { dueAtMs, turn: this.turns, run };
    let index = this.heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.isBefore(index, parent)) break;
      this.swap(index, parent);
      index = parent;
    }
    if (index === 0) this.arm();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private arm(): void {
    clearTimeout(this.timer);
    const first = this.heap[0];
    if (!first || this.stopped) return;
    const waitMs = Math.min(Math.max(0, first.dueAtMs - this.clock.nowMs()), lookAgainMs);
    this.timer = setTimeout(() => this.runDue(), waitMs);
  }

  private runDue(): void {
    const nowMs = this.clock.nowMs();
    for (let first = this.heap[0]; first && first.dueAtMs <= nowMs && !this.stopped; first = this.heap[0]) {
      this.takeFirst();
      first.run();
    }
    this.arm();
  }

  private takeFirst(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      let least = index;
      if (left < this.heap.length && this.isBefore(left, least)) least = left;
      if (left + 1 < this.heap.length && this.isBefore(left + 1, least)) least = left + 1;
      if (least === index) return;
      this.swap(index, least);
      index = least;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const [x, y] = [this.heap[a], this.heap[b]];
    if (!x || !y) return false;
    return x.dueAtMs < y.dueAtMs || (x.dueAtMs === y.dueAtMs && x.turn < y.turn);
  }

  private swap(a: number, b: number): void {
    const [x, y] = [this.heap[a], this.heap[b]];
    if (!x || !y) return;
    this.heap[a] = y;
    this.heap[b] = x;
  }
}
