/** What a person at the terminal sees: one line a step, with the seconds it took. */

// A closed terminal must not stop the orderly end of the processes.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

/** A failure with a message for people: printed without a stack. */
export class Problem extends Error {}

let channel = process.stdout;

/** For tools whose output is somebody's data: what we say about our own work goes to the other channel. */
export function leaveOutputAlone() {
  channel = process.stderr;
}

export function say(text) {
  channel.write(`${text}\n`);
}

export function warn(text) {
  process.stderr.write(`warning: ${text}\n`);
}

export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Says what is being done, does it, says how long it took. */
export async function step(text, work) {
  const since = performance.now();
  say(`- ${text} ...`);
  const result = await work();
  say(`  ${text}: done in ${seconds(since)}`);
  return result;
}

/** Runs a tool's main function; a {@link Problem} ends it with its message and code 1. */
export async function runTool(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`\n${error instanceof Problem ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
