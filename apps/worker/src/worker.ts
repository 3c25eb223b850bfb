import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CheckKeys } from '@hehuo/identity';
import { Clock } from '@hehuo/kernel';
import {
  ConfigError,
  Database,
  Leases,
  listenRefusal,
  OutboxReader,
  refuseUnfitServices,
  Storage,
  type Logger,
  type WorkerConfig,
} from '@hehuo/platform';
import { CONTEXT_INVARIANTS } from './contexts.js';
import type { Resolve } from './jobs/job-handlers.js';
import { JobRunner } from './jobs/job-runner.js';
import { buildRegistry } from './jobs/registry.js';
import { allSweeps } from './loops/all-sweeps.js';
import { RelayLine } from './loops/relay.loop.js';
import { Sweeper } from './loops/sweep.js';
import { Metrics } from './status/metrics.js';
import { Readiness } from './status/readiness.js';
import { addReadings } from './status/readings.js';
import { BookCheck } from './upkeep/book-check.js';
import { WorkerEngine } from './worker-engine.js';
import { WorkerModule } from './worker.module.js';

export interface RunningWorker {
  readonly app: NestFastifyApplication;
  /** Starts queues and loops, and listens; answers with its URL. */
  start(): Promise<string>;
  /** Ends in order: nothing new, what runs, the pool. */
  stop(): Promise<void>;
}

/** Builds the whole worker without starting it. Throws a {@link ConfigError} when a service cannot be used as set. */
export async function createWorker(config: WorkerConfig, logger: Logger): Promise<RunningWorker> {
  const app = await NestFactory.create<NestFastifyApplication>(
    WorkerModule.with(config, logger),
    new FastifyAdapter(),
    {
      logger: false,
      abortOnError: false,
    },
  );
  let engine: WorkerEngine | undefined;
  try {
    const services = { database: app.get(Database), storage: app.get(Storage, { strict: false }) };
    await refuseUnfitServices(services, config, logger);
    const foreignKeys = await app.get(CheckKeys, { strict: false }).execute();
    if (foreignKeys.length > 0) throw new ConfigError(foreignKeys);
    engine = buildEngine(app, config, logger);
    await app.init();
  } catch (error) {
    await engine?.beforeApplicationShutdown();
    await app.close();
    throw error;
  }
  const running = engine;
  return {
    app,
    start: async () => {
      await app.listen(config.WORKER_PORT, config.WORKER_HOST).catch((error: unknown) => {
        throw listenRefusal(error, { name: 'WORKER_PORT', value: config.WORKER_PORT });
      });
      running.start();
      const url = await app.getUrl();
      logger.info({ url }, 'worker ready');
      return url;
    },
    stop: async () => {
      await running.beforeApplicationShutdown();
      await app.close();
    },
  };
}

function buildEngine(app: NestFastifyApplication, config: WorkerConfig, logger: Logger): WorkerEngine {
  const resolve: Resolve = (token) => app.get(token, { strict: false });
  const [database, leases, clock] = [resolve(Database), resolve(Leases), resolve(Clock)] as const;
  const metrics = resolve(Metrics);
  const handlers = buildRegistry(resolve);
  const sweeps = allSweeps(resolve);
  addReadings(metrics, resolve);
  return new WorkerEngine({
    jobs: new JobRunner({
      redisUrl: config.REDIS_URL,
      prefix: config.REDIS_PREFIX,
      handlers,
      metrics,
      logger,
    }),
    relay: new RelayLine(config.REDIS_URL, config.REDIS_PREFIX, resolve(OutboxReader), clock),
    sweepers: sweeps.map(
      (sweep) => new Sweeper(sweep, { leases, metrics, logger, nowMs: () => clock.now().getTime() }),
    ),
    books: new BookCheck({ database, leases, metrics, logger, clock, invariants: CONTEXT_INVARIANTS }),
    metrics,
    readiness: resolve(Readiness),
    logger,
  });
}
