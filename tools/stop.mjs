/** `npm run stop`: ends this folder's platform, from another terminal. */
import { rmSync } from 'node:fs';
import { stopProcess } from './processes.mjs';
import { clearState, launcherFile, runningLauncher, stopLeftovers } from './state.mjs';
import { runTool, say, step } from './terminal.mjs';

/** The launcher stops its processes one after the other; each has its own limit. */
const graceSeconds = 240;

export async function stopPlatform() {
  const launcher = runningLauncher();
  if (launcher) await step('stopping the platform', () => stopProcess(launcher, { graceSeconds }));
  const leftovers = await stopLeftovers();
  if (leftovers.length > 0) say(`- stopped what a killed run left: ${leftovers.join(', ')}`);
  clearState();
  rmSync(launcherFile, { force: true });
  return launcher !== undefined || leftovers.length > 0;
}

if (import.meta.filename === process.argv[1]) {
  await runTool(async () => {
    if (!(await stopPlatform())) say('Nothing of this folder is running.');
  });
}
