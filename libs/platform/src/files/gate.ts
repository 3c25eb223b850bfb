import { FileError } from './errors.js';

/**
 * Lets so many works run at once and so many more wait; beyond that a work is refused at once, so that a wave of
 * uploads can take neither the memory nor the processors that the rest of the process needs.
 */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly waitingMax: number,
  ) {}

  /** Throws `files_busy` (503) when the line is full. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) await this.wait();
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // The place is handed over: nobody who comes now can take it from whoever waits.
      if (next) next();
      else this.running -= 1;
    }
  }

  private wait(): Promise<void> {
    if (this.waiting.length >= this.waitingMax) {
      throw new FileError('files_busy', 'many files are coming in; send it again in a moment', {
        retryAfterSeconds: 5,
      });
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
