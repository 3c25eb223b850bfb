/** The data services in containers, where an engine answers and nothing else is at hand. */
import { join } from 'node:path';
import { findProgram } from './binaries.mjs';
import { freePort, mysqlAnswers, redisAnswers } from './network.mjs';
import { cloneName, root } from './places.mjs';
import { run, waitUntil } from './processes.mjs';
import { Problem, step } from './terminal.mjs';

export async function engineAnswers() {
  const docker = findProgram('docker');
  if (!docker) return false;
  const probes = [['info'], ['compose', 'version']].map((args) => run(docker, args));
  return (await Promise.all(probes)).every(({ code }) => code === 0);
}

/**
 * Starts `names` (mysql, redis) on free ports of 127.0.0.1. `purpose` keeps the data of `npm start` and `npm test`
 * apart; `lasting` keeps it after stop().
 */
export async function startContainers(names, { purpose, ownerPassword, lasting }) {
  const ports = { mysql: await freePort(), redis: await freePort() };
  const compose = composeOf(purpose, { ownerPassword, ports });
  await step(`starting ${names.join(' and ')} in containers`, () =>
    compose(['up', '--detach', '--wait', ...names]),
  );
  const answers = { mysql: mysqlAnswers, redis: redisAnswers };
  for (const name of names) {
    await waitUntil(() => answers[name]('127.0.0.1', ports[name]), {
      seconds: 60,
      explain: () => `the container of ${name} does not answer on port ${ports[name]}`,
    });
  }
  return {
    urls: {
      mysql: `mysql://root:${ownerPassword}@127.0.0.1:${ports.mysql}/`,
      redis: `redis://127.0.0.1:${ports.redis}/0`,
    },
    stop: () => compose(lasting ? ['stop'] : ['down', '--volumes'], { always: true }),
  };
}

/** Removes the containers and the data of a purpose. */
export async function removeContainers(purpose) {
  await composeOf(purpose, { ownerPassword: 'unused', ports: { mysql: 0, redis: 0 } })(['down', '--volumes']);
}

function composeOf(purpose, { ownerPassword, ports }) {
  const files = ['compose.yaml', 'compose.local.yaml'].flatMap((name) => ['-f', join(root, 'docker', name)]);
  const project = ['-p', `hehuo-${purpose}-${cloneName}`];
  // Compose reads the whole file, also the parts that are not started here: they get values that nobody uses.
  const env = {
    ...process.env,
    MYSQL_ROOT_PASSWORD: ownerPassword,
    MYSQL_APP_PASSWORD: 'unused',
    FIELD_KEY: 'unused',
    BLIND_INDEX_KEY: 'unused',
    SANDBOX_SECRET: 'unused',
    PUBLIC_URL: 'unused',
    SMS_SENDER: 'log',
    LOCAL_MYSQL_PORT: String(ports.mysql),
    LOCAL_REDIS_PORT: String(ports.redis),
  };
  return async (args, { always = false } = {}) => {
    const { code, output } = await run('docker', ['compose', ...project, ...files, ...args], { env, always });
    if (code !== 0) throw new Problem(`docker compose ${args.join(' ')} failed:\n${output.trimEnd()}`);
  };
}
