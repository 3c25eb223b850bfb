import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join('apps', 'web', 'src', 'routes');

/** Every address that the app's router has, as its route files write it. */
export function addresses(): string[] {
  return readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\.\.\.at\('([^']+)'\)/g)].map(
      ([, address]) => address!,
    ),
  );
}
