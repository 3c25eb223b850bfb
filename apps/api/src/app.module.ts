import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import type { Redis } from 'ioredis';
import { Clock } from '@hehuo/kernel';
import {
  ApiConfig,
  Database,
  PlatformModule,
  placeOf,
  producerConnection,
  type Logger,
} from '@hehuo/platform';
import { AccessGuard } from './access/access.guard.js';
import type { PolicyTable } from './access/policy-rule.js';
import { RouteTable } from './access/route-table.js';
import { SessionCookie } from './access/session-cookie.js';
import { SessionResolver } from './access/session-resolver.js';
import { POLICY_TABLE } from './access/tokens.js';
import { CONTEXT_CONTROLLERS, CONTEXT_PROVIDERS, contextModules } from './contexts.js';
import { HealthController } from './health/health.controller.js';
import { Metrics } from './health/metrics.js';
import { Readiness } from './health/readiness.js';
import { SharedCounters } from './http/shared-counters.js';
import { DtoPipe } from './http/validation.pipe.js';
import { Drains } from './lifecycle/drains.js';
import { Leaving } from './lifecycle/leaving.js';
import { LOGGER, REDIS } from './observability/tokens.js';
import { DocsController } from './openapi/docs.controller.js';
import { OpenApi } from './openapi/openapi.js';
import { PageHeads } from './pages/page-heads.js';
import { PagesController } from './pages/pages.controller.js';
import { SharePicturesController } from './pages/share-pictures.controller.js';
import { SharePictures } from './pages/share-pictures.js';
import { webFiles, WebFiles } from './pages/web-files.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { ProblemsController } from './problem/problems.controller.js';
import { StreamController } from './stream/stream.controller.js';
import { StreamHub } from './stream/stream-hub.js';

export interface ApiParts {
  readonly config: ApiConfig;
  readonly logger: Logger;
  readonly policies: PolicyTable;
  readonly table: RouteTable;
  readonly sessions: SessionResolver | undefined;
  /** Tests add their own controllers here. */
  readonly extra: ModuleMetadata;
}

const SHELL_CONTROLLERS = [HealthController, ProblemsController, DocsController, StreamController];

@Module({})
export class AppModule {
  static with({ config, logger, policies, table, sessions, extra }: ApiParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with({
          database: { url: config.MYSQL_URL, poolMax: config.MYSQL_POOL_MAX, entities: [] },
          fieldKey: config.FIELD_KEY,
          blindIndexKey: config.BLIND_INDEX_KEY,
          shortDeadlines: config.DEMO_SHORT_DEADLINES === 'yes',
          storage: placeOf(config),
        }),
        ...contextModules(config),
        ...(extra.imports ?? []),
      ],
      // The pages answer every address that nothing else does, so they come last.
      controllers: [
        ...SHELL_CONTROLLERS,
        ...CONTEXT_CONTROLLERS,
        ...(extra.controllers ?? []),
        SharePicturesController,
        PagesController,
      ],
      providers: [
        { provide: ApiConfig, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: POLICY_TABLE, useValue: policies },
        { provide: Metrics, useFactory: () => new Metrics(config.NODE_ENV !== 'test') },
        { provide: RouteTable, useValue: table },
        // After the database: a boot that ends for want of it has no connections that nobody could close.
        { provide: REDIS, useFactory: () => producerConnection(config.REDIS_URL), inject: [Database] },
        {
          provide: SharedCounters,
          useFactory: (redis: Redis, clock: Clock) => new SharedCounters(redis, config.REDIS_PREFIX, clock),
          inject: [REDIS, Clock],
        },
        {
          provide: StreamHub,
          useFactory: (reader: Redis, metrics: Metrics, drains: Drains) => {
            const { REDIS_URL: redisUrl, REDIS_PREFIX: prefix } = config;
            const hub = new StreamHub({ redisUrl, reader, prefix, metrics });
            drains.add('stream', () => Promise.resolve(hub.close()));
            return hub;
          },
          inject: [REDIS, Metrics, Drains],
        },
        OpenApi,
        PageHeads,
        SharePictures,
        Readiness,
        SessionCookie,
        { provide: WebFiles, useFactory: () => webFiles(config.WEB_FOLDER, logger) },
        Drains,
        Leaving,
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useClass: DtoPipe },
        ...CONTEXT_PROVIDERS,
        ...(extra.providers ?? []),
        ...(sessions ? [{ provide: SessionResolver, useValue: sessions }] : []),
      ],
    };
  }
}
