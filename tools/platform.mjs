/** The platform's own processes: its one-off commands and the three that keep running. */
import { environmentOf } from './environment.mjs';
import { httpReady } from './network.mjs';
import { mainOf, root } from './places.mjs';
import { run } from './processes.mjs';
import { Supervised } from './supervised.mjs';
import { Problem, step, warn } from './terminal.mjs';

const follow = new URL('follow-launcher.mjs', import.meta.url).href;

const kept = [
  { name: 'sandbox', port: 'SANDBOX_PORT', order: 3 },
  { name: 'worker', port: 'WORKER_PORT', order: 4 },
  { name: 'api', port: 'PORT', order: 5 },
];

export function ops(args, settings, options = {}) {
  return run(process.execPath, [mainOf('ops'), ...args], {
    cwd: root,
    env: environmentOf('ops', settings),
    ...options,
  });
}

/**
 * Brings the schema up to date. On a server that somebody else runs, the given user may lack the right to make
 * users: then everything runs as that user, and history is protected by habit only. Returns the settings to use.
 */
export async function migrate(settings, { given, mayFallBack }) {
  return step('bringing the database up to date (ops migrate)', async () => {
    const first = await ops(['migrate'], settings);
    if (first.code === 0) return settings;
    if (!mayFallBack) throw new Problem(`ops migrate failed:\n${first.output.trimEnd()}`);
    const asGiven = { ...settings, MYSQL_URL: given };
    const second = await ops(['migrate'], asGiven);
    if (second.code !== 0) throw new Problem(`ops migrate failed:\n${second.output.trimEnd()}`);
    warn(
      'the user of MYSQL_URL cannot make a restricted user, so the platform runs as it: append-only is not enforced',
    );
    return asGiven;
  });
}

/** Resolves with what the command prints for the newcomer: the demo's sign-ins. */
export async function seedDemo(settings) {
  return step('putting in the demo (ops seed --demo)', async () => {
    // What it is doing goes to the terminal as it happens; the sign-ins are kept for the end.
    const stdio = ['ignore', 'pipe', 'inherit'];
    const { code, output } = await ops(['seed', '--demo'], settings, { stdio });
    if (code !== 0) throw new Problem('ops seed --demo failed; what it said stands above.');
    return output.trimEnd();
  });
}

/** MiB in which short-lived objects die cheaply: at Node's 16 a fifth of a busy api's time went into collecting them. */
const youngSpace = '--max-semi-space-size=32';

/** Starts sandbox, worker and api side by side; resolves with them when all serve. */
export async function startProcesses(settings) {
  return step('starting sandbox, worker and api', async () => {
    const processes = kept.map(({ name, port, order }) =>
      new Supervised({
        name,
        order,
        command: () => [
          process.execPath,
          [youngSpace, '--import', follow, mainOf(name)],
          environmentOf(name, settings),
        ],
        ready: () => httpReady(`http://127.0.0.1:${settings[port]}/ready`),
        graceSeconds: 45,
        follow: true,
      }).start(),
    );
    await Promise.all(processes.map((one) => one.untilReady()));
    return processes;
  });
}
