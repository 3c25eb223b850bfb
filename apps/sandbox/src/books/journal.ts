import { createReadStream } from 'node:fs';
import { mkdir, open, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Line } from './entries.js';
import { lockFolder } from './folder-lock.js';

const journalName = 'journal.jsonl';

export class DamagedJournalError extends Error {
  override readonly name = 'DamagedJournalError';
}

export interface Replay {
  readonly lines: number;
  /** Bytes of a last line that a crash cut short. Nobody was ever told of it; it has been taken off. */
  readonly tornBytes: number;
}

/**
 * The append-only file. Lines of one moment are written and synced together (group commit); whoever must not speak
 * before the disk knows awaits `flushed()`. A failed write is final: the file can no longer be trusted, so the owner
 * is told through `onFailure` and has to stop the process.
 */
export class Journal {
  private pending: string[] = [];
  private waiting: { n: number; resolve: () => void; reject: (reason: Error) => void }[] = [];
  private writing: Promise<void> | undefined;
  private broken: Error | undefined;
  private durable: number;

  private constructor(
    private readonly file: FileHandle,
    private readonly unlock: () => Promise<void>,
    private last: number,
    private readonly onFailure: (error: Error) => void,
  ) {
    this.durable = last;
  }

  /** Locks the folder, hands every whole line to `visit` in order, repairs a torn end and opens for appending. */
  static async open(
    folder: string,
    visit: (line: Line) => void,
    onFailure: (error: Error) => void,
  ): Promise<{ journal: Journal; replay: Replay }> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const unlock = await lockFolder(folder);
    const path = join(folder, journalName);
    let file: FileHandle | undefined;
    try {
      file = await open(path, 'a', 0o600);
      const { lines, goodBytes, tornBytes } = await replayFile(path, visit);
      if (tornBytes > 0) await truncate(path, goodBytes);
      await file.sync();
      await syncFolder(folder);
      return { journal: new Journal(file, unlock, lines, onFailure), replay: { lines, tornBytes } };
    } catch (error) {
      await file?.close();
      await unlock();
      throw error;
    }
  }

  append(at: number, entries: Line['entries']): void {
    if (this.broken) throw this.broken;
    this.last += 1;
    const line: Line = { n: this.last, at, entries };
    this.pending.push(`${JSON.stringify(line)}\n`);
    this.writing ??= this.write();
  }

  /** Resolves when everything appended so far is on disk; rejects when it never will be. */
  flushed(): Promise<void> {
    if (this.broken) return Promise.reject(this.broken);
    if (this.durable === this.last) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiting.push({ n: this.last, resolve, reject }));
  }

  async close(): Promise<void> {
    while (this.writing) await this.writing;
    await this.file.close();
    await this.unlock();
  }

  private async write(): Promise<void> {
    // Giving way once lets every command of this turn of the event loop join the same sync.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.pending.length > 0 && !this.broken) {
      const upTo = this.last;
      const batch = this.pending.join('');
      this.pending = [];
      try {
        await this.file.appendFile(batch);
        await this.file.datasync();
        this.durable = upTo;
      } catch (error) {
        this.broken = new Error('The journal cannot be written.', { cause: error });
      }
      this.answerWaiting();
    }
    // Cleared in the same turn as the last look at `pending`: a line appended later finds no writer and starts one.
    this.writing = undefined;
    if (this.broken) this.onFailure(this.broken);
  }

  private answerWaiting(): void {
    const ready = this.broken ? this.waiting : this.waiting.filter(({ n }) => n <= this.durable);
    this.waiting = this.broken ? [] : this.waiting.filter(({ n }) => n > this.durable);
    for (const { resolve, reject } of ready) {
      if (this.broken) reject(this.broken);
      else resolve();
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

async function replayFile(path: string, visit: (line: Line) => void) {
  let lines = 0;
  let goodBytes = 0;
  let badBytes = 0;
  let rest: Buffer = Buffer.alloc(0);
  const take = (bytes: Buffer, ended: boolean): void => {
    if (badBytes > 0) {
      throw new DamagedJournalError(
        `Line ${lines + 1} of ${path} is damaged and lines follow it: restore the file.`,
      );
    }
    const line = ended ? parseLine(bytes, lines + 1) : undefined;
    if (!line) {
      badBytes = bytes.length + (ended ? 1 : 0);
      return;
    }
    visit(line);
    lines += 1;
    goodBytes += bytes.length + 1;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      take(rest.subarray(start, end), true);
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  if (rest.length > 0) take(rest, false);
  return { lines, goodBytes, tornBytes: badBytes };
}

/** A line is whole when it parses and carries the number that must come next. */
function parseLine(bytes: Buffer, expected: number): Line | undefined {
  try {
    const line = JSON.parse(bytes.toString('utf8')) as Partial<Line> | null;
    if (line?.n !== expected || typeof line.at !== 'number' || !Array.isArray(line.entries)) return undefined;
    return { n: line.n, at: line.at, entries: line.entries };
  } catch {
    return undefined;
  }
}
