import { ApiConfig, ConfigError, createLogger, listenRefusal, loadConfig } from '@hehuo/platform';
import { createApi } from './bootstrap.js';

const stopSecondsMax = 40;

async function main(): Promise<void> {
  const config = loadConfig(ApiConfig, process.env);
  const logger = createLogger('api', config.LOG_LEVEL);
  const die = (error: unknown): never => {
    logger.fatal({ err: error }, 'the api stops: it cannot go on safely');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  const app = await createApi(config, { logger });
  await app.listen(config.PORT, config.HOST).catch((error: unknown) => {
    throw listenRefusal(error, { name: 'PORT', value: config.PORT });
  });
  logger.info({ url: await app.getUrl() }, 'api ready');
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => die(new Error(`not stopped after ${stopSecondsMax} s`)), stopSecondsMax * 1000).unref();
    app.close().then(() => logger.info('stopped'), die);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const isExpected = error instanceof ConfigError;
  process.stderr.write(`api: ${isExpected ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(1);
});
