/** `npm run reset`: stops this folder's platform and deletes its local data. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { engineAnswers, removeContainers } from './containers.mjs';
import { local } from './places.mjs';
import { stopPlatform } from './stop.mjs';
import { runTool, say } from './terminal.mjs';

/** What holds no data of the platform: a build is still good after a reset. */
const kept = ['build'];

await runTool(async () => {
  await stopPlatform();
  // A database that MYSQL_URL names is not ours to empty, and its encrypted fields need the keys of this clone.
  const external = process.env.MYSQL_URL !== undefined || !existsSync(join(local, 'mysql'));
  const keep = [...kept, ...(external ? ['secrets.json'] : [])];
  const doomed = existsSync(local) ? readdirSync(local).filter((name) => !keep.includes(name)) : [];
  for (const name of doomed) rmSync(join(local, name), { recursive: true, force: true });
  if (await engineAnswers()) await removeContainers('start');
  say(doomed.length > 0 ? `Deleted from .local: ${doomed.join(', ')}.` : 'There was no local data.');
  if (external)
    say('Servers named by MYSQL_URL or REDIS_URL, and the keys to what they hold, are left alone.');
});
