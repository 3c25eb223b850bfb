import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformModule, type WorkerConfig } from '@hehuo/platform';
import { CONTEXT_MODULES } from './contexts.js';
import { Metrics } from './status/metrics.js';
import { Readiness } from './status/readiness.js';
import { StatusController } from './status/status.controller.js';

@Module({})
export class WorkerModule {
  static with(config: WorkerConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with({
          database: { url: config.MYSQL_URL, poolMax: config.MYSQL_POOL_MAX, entities: [] },
          fieldKey: config.FIELD_KEY,
          blindIndexKey: config.BLIND_INDEX_KEY,
        }),
        ...CONTEXT_MODULES,
      ],
      controllers: [StatusController],
      providers: [Readiness, { provide: Metrics, useFactory: () => new Metrics(config.NODE_ENV !== 'test') }],
    };
  }
}
