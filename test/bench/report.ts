import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import type { Database } from '@hehuo/platform';
import { benchFolder } from './processes.js';

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const whole = (n: number): string => Math.round(n).toLocaleString('en-US');

/** The machine and the versions that the figures belong to. */
export async function surroundings(database: Database): Promise<Record<string, string | number>> {
  const row = await database.row<{ version: string; flush: string }>(
    'SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS flush',
  );
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    database: row?.version ?? 'unknown',
    flushLogAtCommit: Number(row?.flush),
    commit: commitOf(),
  };
}

function commitOf(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

export interface Report {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
  readonly data: object;
}

/** Prints the table and keeps everything that was measured as JSON under `.local/bench/`. */
export async function publish(database: Database, report: Report): Promise<void> {
  const around = await surroundings(database);
  const table = new Table({ head: [...report.head], style: { head: [], border: [] } });
  table.push(...report.rows.map((row) => [...row]));
  const machine = Object.entries(around).map(([name, value]) => `${name} ${value}`);
  process.stdout.write(`\n${table.toString()}\n${[...report.notes, machine.join(', ')].join('\n')}\n\n`);
  mkdirSync(benchFolder, { recursive: true });
  writeFileSync(
    join(benchFolder, `${report.name}.json`),
    `${JSON.stringify({ ...around, ...report.data }, null, 2)}\n`,
  );
}
