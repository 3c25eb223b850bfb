/** Builds the apps, and the pages that the api serves, where their sources changed since they were built. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inLocal, mainOf, root } from './places.mjs';
import { releaseLock, run, takeLock } from './processes.mjs';
import { Problem, say, step } from './terminal.mjs';

export const apps = ['api', 'worker', 'ops', 'sandbox'];
const everything = [...apps, 'web'];

/** The sandbox and the pages share no code with the platform, so a change in a lib does not touch them. */
const sourcesOf = (app) => [`apps/${app}`, ...(['sandbox', 'web'].includes(app) ? [] : ['libs'])];
const settings = ['nest-cli.json', 'tsconfig.base.json', 'package-lock.json'];

function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['dist', 'node_modules'].includes(entry.name) ? [] : filesBelow(path);
    return /\.(md|spec\.ts)$/.test(path) ? [] : [path];
  });
}

function stampOf(app) {
  const hash = createHash('sha256');
  const files = [...settings, ...sourcesOf(app).flatMap(filesBelow)].sort();
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

const resultOf = (app) => (app === 'web' ? join(root, 'apps', 'web', 'dist', 'index.html') : mainOf(app));

const stampFile = (app) => inLocal('build', app);

function isBuilt(app) {
  const file = stampFile(app);
  return existsSync(resultOf(app)) && existsSync(file) && readFileSync(file, 'utf8') === stampOf(app);
}

export async function ensureBuild() {
  const lock = inLocal('build', 'lock');
  if (takeLock(lock)) {
    say('- another build of this folder is running; waiting for it');
    while (takeLock(lock)) await pause(500);
  }
  try {
    const stale = everything.filter((app) => !isBuilt(app));
    if (stale.length === 0) return;
    const width = Math.min(2, availableParallelism());
    await step(`building ${stale.join(', ')}`, async () => {
      const queue = [...stale];
      await Promise.all(Array.from({ length: width }, () => buildNext(queue)));
    });
  } finally {
    releaseLock(lock);
  }
}

const folderOf = (app) => (app === 'web' ? join(root, 'apps', 'web') : root);

function commandFor(app) {
  const packages = join(root, 'node_modules');
  if (app === 'web') return [join(packages, 'vite', 'bin', 'vite.js'), 'build'];
  return [join(packages, '@nestjs', 'cli', 'bin', 'nest.js'), 'build', app];
}

async function buildNext(queue) {
  for (let app = queue.shift(); app; app = queue.shift()) {
    const stamp = stampOf(app);
    const { code, output } = await run(process.execPath, commandFor(app), { cwd: folderOf(app) });
    if (code !== 0 || !existsSync(resultOf(app))) throw new Problem(`building ${app} failed:\n${output}`);
    writeFileSync(stampFile(app), stamp);
  }
}
