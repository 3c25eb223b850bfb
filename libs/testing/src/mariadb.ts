import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port.js';
import { until } from './until.js';

const bootSeconds = 60;
const owner = 'faults_owner';
/** Debian keeps servers where only an administrator's PATH leads. */
const environment = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` };
/** As root a server starts only when it is told that this is meant. */
const account = process.getuid?.() === 0 ? ['--user=root'] : [];

/** innodb_flush_log_at_trx_commit: 1 is on the disk before COMMIT is answered, 0 once a second whatever was answered. */
export type FlushLog = 0 | 1;

export interface PassingMariaDb {
  /** URL of a user that may do everything. */
  readonly ownerUrl: string;
  /** Ends the server as a crash would: what it has not written yet is gone. */
  kill(): Promise<void>;
  /** Starts it again at the same address, on what the crash left. */
  restart(): Promise<void>;
  /** Ends it and takes its data away. */
  remove(): Promise<void>;
}

/** A MariaDB of the test's own, for crashes that must not hit anybody else. It must be installed on this machine. */
export async function startMariaDb(flushLog: FlushLog): Promise<PassingMariaDb> {
  const folder = await mkdtemp(join(tmpdir(), 'hehuo-mariadb-'));
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  await makeData(folder, password);
  const ownerUrl = `mysql://${owner}:${password}@127.0.0.1:${port}/`;
  const start = () => launch(folder, port, flushLog, ownerUrl);
  let server = await start();
  const kill = () => end(server);
  return {
    ownerUrl,
    kill,
    restart: async () => {
      server = await start();
    },
    remove: async () => {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

async function makeData(folder: string, password: string): Promise<void> {
  const args = ['--no-defaults', ...account, `--datadir=${join(folder, 'data')}`, '--skip-test-db'];
  await promisify(execFile)('mariadb-install-db', args, { env: environment });
  const statements = [
    `CREATE USER IF NOT EXISTS '${owner}'@'127.0.0.1' IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO '${owner}'@'127.0.0.1' WITH GRANT OPTION;`,
  ];
  await writeFile(join(folder, 'users.sql'), `${statements.join('\n')}\n`, { mode: 0o600 });
}

async function launch(folder: string, port: number, flushLog: FlushLog, url: string): Promise<ChildProcess> {
  const args = [
    '--no-defaults',
    ...account,
    `--datadir=${join(folder, 'data')}`,
    `--socket=${join(folder, 'server.sock')}`,
    `--pid-file=${join(folder, 'server.pid')}`,
    `--init-file=${join(folder, 'users.sql')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--skip-log-bin',
    '--default-time-zone=+00:00',
    '--transaction-isolation=READ-COMMITTED',
    `--innodb-flush-log-at-trx-commit=${flushLog}`,
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
  ];
  const logFile = join(folder, 'server.log');
  const log = openSync(logFile, 'a');
  const server = spawn('mariadbd', args, { env: environment, stdio: ['ignore', log, log] });
  closeSync(log);
  await once(server, 'spawn');
  await until('MariaDB answers', bootSeconds, async () => {
    if (server.exitCode !== null) throw new Error(`MariaDB ended: ${await readFile(logFile, 'utf8')}`);
    return answers(url);
  });
  return server;
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await createConnection(url)).end();
    return true;
  } catch {
    // Not yet; `until` says when it was too long.
    return false;
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}
