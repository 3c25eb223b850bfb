import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Batcher, type Answer } from './pledge-batcher.js';

const echo = async (items: readonly number[]): Promise<Answer<number>[]> =>
  items.map((value) => ({ ok: true, value }));

describe('the batcher', () => {
  it('sends what gathers while a batch is away as the next one', async () => {
    const sizes: number[] = [];
    const batcher = new Batcher<number, number>(
      async (_, items) => {
        sizes.push(items.length);
        await new Promise((resolve) => setImmediate(resolve));
        return echo(items);
      },
      { batchItemsMax: 4, queueItemsMax: 100 },
    );
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => batcher.submit('a', i)));
    expect(answers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(sizes).toEqual([4, 4, 2]);
  });

  it('refuses with a pause when too many wait', async () => {
    const batcher = new Batcher<number, number>((_, items) => echo(items), {
      batchItemsMax: 2,
      queueItemsMax: 3,
    });
    const asked = await Promise.allSettled(Array.from({ length: 5 }, (_, i) => batcher.submit('a', i)));
    expect(asked.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(asked[4]).toMatchObject({ reason: { code: 'pledging_busy', details: { retryAfterSeconds: 1 } } });
  });

  it('answers each item as it would be answered alone, whatever poison sits beside it', async () => {
    const items = fc.array(
      fc.record({ value: fc.nat(99), fate: fc.constantFrom('fine', 'refused', 'poison') }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(items, async (list) => {
        const batcher = new Batcher<(typeof list)[number], number>(
          async (_, batch) => {
            if (batch.some(({ fate }) => fate === 'poison')) throw new Error('poison');
            return batch.map(({ value, fate }) =>
              fate === 'fine' ? { ok: true, value } : { ok: false, error: new Error('refused') },
            );
          },
          { batchItemsMax: 7, queueItemsMax: 100 },
        );
        const answers = await Promise.allSettled(list.map((item) => batcher.submit('a', item)));
        answers.forEach((answer, i) => {
          const { value, fate } = list[i]!;
          if (fate === 'fine') expect(answer).toEqual({ status: 'fulfilled', value });
          else expect(answer).toMatchObject({ status: 'rejected', reason: { message: fate } });
        });
      }),
    );
  });

  it('answers what it took before it stops, and takes nothing new', async () => {
    const batcher = new Batcher<number, number>((_, items) => echo(items), {
      batchItemsMax: 2,
      queueItemsMax: 10,
    });
    const taken = [1, 2, 3].map((i) => batcher.submit('a', i));
    const drained = batcher.drain();
    await expect(batcher.submit('a', 4)).rejects.toMatchObject({ code: 'pledging_busy' });
    await drained;
    expect(await Promise.all(taken)).toEqual([1, 2, 3]);
  });
});
