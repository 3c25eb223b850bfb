/** Ctrl-C, SIGTERM and SIGHUP end everything in order; the second one ends it at once. */
import { parentOf } from './processes.mjs';
import { killEverything, stopEverything } from './supervised.mjs';
import { say } from './terminal.mjs';

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const watchMilliseconds = 1000;

/**
 * `after` cleans up when everything has stopped. Resolves after the first signal, with its usual exit code, when all
 * is done.
 */
export function stopOnSignal(after = () => undefined) {
  return new Promise((done) => {
    let first = true;
    const onSignal = (signal) => {
      const code = exitCodes[signal];
      if (!first) {
        killEverything();
        after();
        process.exit(code);
      }
      first = false;
      say(`\n${signal}: stopping (once more to kill)`);
      stopEverything()
        .then(after)
        .then(() => done(code));
    };
    for (const signal of Object.keys(exitCodes)) process.on(signal, onSignal);
    whenNpmEnds(() => first && onSignal('SIGTERM'));
  });
}

// npm dies of a SIGTERM without telling the shell between it and us; a new parent is how we learn of it.
function whenNpmEnds(react) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    react();
  }, watchMilliseconds);
  timer.unref();
}
