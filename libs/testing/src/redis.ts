import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';

export interface PassingRedis {
  readonly url: string;
  flush(): Promise<void>;
  /** Ends the server as a crash would; nothing of it was kept. */
  kill(): Promise<void>;
  /** Starts an empty server at the same address. */
  restart(): Promise<void>;
}

/** A Redis of the test's own, for faults that must not hit anybody else: flush, crash, empty restart. */
export async function startRedis(): Promise<PassingRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}/0`;
  let server: ChildProcess | undefined = await launch(port, url);
  return {
    url,
    flush: () => withClient(url, (redis) => redis.flushall()),
    kill: async () => {
      const running = server;
      server = undefined;
      if (!running) return;
      const exited = once(running, 'exit');
      running.kill('SIGKILL');
      await exited;
    },
    restart: async () => {
      server = await launch(port, url);
    },
  };
}

async function launch(port: number, url: string): Promise<ChildProcess> {
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', [...args, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
  await withClient(url, (redis) => redis.ping());
  return server;
}

async function withClient(url: string, work: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 100, retryStrategy: () => 50 });
  redis.on('error', () => undefined);
  try {
    await work(redis);
  } finally {
    redis.disconnect();
  }
}
