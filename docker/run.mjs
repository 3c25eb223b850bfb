/** Becomes the app that the command names, in the same process, so that signals reach the app itself. */
import { existsSync } from 'node:fs';

const [node, , app = '', ...args] = process.argv;
const main = new URL(`../dist/apps/${app}/apps/${app}/src/main.js`, import.meta.url);
if (!/^[a-z]+$/.test(app) || !existsSync(main)) {
  process.stderr.write(`There is no app "${app}". Name one of: api, worker, ops, sandbox.\n`);
  process.exit(64);
}
process.argv = [node, main.pathname, ...args];
await import(main.href);
