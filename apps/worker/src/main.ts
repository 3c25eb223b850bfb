import { ConfigError, createLogger, loadConfig, WorkerConfig } from '@hehuo/platform';
import { createWorker } from './worker.js';

const stopSecondsMax = 40;

async function main(): Promise<void> {
  const config = loadConfig(WorkerConfig, process.env);
  const logger = createLogger('worker', config.LOG_LEVEL);
  const die = (error: unknown): never => {
    logger.fatal({ err: error }, 'the worker stops: it cannot go on safely');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  const worker = await createWorker(config, logger);
  await worker.start();
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => die(new Error(`not stopped after ${stopSecondsMax} s`)), stopSecondsMax * 1000).unref();
    worker.stop().then(() => logger.info('stopped'), die);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError;
  process.stderr.write(`worker: ${isExpected ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
});
