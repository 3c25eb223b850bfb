/**
 * The data services, from the first place that has them: a URL in the environment, a server installed on this
 * machine and run privately, packages of Debian, containers. Each of the two is found by itself.
 */
import { join } from 'node:path';
import { findMysql, findRedis } from './binaries.mjs';
import { engineAnswers, startContainers } from './containers.mjs';
import { canInstall, installPackages } from './debian.mjs';
import { mysqlAnswers, redisAnswers } from './network.mjs';
import { startMysql } from './mysql-server.mjs';
import { startRedis } from './redis-server.mjs';
import { stopLater } from './supervised.mjs';
import { Problem, say, step, warn } from './terminal.mjs';

const kinds = {
  mysql: {
    variable: 'MYSQL_URL',
    find: findMysql,
    start: startMysql,
    answers: mysqlAnswers,
    defaultPort: 3306,
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    say: 'MariaDB 10.11+ or MySQL 8+',
  },
  redis: {
    variable: 'REDIS_URL',
    find: findRedis,
    start: startRedis,
    answers: redisAnswers,
    defaultPort: 6379,
    packages: ['redis-server'],
    say: 'Redis 6.2+',
  },
};

/**
 * Options: `folder` for data, `purpose` for containers, `ownerPassword`, `lasting`; `runFolder` and `logFolder` for
 * our own files. Resolves with `{ kind, url }` for each service; stopEverything() ends what was started.
 */
export async function startServices(options) {
  const places = Object.fromEntries(Object.keys(kinds).map((name) => [name, placeOf(name)]));
  await installMissing(places);
  const entries = await Promise.all(
    Object.entries(places).map(async ([name, place]) => [name, await startOne(name, place, options)]),
  );
  return { ...Object.fromEntries(entries), ...(await startInContainers(places, options)) };
}

function placeOf(name) {
  const { variable, find } = kinds[name];
  if (process.env[variable]) return { kind: 'url', url: process.env[variable] };
  const found = find();
  return found?.program ? { kind: 'private', found } : { kind: 'missing', tooOld: found?.tooOld };
}

async function installMissing(places) {
  // A server that is installed and too old may be in use: its package is not replaced behind its owner's back.
  const missing = Object.keys(places).filter(
    (name) => places[name].kind === 'missing' && !places[name].tooOld,
  );
  if (missing.length > 0 && canInstall()) {
    // Where apt has no such package, a container may do.
    await installPackages(missing.flatMap((name) => kinds[name].packages)).catch((error) =>
      warn(error.message),
    );
    for (const name of missing) places[name] = placeOf(name);
  }
  const still = Object.keys(places).filter((name) => places[name].kind === 'missing');
  if (still.length > 0 && !(await engineAnswers())) throw new Problem(adviceFor(still, places));
}

function adviceFor(names, places) {
  const wanted = names.map((name) => kinds[name].say).join(' and ');
  const old = names.flatMap((name) => places[name].tooOld ?? []);
  const packages = names.flatMap((name) => kinds[name].packages).join(' ');
  const variables = names.map((name) => kinds[name].variable).join(' and ');
  return [
    `No ${wanted} was found.`,
    ...old,
    'One of these helps:',
    `  - install it (Debian, Ubuntu: sudo apt-get install ${packages}; macOS: brew install mariadb redis)`,
    `  - start Docker, and run this again`,
    `  - name a running server in ${variables}`,
  ].join('\n');
}

async function startOne(name, place, options) {
  if (place.kind === 'url') return useUrl(name, place.url);
  if (place.kind === 'missing') return undefined;
  const own = place.found.flavour ?? name;
  const url = await step(`starting a private ${own}`, () =>
    kinds[name].start(place.found, {
      ...options,
      folder: join(options.folder, name),
      logFile: join(options.logFolder, `${name}.log`),
      runFile: join(options.runFolder, `${name}.json`),
    }),
  );
  return { kind: 'private', url };
}

async function useUrl(name, text) {
  const { variable, answers, defaultPort } = kinds[name];
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new Problem(`${variable} is not a URL.`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || defaultPort;
  // A TLS Redis does not answer in clear text; the processes will find out.
  if (url.protocol !== 'rediss:' && !(await answers(host, port))) {
    throw new Problem(`${variable} names ${host}:${port}, but no ${name} answers there.`);
  }
  say(`- using ${name} at ${host}:${port} (${variable})`);
  return { kind: 'url', url: text };
}

async function startInContainers(places, options) {
  const names = Object.keys(places).filter((name) => places[name].kind === 'missing');
  if (names.length === 0) return {};
  const containers = await startContainers(names, options);
  stopLater({ order: 0, stop: containers.stop, kill: () => undefined });
  return Object.fromEntries(names.map((name) => [name, { kind: 'container', url: containers.urls[name] }]));
}
