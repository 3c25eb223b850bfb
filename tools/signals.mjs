/** Ctrl-C, SIGTERM and SIGHUP end everything in order; the second one ends it at once. */
import { killEverything, stopEverything } from './supervised.mjs';
import { say } from './terminal.mjs';

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** `after` cleans up when everything has stopped. Resolves after the first signal, with its usual exit
 * code, when all is done. */
export function stopOnSignal(after = () => undefined) {
  return new Promise((done) => {
    let first = true;
    for (const [signal, code] of Object.entries(exitCodes)) {
      process.on(signal, () => {
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
      });
    }
  });
}
