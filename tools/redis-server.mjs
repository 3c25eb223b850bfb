/** A private Redis or Valkey: own data, own port, on 127.0.0.1 only. It never drops a key to make room. */
import { mkdirSync } from 'node:fs';
import { freePort, redisAnswers } from './network.mjs';
import { Supervised } from './supervised.mjs';

/** Resolves with its URL. `lasting` keeps the data in an append-only file; without it a stopped server forgets everything. */
export async function startRedis({ program }, { folder, logFile, runFile, lasting }) {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const args = [
    ...['--port', String(port)],
    ...['--bind', '127.0.0.1'],
    ...['--dir', folder],
    ...['--maxmemory-policy', 'noeviction'],
    ...['--appendonly', lasting ? 'yes' : 'no'],
    ...['--save', ''],
    ...['--daemonize', 'no'],
  ];
  const server = new Supervised({
    name: 'redis',
    // Stopped before MySQL: all that Redis holds is a hint about what MySQL holds.
    order: 2,
    command: () => [program, args],
    ready: () => redisAnswers('127.0.0.1', port),
    logFile,
    runFile,
    graceSeconds: 15,
  }).start();
  await server.untilReady(30);
  return `redis://127.0.0.1:${port}/0`;
}
