import { processTerminal } from './output/terminal.js';
import { runOps } from './program.js';

const leaveMs = 1_000;

// A reader that closes the pipe early (`ops ledger | head`) is no fault.
process.stdout.on('error', () => process.exit(0));

process.exitCode = await runOps(process.argv.slice(2), {
  terminal: processTerminal(),
  environment: process.env,
});
// A connection that a failed start left open must not hold the terminal.
setTimeout(() => process.exit(), leaveMs).unref();
