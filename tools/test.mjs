/**
 * `npm test`: lint, build, fresh data services, every test; then one line with the sums.
 * `npm test -- libs/ledger` runs what Jest finds under these words, without the lint.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './binaries.mjs';
import { ensureBuild } from './build.mjs';
import { canInstall, installPackages } from './debian.mjs';
import { checkNode, ensureDependencies } from './dependencies.mjs';
import { removePassingServices, startPassingServices } from './passing-services.mjs';
import { inLocal, root } from './places.mjs';
import { isHalted, run } from './processes.mjs';
import { stopOnSignal } from './signals.mjs';
import { stopEverything } from './supervised.mjs';
import { runTool, say, seconds, warn } from './terminal.mjs';

const purpose = 'test';
const words = process.argv.slice(2);
/** Only tests that start real processes of ours need the built apps, and some of them a browser; folders say which. */
const isWanted = (folders) => words.length === 0 || words.some((word) => folders.test(word));
const needsBuild = isWanted(/^(test\/?$|test\/(faults|browser|web))/);
const needsBrowser = isWanted(/^(test\/?$|test\/(browser|web))/);

async function lint() {
  const since = performance.now();
  say('- checking the rules (npm run lint) ...');
  const { code, output } = await run('npm', ['run', '--silent', 'lint'], { cwd: root });
  say(code === 0 ? `  rules: all kept, ${seconds(since)}` : `${output}\n  rules: broken, ${seconds(since)}`);
  return code === 0;
}

/** Where there is none and none can be installed, the tests that need it fail with what to do. */
async function ensureBrowser() {
  if (!needsBrowser || findChromium() || !canInstall()) return;
  await installPackages(['chromium']).catch((error) => warn(error.message));
}

async function jest({ mysqlOwnerUrl, redisUrl }) {
  const report = inLocal(purpose, `run-${process.pid}`, 'report.json');
  rmSync(report, { force: true });
  const program = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { code } = await run(process.execPath, [program, '--json', `--outputFile=${report}`, ...words], {
    cwd: root,
    stdio: ['inherit', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'test',
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`,
      TEST_MYSQL_OWNER_URL: mysqlOwnerUrl,
      TEST_REDIS_URL: redisUrl,
      CHROMIUM_PATH: findChromium(),
    },
  });
  return existsSync(report)
    ? sumsOf(JSON.parse(readFileSync(report, 'utf8')), code)
    : { passed: 0, failed: 1 };
}

/** A file that cannot be loaded holds tests that nobody counted: it counts as one that failed. */
function sumsOf({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }, code) {
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

async function testAll() {
  await ensureDependencies();
  // Before the data services: two calls of apt at once would lock each other out.
  await ensureBrowser();
  const lintFirst = words.length === 0;
  const [kept, services] = await Promise.all([
    lintFirst ? lint() : true,
    startPassingServices(purpose, { inMemory: true }),
    needsBuild ? ensureBuild() : undefined,
  ]);
  const { passed, failed } = await jest(services);
  return { passed, failed: failed + (kept ? 0 : 1) };
}

await runTool(async () => {
  checkNode();
  const tidy = () => removePassingServices(purpose);
  const stopped = stopOnSignal(tidy);
  stopped.then((code) => process.exit(code));
  try {
    const { passed, failed } = await testAll();
    await stopEverything();
    tidy();
    say(`${passed} passed, ${failed} failed`);
    process.exit(passed > 0 && failed === 0 ? 0 : 1);
  } catch (error) {
    if (isHalted()) return stopped;
    await stopEverything();
    tidy();
    process.stderr.write(`\n${error.message}\n`);
    say('0 passed, 1 failed');
    return 1;
  }
});
