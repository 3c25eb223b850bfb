/** Servers and the browser that are installed on this machine, looked up where systems put them. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const folders = [
  ...(process.env.PATH ?? '').split(delimiter),
  '/usr/sbin',
  '/usr/bin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/libexec',
  '/usr/local/mysql/bin',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/mysql/bin',
  '/opt/homebrew/opt/mysql@8.4/bin',
  '/opt/homebrew/opt/mariadb/bin',
];

export function findProgram(...names) {
  for (const name of names) {
    for (const folder of folders.filter(Boolean)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  return undefined;
}

/** The numbers of `--version`, whatever stands around them. */
function versionOf(program) {
  const { stdout = '', stderr = '' } = spawnSync(program, ['--no-defaults', '--version'], {
    encoding: 'utf8',
  });
  const text = `${stdout}${stderr}`;
  return { text, numbers: (/(\d+)\.(\d+)/.exec(text) ?? [0, 0, 0]).slice(1, 3).map(Number) };
}

const atLeast = ([major, minor], [wantedMajor, wantedMinor]) =>
  major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);

/** `{ program, flavour }`, or `{ tooOld }`, or undefined. */
export function findMysql() {
  const program = findProgram('mariadbd', 'mysqld');
  if (!program) return undefined;
  const { text, numbers } = versionOf(program);
  const flavour = /mariadb/i.test(text) ? 'mariadb' : 'mysql';
  const oldest = flavour === 'mariadb' ? [10, 11] : [8, 0];
  if (atLeast(numbers, oldest)) return { program, flavour };
  return { tooOld: `${program} is ${flavour} ${numbers.join('.')}, ${oldest.join('.')} or later is needed` };
}

export function findRedis() {
  const program = findProgram('redis-server', 'valkey-server');
  if (!program) return undefined;
  const { stdout = '' } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const numbers = (/v=(\d+)\.(\d+)/.exec(stdout) ?? [0, 0, 0]).slice(1, 3).map(Number);
  if (atLeast(numbers, [6, 2])) return { program };
  return { tooOld: `${program} is ${numbers.join('.')}, 6.2 or later is needed` };
}

/** The path of the browser that tests walk with, or undefined. */
export function findChromium() {
  return process.env.CHROMIUM_PATH || findProgram('chromium', 'google-chrome');
}
