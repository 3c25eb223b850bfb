import { pino } from 'pino';
import { ConfigError, readConfig } from './config.js';
import { startSandbox } from './sandbox.js';

const stopSecondsMax = 10;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel, base: { app: 'sandbox' } });
  const die = (error: unknown): never => {
    log.fatal({ err: error }, 'the sandbox stops: it cannot go on safely');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  const sandbox = await startSandbox(config, log, die);
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => die(new Error(`Not stopped after ${stopSecondsMax} s.`)), stopSecondsMax * 1000).unref();
    sandbox.stop().then(() => log.info('stopped'), die);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError;
  process.stderr.write(`sandbox: ${isExpected ? error.message : String(error)}\n`);
  process.exit(1);
});
