import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from '@hehuo/testing';

const root = process.cwd();
export const benchFolder = join(root, '.local', 'bench');

const REDIS_URL = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:36379/0';
const API_MAIN = join(root, 'dist', 'apps', 'api', 'apps', 'api', 'src', 'main.js');
/** As `npm start` and the image run it. */
const YOUNG_SPACE = '--max-semi-space-size=32';
const outputBytesMax = 64 * 1024 * 1024;

export interface Measured {
  readonly done: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly cpuSeconds: number;
}

/** Runs one of the scripts beside this file and reads what it prints. */
export async function runScript<T extends Measured>(name: string, options: object): Promise<T> {
  const script = join(root, 'test', 'bench', name);
  const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify(options)], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    maxBuffer: outputBytesMax,
  });
  return JSON.parse(stdout) as T;
}

export interface ApiProcess {
  readonly port: number;
  /** Seconds of processor that it used since it began. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** The built api as it runs in production, in a process of its own. `BENCH_PROFILE=1` writes a processor profile. */
export async function startBuiltApi(mysqlUrl: string): Promise<ApiProcess> {
  if (!existsSync(API_MAIN)) throw new Error('the api is not built: npm run build');
  const port = await freePort();
  const profile = process.env['BENCH_PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${benchFolder}`] : [];
  const child = spawn(process.execPath, [YOUNG_SPACE, ...profile, API_MAIN], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      SMS_SENDER: 'log',
      LOG_LEVEL: 'warn',
      MYSQL_URL: mysqlUrl,
      REDIS_URL,
      REDIS_PREFIX: `bench-${randomBytes(6).toString('hex')}`,
      FIELD_KEY: randomBytes(32).toString('base64'),
      BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
      PORT: String(port),
      // Every request comes from one address here; a limit of a neighbour's phone would measure the limit.
      REQUESTS_PER_MINUTE: '100000000',
    },
  });
  await until('the built api is ready', 30, () => isReady(child, port));
  return { port, cpuSeconds: () => cpuSecondsOf(child.pid), stop: () => stop(child) };
}

async function isReady(child: ChildProcess, port: number): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the api ended with code ${child.exitCode}`);
  try {
    return (await fetch(`http://127.0.0.1:${port}/ready`)).ok;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Seconds of processor that a process used since it began. From /proc, so 0 where there is none. */
export function cpuSecondsOf(pid: number | undefined): number {
  const ticksPerSecond = 100;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return 0;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
