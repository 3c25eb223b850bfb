/**
 * `npm run ops -- <command>`: the command line of the platform, with the settings of this folder. Beside a running
 * `npm start` it uses its services; else it starts the local ones for as long as the command takes.
 */
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { checkNode, ensureDependencies } from './dependencies.mjs';
import { choosePorts, databaseUrls, settingsFor } from './environment.mjs';
import { local } from './places.mjs';
import { ops } from './platform.mjs';
import { releaseLock, takeLock } from './processes.mjs';
import { secrets } from './secrets.mjs';
import { startServices } from './services.mjs';
import { stopOnSignal } from './signals.mjs';
import { launcherFile, readState, runningLauncher, stopLeftovers } from './state.mjs';
import { stopEverything } from './supervised.mjs';
import { Problem, leaveOutputAlone, runTool } from './terminal.mjs';

/** Commands that talk to the platform through HTTP. */
const needPlatform = ['story'];
const args = process.argv.slice(2);

async function besidePlatform() {
  const settings = readState()?.settings;
  if (!settings) throw new Problem('The platform is still starting; try again when it is ready.');
  return (await ops(args, settings, { stdio: 'inherit' })).code;
}

async function alone() {
  if (needPlatform.includes(args[0]))
    throw new Problem('Start the platform first, in another terminal: npm start');
  if (takeLock(launcherFile))
    throw new Problem('Another command is at work in this folder; try again when it is done.');
  const tidy = () => releaseLock(launcherFile);
  stopOnSignal(tidy).then((code) => process.exit(code));
  try {
    await stopLeftovers();
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
    const settings = settingsFor({ database, redis: services.redis, chosenPorts, secrets: keys });
    return (await ops(args, settings, { stdio: 'inherit' })).code;
  } finally {
    await stopEverything();
    tidy();
  }
}

await runTool(() => {
  checkNode();
  leaveOutputAlone();
  return runningLauncher() ? besidePlatform() : alone();
});
