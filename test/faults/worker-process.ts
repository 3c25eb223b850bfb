import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { until } from '@hehuo/testing';

const MAIN = join(process.cwd(), 'dist', 'apps', 'worker', 'apps', 'worker', 'src', 'main.js');
const KEY = randomBytes(32).toString('base64');
const INDEX_KEY = randomBytes(32).toString('base64');

export interface WorkerProcess {
  /** Everything that it wrote. */
  output(): string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end, and waits until it did. */
  stop(): Promise<void>;
}

/** The built worker as it runs in production, in a process of its own. */
export async function startWorkerProcess(mysqlUrl: string, redisUrl: string): Promise<WorkerProcess> {
  if (!existsSync(MAIN)) throw new Error('the worker is not built: npm run build');
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      LOG_LEVEL: 'info',
      MYSQL_URL: mysqlUrl,
      REDIS_URL: redisUrl,
      REDIS_PREFIX: 'faults',
      FIELD_KEY: KEY,
      BLIND_INDEX_KEY: INDEX_KEY,
      WORKER_PORT: String(port),
    },
  });
  const lines: string[] = [];
  child.stdout.on('data', (data: Buffer) => lines.push(data.toString()));
  child.stderr.on('data', (data: Buffer) => lines.push(data.toString()));
  const output = (): string => lines.join('');
  await until('the built worker is ready', 30, () => isReady(child, port, output));
  return { output, kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') };
}

async function isReady(child: ChildProcess, port: number, output: () => string): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the worker ended with code ${child.exitCode}: ${output()}`);
  try {
    return (await fetch(`http://127.0.0.1:${port}/ready`)).ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
