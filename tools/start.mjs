/** `npm start`: everything that the platform needs, then the platform, in the foreground. */
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { followComplaints } from './complaints.mjs';
import { checkNode, ensureDependencies } from './dependencies.mjs';
import { choosePorts, databaseUrls, settingsFor } from './environment.mjs';
import { local } from './places.mjs';
import { migrate, seedDemo, startProcesses } from './platform.mjs';
import { isHalted, releaseLock, takeLock } from './processes.mjs';
import { secrets } from './secrets.mjs';
import { startServices } from './services.mjs';
import { stopOnSignal } from './signals.mjs';
import { clearState, launcherFile, readState, stopLeftovers, writeState } from './state.mjs';
import { stopEverything } from './supervised.mjs';
import { Problem, runTool, say, seconds } from './terminal.mjs';

async function bringUp() {
  const since = performance.now();
  clearState();
  const leftovers = await stopLeftovers();
  if (leftovers.length > 0) say(`- an earlier run was killed; stopped what it left: ${leftovers.join(', ')}`);
  const keys = secrets();
  const [services, chosenPorts] = await Promise.all([
    startServices({
      folder: local,
      logFolder: join(local, 'log'),
      runFolder: join(local, 'run'),
      purpose: 'start',
      ownerPassword: keys.ownerPassword,
      lasting: true,
    }),
    choosePorts(),
    ensureDependencies().then(ensureBuild),
  ]);
  const database = databaseUrls(services.mysql, keys);
  const wanted = settingsFor({ database, redis: services.redis, chosenPorts, secrets: keys });
  const mayFallBack = services.mysql.kind === 'url' && !process.env.MYSQL_OWNER_URL;
  const settings = await migrate(wanted, { given: database.given, mayFallBack });
  const signIns = await seedDemo(settings);
  const processes = await startProcesses(settings);
  const kinds = { mysql: services.mysql.kind, redis: services.redis.kind };
  writeState({ url: settings.PUBLIC_URL, settings, services: kinds });
  followComplaints(processes);
  welcome(settings, signIns, since);
}

function welcome(settings, signIns, since) {
  say('');
  if (signIns) say(`${signIns}\n`);
  say(`Hehuo is ready after ${seconds(since)}.`);
  say(`  platform   ${settings.PUBLIC_URL}`);
  say(`  API        ${settings.PUBLIC_URL}/v1/docs`);
  say(`  sandbox    ${settings.SANDBOX_URL}   (the payment gateway of the demo)`);
  say('  logs       .local/log/');
  say('In another terminal: npm run ops -- story   walks one whole case. Ctrl-C stops; the data is kept.');
}

await runTool(async () => {
  checkNode();
  if (takeLock(launcherFile)) {
    const url = readState()?.url;
    throw new Problem(
      `The platform of this folder is already ${url ? `running at ${url}` : 'starting'}. Stop it with: npm run stop`,
    );
  }
  const tidy = () => {
    clearState();
    releaseLock(launcherFile);
  };
  const stopped = stopOnSignal(tidy);
  const up = bringUp().catch(async (error) => {
    // Cut off by a signal: the signal's own clean-up says the rest.
    if (isHalted()) return stopped;
    await stopEverything();
    tidy();
    throw error;
  });
  await Promise.race([stopped, up.then(() => stopped)]);
  await stopped;
  say('Stopped; the data is kept.');
  // Nothing is left to wait for; a step that was cut off must not hold the terminal.
  process.exit(0);
});
