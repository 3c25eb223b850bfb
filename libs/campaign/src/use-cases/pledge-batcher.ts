import { PledgeError } from '../domain/pledge-errors.js';

/** The answer to one item of a batch. */
export type Answer<O> =
  { readonly ok: true; readonly value: O } | { readonly ok: false; readonly error: unknown };

interface Waiting<I, O> {
  readonly item: I;
  resolve(value: O): void;
  reject(error: unknown): void;
}

interface Lane<I, O> {
  readonly waiting: Waiting<I, O>[];
  running: boolean;
}

export interface BatcherOptions {
  readonly batchItemsMax: number;
  /** Items that may wait in one lane before callers are told to come back. */
  readonly queueItemsMax: number;
}

/**
 * Gathers what arrives for one key while its last batch is on the way, and sends it as the next batch. One batch is in
 * flight for each key and process, so a hot campaign holds at most one database connection here and the row lock has
 * as many waiters as there are processes. A batch that fails as a whole is tried again item by item, so that one bad
 * item cannot take its neighbours down.
 */
export class Batcher<I, O> {
  private readonly lanes = new Map<string, Lane<I, O>>();
  private draining = false;

  constructor(
    private readonly send: (key: string, items: readonly I[]) => Promise<readonly Answer<O>[]>,
    private readonly options: BatcherOptions,
  ) {}

  submit(key: string, item: I): Promise<O> {
    if (this.draining) return Promise.reject(busy('this server is about to stop; try again in a moment'));
    const lane = this.laneOf(key);
    if (lane.waiting.length >= this.options.queueItemsMax) {
      return Promise.reject(busy('too many neighbours are pledging at this moment; try again in a moment'));
    }
    return new Promise<O>((resolve, reject) => {
      lane.waiting.push({ item, resolve, reject });
      if (!lane.running) void this.run(key, lane);
    });
  }

  /** Takes nothing new and resolves when everything taken is answered. */
  async drain(): Promise<void> {
    this.draining = true;
    while (this.lanes.size > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  private laneOf(key: string): Lane<I, O> {
    const known = this.lanes.get(key);
    if (known) return known;
    const lane: Lane<I, O> = { waiting: [], running: false };
    this.lanes.set(key, lane);
    return lane;
  }

  private async run(key: string, lane: Lane<I, O>): Promise<void> {
    lane.running = true;
    // What arrives in the same turn of the event loop belongs into the first batch too.
    await new Promise((resolve) => setImmediate(resolve));
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.splice(0, this.options.batchItemsMax);
      if (await this.attempt(key, batch)) continue;
      for (const waiting of batch) await this.attempt(key, [waiting]);
    }
    this.lanes.delete(key);
  }

  /** False when a batch of several failed as a whole and nobody was answered yet. */
  private async attempt(key: string, batch: readonly Waiting<I, O>[]): Promise<boolean> {
    try {
      const answers = await this.send(
        key,
        batch.map(({ item }) => item),
      );
      batch.forEach((waiting, index) => settle(waiting, answers[index]));
      return true;
    } catch (error) {
      if (batch.length > 1) return false;
      batch[0]?.reject(error);
      return true;
    }
  }
}

function settle<I, O>(waiting: Waiting<I, O>, answer: Answer<O> | undefined): void {
  if (!answer) waiting.reject(new Error('the batch came back without an answer to this item'));
  else if (answer.ok) waiting.resolve(answer.value);
  else waiting.reject(answer.error);
}

function busy(message: string): PledgeError {
  return new PledgeError('pledging_busy', message, { retryAfterSeconds: 1 });
}
