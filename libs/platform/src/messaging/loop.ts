import { setTimeout as pause } from 'node:timers/promises';

export interface LoopOptions {
  readonly name: string;
  /** Pause after a round that found nothing to do. */
  readonly idleMs: number;
  /** Does one round; true means that there may be more and the next round starts at once. */
  readonly round: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

/** A timer of our own for sweepers and the relay: it lives in the process, so no flush of Redis can forget it. */
export class Loop {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: LoopOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Asks for the end and waits for the round at hand. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      let more = false;
      try {
        more = await this.options.round();
      } catch (error) {
        this.options.onError(error);
      }
      if (!more) await pause(this.options.idleMs, undefined, { signal, ref: true }).catch(() => undefined);
    }
  }
}
