/** `npm run bench`: fresh data services on the real disk, the built apps, and the measurements of test/bench. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { checkNode, ensureDependencies } from './dependencies.mjs';
import { removePassingServices, startPassingServices } from './passing-services.mjs';
import { root } from './places.mjs';
import { run } from './processes.mjs';
import { stopOnSignal } from './signals.mjs';
import { stopEverything } from './supervised.mjs';
import { Problem, runTool } from './terminal.mjs';

const purpose = 'bench';
const config = join(root, 'test', 'bench', 'jest.config.mjs');

await runTool(async () => {
  checkNode();
  if (!existsSync(config))
    throw new Problem('There is nothing to measure: test/bench/jest.config.mjs is missing.');
  const tidy = () => removePassingServices(purpose);
  stopOnSignal(tidy).then((code) => process.exit(code));
  try {
    await ensureDependencies();
    // Memory would flatter: a commit has to reach the disk.
    const [services] = await Promise.all([startPassingServices(purpose, { inMemory: false }), ensureBuild()]);
    const { code } = await run(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
        ...['--config', config, '--runInBand'],
        ...process.argv.slice(2),
      ],
      {
        cwd: root,
        stdio: 'inherit',
        env: {
          ...process.env,
          NODE_ENV: 'test',
          TEST_MYSQL_OWNER_URL: services.mysqlOwnerUrl,
          TEST_REDIS_URL: services.redisUrl,
        },
      },
    );
    return code;
  } finally {
    await stopEverything();
    tidy();
  }
});
