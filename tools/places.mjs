/** Where things are. Everything the tools write lies under `.local/` in the clone, or under `dist/`. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const local = join(root, '.local');

/** A short name for this clone, for things that live outside of it: docker projects, sockets. */
export const cloneName = createHash('sha256').update(root).digest('hex').slice(0, 8);

/** A path below `.local/`, its parent made. */
export function inLocal(...parts) {
  const path = join(local, ...parts);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** The built program of an app. */
export function mainOf(app) {
  return join(root, 'dist', 'apps', app, 'apps', app, 'src', 'main.js');
}
