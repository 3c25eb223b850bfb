import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { ApiConfig, PlatformModule, type Logger } from '@hehuo/platform';
import { AccessGuard } from './access/access.guard.js';
import type { PolicyTable } from './access/policy-rule.js';
import { SessionResolver } from './access/session-resolver.js';
import { POLICY_TABLE } from './access/tokens.js';
import { CONTEXT_CONTROLLERS, CONTEXT_MODULES, CONTEXT_PROVIDERS } from './contexts.js';
import { HealthController } from './health/health.controller.js';
import { Metrics } from './health/metrics.js';
import { Readiness } from './health/readiness.js';
import { DtoPipe } from './http/validation.pipe.js';
import { Drains } from './lifecycle/drains.js';
import { LOGGER } from './observability/tokens.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { ProblemsController } from './problem/problems.controller.js';

export interface ApiParts {
  readonly config: ApiConfig;
  readonly logger: Logger;
  readonly policies: PolicyTable;
  readonly sessions: SessionResolver | undefined;
  /** Tests add their own controllers here. */
  readonly extra: ModuleMetadata;
}

@Module({})
export class AppModule {
  static with({ config, logger, policies, sessions, extra }: ApiParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with({
          database: { url: config.MYSQL_URL, poolMax: config.MYSQL_POOL_MAX, entities: [] },
          fieldKey: config.FIELD_KEY,
          blindIndexKey: config.BLIND_INDEX_KEY,
          shortDeadlines: config.DEMO_SHORT_DEADLINES === 'yes',
        }),
        ...CONTEXT_MODULES,
        ...(extra.imports ?? []),
      ],
      controllers: [
        HealthController,
        ProblemsController,
        ...CONTEXT_CONTROLLERS,
        ...(extra.controllers ?? []),
      ],
      providers: [
        { provide: ApiConfig, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: POLICY_TABLE, useValue: policies },
        { provide: Metrics, useFactory: () => new Metrics(config.NODE_ENV !== 'test') },
        Readiness,
        Drains,
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
