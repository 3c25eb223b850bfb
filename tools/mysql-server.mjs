/** A private MariaDB or MySQL: own data, own port, on 127.0.0.1 only. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './binaries.mjs';
import { freePort, mysqlAnswers } from './network.mjs';
import { cloneName } from './places.mjs';
import { run } from './processes.mjs';
import { Supervised } from './supervised.mjs';
import { Problem, step } from './terminal.mjs';

/** A path of a socket may hold 107 bytes on Linux and 103 on macOS. */
const socketPathMax = 100;
const ownerName = 'hehuo_owner';

/**
 * Starts the server on `folder`, making its data if there is none. `logFile` and `runFile` are files of ours.
 * Resolves with the URL of a user that may do everything.
 */
export async function startMysql({ program, flavour }, { folder, logFile, runFile, ownerPassword }) {
  mkdirSync(folder, { recursive: true });
  const account = accountFor(folder);
  const data = join(folder, 'data');
  await ensureData({ program, flavour, folder, data, account });
  const init = join(folder, 'users.sql');
  writeFileSync(init, ownerStatements(flavour, ownerPassword), { mode: 0o600 });
  if (account.uid !== undefined) chownSync(init, account.uid, account.gid);

  const port = await freePort();
  const [socket, tidy] = socketIn(folder, account);
  const args = [
    '--no-defaults',
    ...account.args,
    `--datadir=${data}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--socket=${socket}`,
    `--pid-file=${join(data, 'server.pid')}`,
    `--init-file=${init}`,
    '--skip-name-resolve',
    '--default-time-zone=+00:00',
    '--transaction-isolation=READ-COMMITTED',
    '--sql-mode=STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
    '--innodb-flush-log-at-trx-commit=1',
    '--innodb-buffer-pool-size=256M',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--max-connections=300',
    '--skip-log-bin',
    ...(flavour === 'mysql' ? ['--mysqlx=OFF'] : []),
  ];
  const server = new Supervised({
    name: flavour,
    order: 1,
    command: () => [program, args],
    ready: () => mysqlAnswers('127.0.0.1', port),
    logFile,
    runFile,
    graceSeconds: 60,
    tidy,
  }).start();
  await server.untilReady(90);
  return `mysql://${ownerName}:${ownerPassword}@127.0.0.1:${port}/`;
}

/** As root the server runs as its own user, if that user can reach the folder; else as root. */
function accountFor(folder) {
  if (process.getuid?.() !== 0) return { args: [] };
  const mysql = mysqlUser();
  if (!mysql) return { args: ['--user=root'] };
  chownSync(folder, mysql.uid, mysql.gid);
  chmodSync(folder, 0o700);
  const reach = spawnSync('test', ['-w', folder], { uid: mysql.uid, gid: mysql.gid });
  if (reach.status === 0) return { args: ['--user=mysql'], ...mysql };
  chownSync(folder, 0, 0);
  return { args: ['--user=root'] };
}

function mysqlUser() {
  const line = existsSync('/etc/passwd')
    ? readFileSync('/etc/passwd', 'utf8')
        .split('\n')
        .find((entry) => entry.startsWith('mysql:'))
    : undefined;
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

async function ensureData({ program, flavour, folder, data, account }) {
  const done = join(folder, 'made-by');
  if (existsSync(done)) {
    const maker = readFileSync(done, 'utf8').trim();
    if (maker === flavour) return;
    throw new Problem(
      `The local data was made by ${maker}, but this machine now offers ${flavour}. ` +
        'Put MYSQL_URL in the environment, install the former again, or clear the data with: npm run reset',
    );
  }
  // Without the mark an earlier attempt was cut: nothing of use is in there.
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  if (account.uid !== undefined) chownSync(data, account.uid, account.gid);
  await step(`making the data of ${flavour}`, async () => {
    const plain = plainPathTo(folder);
    const [command, args] = makerOf(flavour, program, join(plain, 'data'), account);
    const { code, output } = await run(command, args);
    if (plain !== folder) rmSync(plain);
    if (code !== 0 || readdirSync(data).length === 0) {
      throw new Problem(`${command} failed:\n${output.trimEnd()}`);
    }
  });
  writeFileSync(done, `${flavour}\n`);
}

// mariadb-install-db is a shell script that breaks at blanks in a path: it gets a link that has none.
function plainPathTo(folder) {
  if (/^[\w./-]+$/.test(folder)) return folder;
  const link = join(tmpdir(), `hehuo-data-${cloneName}-${process.pid}`);
  rmSync(link, { force: true });
  symlinkSync(folder, link);
  return link;
}

function makerOf(flavour, program, data, account) {
  const args = ['--no-defaults', ...account.args, `--datadir=${data}`];
  if (flavour === 'mysql') return [program, [...args, '--initialize-insecure']];
  const maker = findProgram('mariadb-install-db', 'mysql_install_db');
  if (!maker) throw new Problem(`${program} is installed, but mariadb-install-db is not.`);
  return [
    maker,
    [...args, '--skip-test-db', '--skip-name-resolve', '--auth-root-authentication-method=socket'],
  ];
}

/** Statements that the server runs at each start; one a line, as the init file wants it. */
function ownerStatements(flavour, password) {
  const owners = ['127.0.0.1', 'localhost'].flatMap((host) => {
    const user = `'${ownerName}'@'${host}'`;
    return [
      `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY '${password}';`,
      `ALTER USER ${user} IDENTIFIED BY '${password}';`,
      `GRANT ALL PRIVILEGES ON *.* TO ${user} WITH GRANT OPTION;`,
    ];
  });
  // MySQL's data is made with a root that has no password; MariaDB's root comes through the socket only.
  const rootUser = flavour === 'mysql' ? [`ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`] : [];
  return `${[...owners, ...rootUser].join('\n')}\n`;
}

/** `[path, tidy]`: beside the data, or where that is too long a path, in a folder of its own. */
function socketIn(folder, account) {
  const near = join(folder, 'server.sock');
  if (Buffer.byteLength(near) <= socketPathMax) return [near, () => undefined];
  const far = mkdtempSync(join(tmpdir(), 'hehuo-'));
  if (account.uid !== undefined) chownSync(far, account.uid, account.gid);
  return [join(far, 'server.sock'), () => rmSync(far, { recursive: true, force: true })];
}
