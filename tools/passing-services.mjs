/** Data services for one run of tests or measurements, gone without a trace when it ends. */
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { inLocal } from './places.mjs';
import { isAlive, listFolders, remember, recall } from './processes.mjs';
import { randomBytes } from 'node:crypto';
import { startServices } from './services.mjs';
import { stopLeftovers } from './state.mjs';

const memoryFolder = '/dev/shm';
const memoryNeededBytes = 3 * 1024 ** 3;

/** Resolves with the URLs and with `remove`, to be called after stopEverything(). */
export async function startPassingServices(purpose, { inMemory }) {
  await removeAbandoned(purpose);
  const run = inLocal(purpose, `run-${process.pid}`);
  mkdirSync(run, { recursive: true });
  remember(join(run, 'launcher.json'), process.pid);
  const data =
    inMemory && hasMemory() ? join(memoryFolder, `hehuo-${purpose}-${process.pid}`) : join(run, 'data');
  mkdirSync(data, { recursive: true, mode: 0o755 });
  writeFileSync(join(run, 'data-folder'), data);
  const services = await startServices({
    folder: data,
    logFolder: run,
    runFolder: run,
    purpose,
    ownerPassword: randomBytes(12).toString('hex'),
    lasting: false,
  });
  const owner = new URL(services.mysql.url);
  owner.pathname = '/';
  return { mysqlOwnerUrl: owner.href, redisUrl: services.redis.url };
}

export function removePassingServices(purpose) {
  removeRun(inLocal(purpose, `run-${process.pid}`));
}

function hasMemory() {
  if (!existsSync(memoryFolder)) return false;
  const { bavail, bsize } = statfsSync(memoryFolder);
  return bavail * bsize > memoryNeededBytes;
}

/** Runs that were killed leave servers and data behind: the next run clears them. */
async function removeAbandoned(purpose) {
  for (const run of listFolders(inLocal(purpose)).filter((folder) => basename(folder).startsWith('run-'))) {
    const launcher = recall(join(run, 'launcher.json'));
    if (launcher && isAlive(launcher)) continue;
    await stopLeftovers(run);
    removeRun(run);
  }
}

function removeRun(run) {
  const note = join(run, 'data-folder');
  if (existsSync(note)) rmSync(readFileSync(note, 'utf8'), { recursive: true, force: true });
  rmSync(run, { recursive: true, force: true });
}
