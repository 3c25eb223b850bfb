import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, placeOf, type Logger, type WorkerConfig } from '@hehuo/platform';
import { contextModules } from './contexts.js';
import { Metrics } from './status/metrics.js';
import { Readiness } from './status/readiness.js';
import { StatusController } from './status/status.controller.js';

@Module({})
export class WorkerModule {
  static with(config: WorkerConfig, logger: Logger): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with({
          database: { url: config.MYSQL_URL, poolMax: config.MYSQL_POOL_MAX, entities: [] },
          fieldKey: config.FIELD_KEY,
          blindIndexKey: config.BLIND_INDEX_KEY,
          shortDeadlines: config.DEMO_SHORT_DEADLINES === 'yes',
          storage: placeOf(config),
        }),
        ...contextModules(config, logger),
      ],
      controllers: [StatusController],
      providers: [Readiness, { provide: Metrics, useFactory: () => new Metrics(config.NODE_ENV !== 'test') }],
    };
  }
}
