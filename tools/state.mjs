/** What a running platform of this clone tells the other tools. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLocal, local } from './places.mjs';
import { isAlive, recall, stopRemembered } from './processes.mjs';

const stateFile = join(local, 'state.json');
export const launcherFile = join(local, 'launcher.json');
/** The order in which processes of an earlier run are stopped. */
const remembered = ['api', 'worker', 'sandbox', 'redis', 'mysql'];

export function writeState(state) {
  writeFileSync(inLocal('state.json'), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}

export function readState() {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8'));
  } catch {
    return undefined;
  }
}

export function clearState() {
  rmSync(stateFile, { force: true });
}

/** The launcher that runs this clone's platform now, or undefined. */
export function runningLauncher() {
  const holder = recall(launcherFile);
  return holder && isAlive(holder) ? holder : undefined;
}

/** Ends what a killed launcher left running; returns the names of what was found. */
export function stopLeftovers(runFolder = join(local, 'run')) {
  return stopRemembered(runFolder, remembered);
}
