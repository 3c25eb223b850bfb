import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '@hehuo/testing';

const program = join(process.cwd(), 'dist/apps/worker/apps/worker/src/main.js');
const bootSeconds = 90;

export interface WorkerProcess {
  readonly pid: number;
  readonly url: string;
  log(): string;
  /** Sends a signal; for the deadly ones, waits for the end. */
  signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<number | null>;
}

/** The built worker as a process of its own, the one thing that a `kill -9` can be tried on. */
export async function startWorker(settings: Readonly<Record<string, string>>): Promise<WorkerProcess> {
  if (!existsSync(program)) throw new Error('the worker is not built: npm run build, or npm test');
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    env: {
      ...{
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        LOG_LEVEL: 'info',
        WORKER_PORT: '0',
        MYSQL_POOL_MAX: '8',
      },
      ...{
        FIELD_KEY: Buffer.alloc(32, 7).toString('base64'),
        BLIND_INDEX_KEY: Buffer.alloc(32, 8).toString('base64'),
      },
      ...settings,
    },
  });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await until('the worker is ready', bootSeconds, () => {
    if (child.exitCode !== null) throw new Error(`the worker ended: ${log}`);
    return log.includes('worker ready');
  });
  return {
    pid: child.pid!,
    url: /"url":"([^"]+)"/.exec(log)?.[1] ?? '',
    log: () => log,
    signal: (name) => signal(child, name),
  };
}

async function signal(child: ChildProcess, name: NodeJS.Signals): Promise<number | null> {
  if (name === 'SIGSTOP' || name === 'SIGCONT') {
    child.kill(name);
    return null;
  }
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(name);
  await exited;
  return child.exitCode;
}
