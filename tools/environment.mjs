/** The settings that the local platform runs with. */
import { mkdirSync } from 'node:fs';
import { freePort, isFree } from './network.mjs';
import { inLocal } from './places.mjs';
import { Problem, say } from './terminal.mjs';

const defaultDatabase = 'hehuo';
const databaseUserMax = 32;
const ports = { PORT: 3000, WORKER_PORT: 3001, SANDBOX_PORT: 3002 };

/** A port that is asked for must be free; a default one gives way. */
export async function choosePorts() {
  const chosen = {};
  for (const [name, byDefault] of Object.entries(ports)) {
    const asked = process.env[name];
    const port = Number(asked ?? byDefault);
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new Problem(`${name} is not a port: ${asked}`);
    if (port > 0 && (await isFree(port))) {
      chosen[name] = String(port);
      continue;
    }
    if (asked && port > 0) throw new Problem(`${name}=${asked} is in use on this machine.`);
    chosen[name] = String(await freePort());
    if (port > 0) say(`- port ${port} is in use; ${name} is ${chosen[name]} instead`);
  }
  return chosen;
}

/**
 * The owner makes the tables and the application's user; the processes know only the latter. A server of our own
 * always has both; on a server that MYSQL_URL names, `ops migrate` finds out what the given user may do.
 */
export function databaseUrls(mysql, { appPassword }) {
  const owner = new URL(mysql.url);
  if (owner.pathname.length <= 1) owner.pathname = `/${defaultDatabase}`;
  if (mysql.kind === 'url' && process.env.MYSQL_OWNER_URL) {
    return { owner: process.env.MYSQL_OWNER_URL, app: owner.href, given: owner.href };
  }
  const app = new URL(owner);
  app.username = `${owner.pathname.slice(1)}_app`.slice(0, databaseUserMax);
  app.password = appPassword;
  return { owner: owner.href, app: app.href, given: owner.href };
}

export function settingsFor({ database, redis, chosenPorts, secrets }) {
  const sandboxBooks = inLocal('sandbox');
  const files = process.env.STORAGE_FOLDER ?? (process.env.STORAGE_S3_URL ? '' : inLocal('files'));
  for (const folder of [sandboxBooks, files].filter(Boolean)) mkdirSync(folder, { recursive: true });
  const publicUrl = process.env.PUBLIC_URL ?? `http://127.0.0.1:${chosenPorts.PORT}`;
  return {
    NODE_ENV: process.env.NODE_ENV ?? 'development',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
    ...chosenPorts,
    MYSQL_URL: database.app,
    MYSQL_OWNER_URL: database.owner,
    REDIS_URL: redis.url,
    PUBLIC_URL: publicUrl,
    API_URL: `http://127.0.0.1:${chosenPorts.PORT}`,
    SANDBOX_URL: `http://127.0.0.1:${chosenPorts.SANDBOX_PORT}`,
    SANDBOX_SECRET: process.env.SANDBOX_SECRET ?? secrets.sandboxSecret,
    SANDBOX_BOOKS: sandboxBooks,
    STORAGE_FOLDER: files,
    FIELD_KEY: process.env.FIELD_KEY ?? secrets.fieldKey,
    DEMO_SHORT_DEADLINES:
      process.env.DEMO_SHORT_DEADLINES ?? (process.env.NODE_ENV === 'production' ? 'no' : 'yes'),
    BLIND_INDEX_KEY: process.env.BLIND_INDEX_KEY ?? secrets.blindIndexKey,
  };
}

/** The environment of a process: ours above the terminal's, without what npm adds. Only ops knows the owner. */
export function environmentOf(app, settings) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) && name !== 'MYSQL_OWNER_URL',
  );
  const { MYSQL_OWNER_URL, ...rest } = settings;
  return { ...Object.fromEntries(own), ...rest, ...(app === 'ops' ? { MYSQL_OWNER_URL } : {}) };
}
