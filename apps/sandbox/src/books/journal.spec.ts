import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/harness.js';
import type { Entry, Line } from './entries.js';
import { Journal } from './journal.js';

let folder: string;
const path = () => join(folder, 'journal.jsonl');
const paid = (orderNo: string): Entry => ({ kind: 'order.paid', orderNo });

async function reopen() {
  const lines: Line[] = [];
  const failures: Error[] = [];
  const { journal, replay } = await Journal.open(
    folder,
    (line) => lines.push(line),
    (error) => failures.push(error),
  );
  return { journal, replay, lines, failures };
}

async function write(...orderNos: string[]) {
  const { journal } = await reopen();
  for (const orderNo of orderNos) journal.append(7, [paid(orderNo)]);
  await journal.flushed();
  await journal.close();
}

describe('journal', () => {
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives back what was flushed, in order, and goes on counting', async () => {
    await write('a', 'b');
    await write('c');
    const { journal, lines, replay } = await reopen();
    await journal.close();
    expect(lines.map(({ n, entries }) => [n, entries])).toEqual([
      [1, [paid('a')]],
      [2, [paid('b')]],
      [3, [paid('c')]],
    ]);
    expect(replay).toEqual({ lines: 3, tornBytes: 0 });
  });

  it.each([
    ['half a line', '{"n":3,"at":7,"entr'],
    ['half a character', Buffer.from('{"n":3,"at":7,"entries":[{"kind":"书').subarray(0, -1)],
    ['a whole line without its end', '{"n":3,"at":7,"entries":[]}'],
    ['zeros of a page that never reached the disk', Buffer.alloc(4096)],
    ['a damaged line with an end', '{"n":3,\n'],
  ])('takes a torn end off and reports it: %s', async (_, torn) => {
    await write('a', 'b');
    const before = await readFile(path());
    await appendFile(path(), torn);
    const { journal, replay } = await reopen();
    expect(replay).toEqual({ lines: 2, tornBytes: Buffer.byteLength(torn) });
    journal.append(8, [paid('c')]);
    await journal.flushed();
    await journal.close();
    expect((await readFile(path())).subarray(0, before.length)).toEqual(before);
    const again = await reopen();
    await again.journal.close();
    expect(again.lines.at(-1)).toEqual({ n: 3, at: 8, entries: [paid('c')] });
  });

  it.each([
    ['a damaged line', (text: string) => text.replace('"n":2', '"n":')],
    ['a missing line', (text: string) => text.replace(/.*"n":2.*\n/, '')],
    ['a line twice', (text: string) => text.replace(/(.*"n":2.*\n)/, '$1$1')],
  ])('refuses to open over %s in the middle, and leaves the file alone', async (_, damage) => {
    await write('a', 'b', 'c', 'd');
    const damaged = damage(await readFile(path(), 'utf8'));
    await writeFile(path(), damaged);
    await expect(reopen()).rejects.toThrow(/Line [23] of .* is damaged/);
    expect(await readFile(path(), 'utf8')).toBe(damaged);
  });

  it('belongs to one process at a time; the lock of a dead one does not count', async () => {
    const { journal } = await reopen();
    await expect(reopen()).rejects.toThrow('in use by another process');
    await journal.close();
    await writeFile(join(folder, 'sandbox.lock'), `${process.pid} 1`);
    const next = await reopen();
    await next.journal.close();
  });

  it('flushes lines appended while others are being written, without losing one', async () => {
    const { journal } = await reopen();
    let acknowledged = 0;
    await Promise.all(
      Array.from({ length: 50 }, async (_, client) => {
        for (let turn = 0; turn < 20; turn += 1) {
          journal.append(7, [paid(`${client}-${turn}`)]);
          await journal.flushed();
          acknowledged += 1;
        }
      }),
    );
    await journal.close();
    expect(acknowledged).toBe(1000);
    const { journal: again, lines } = await reopen();
    await again.close();
    expect(lines).toHaveLength(1000);
  });

  it('lets nobody believe in a write that failed', async () => {
    const { journal, failures } = await reopen();
    // Closing the file under it is the nearest a test gets to a disk that fails.
    await journal.close();
    journal.append(7, [paid('a')]);
    await expect(journal.flushed()).rejects.toThrow('cannot be written');
    expect(failures).toHaveLength(1);
    await expect(journal.flushed()).rejects.toThrow('cannot be written');
    expect(() => journal.append(7, [paid('b')])).toThrow('cannot be written');
  });
});
