import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '@hehuo/testing';

const bootSeconds = 90;

/** Both keys of every process of one test, and of the modules that a test runs beside them. */
export const FIELD_KEY = Buffer.alloc(32, 7).toString('base64');
export const BLIND_INDEX_KEY = Buffer.alloc(32, 8).toString('base64');

type Settings = Readonly<Record<string, string>>;

export interface BuiltProcess {
  readonly pid: number;
  readonly url: string;
  /** Everything that it wrote. */
  log(): string;
  /** Sends a signal; for the deadly ones, waits for the end and resolves with the code. */
  signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): Promise<number | null>;
}

/** A built app as it runs in production, in a process of its own: the one thing that a `kill -9` can be tried on. */
export async function startBuilt(
  app: 'api' | 'worker' | 'sandbox',
  settings: Settings,
): Promise<BuiltProcess> {
  const program = join(process.cwd(), 'dist', 'apps', app, 'apps', app, 'src', 'main.js');
  if (!existsSync(program)) throw new Error(`the ${app} is not built: npm run build, or npm test`);
  const child = spawn(process.execPath, ['--enable-source-maps', program], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'test', LOG_LEVEL: 'info', ...settings },
  });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await until(`the ${app} is ready`, bootSeconds, () => {
    if (child.exitCode !== null) throw new Error(`the ${app} ended: ${log}`);
    return log.includes(`"${app} ready"`);
  });
  return {
    pid: child.pid!,
    url: /"url":"([^"]+)"/.exec(log)?.[1] ?? '',
    log: () => log,
    signal: (name) => signal(child, name),
  };
}

export function startWorker(settings: Settings): Promise<BuiltProcess> {
  return startBuilt('worker', {
    WORKER_PORT: '0',
    MYSQL_POOL_MAX: '8',
    FIELD_KEY,
    BLIND_INDEX_KEY,
    ...settings,
  });
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
