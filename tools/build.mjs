/** Builds the apps whose sources changed since they were built. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inLocal, mainOf, root } from './places.mjs';
import { releaseLock, run, takeLock } from './processes.mjs';
import { Problem, say, step } from './terminal.mjs';

export const apps = ['api', 'worker', 'ops', 'sandbox'];

/** The sandbox shares no code with the platform, so a change in a lib does not touch it. */
const sourcesOf = (app) => [`apps/${app}`, ...(app === 'sandbox' ? [] : ['libs'])];
const settings = ['nest-cli.json', 'tsconfig.base.json', 'package-lock.json'];

function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path);
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

const stampFile = (app) => inLocal('build', app);

function isBuilt(app) {
  const file = stampFile(app);
  return existsSync(mainOf(app)) && existsSync(file) && readFileSync(file, 'utf8') === stampOf(app);
}

export async function ensureBuild() {
  const lock = inLocal('build', 'lock');
  if (takeLock(lock)) {
    say('- another build of this folder is running; waiting for it');
    while (takeLock(lock)) await pause(500);
  }
  try {
    const stale = apps.filter((app) => !isBuilt(app));
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

async function buildNext(queue) {
  for (let app = queue.shift(); app; app = queue.shift()) {
    const stamp = stampOf(app);
    const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
    const { code, output } = await run(process.execPath, [nest, 'build', app], { cwd: root });
    if (code !== 0 || !existsSync(mainOf(app))) throw new Problem(`building ${app} failed:\n${output}`);
    writeFileSync(stampFile(app), stamp);
  }
}
