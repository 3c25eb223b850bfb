import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Outbox, StateLog, UnitOfWork } from '@hehuo/kernel';
import { connectDatabase, type ConnectOptions } from './database/connect.js';
import { Database } from './database/database.js';
import { SqlStateLog } from './database/state-log.js';
import { StateLogReader } from './database/state-log-reader.js';
import { TypeOrmUnitOfWork } from './database/unit-of-work.js';
import { IdempotencyStore } from './idempotency/idempotency.store.js';
import { Leases } from './messaging/leases.js';
import { OutboxReader, SqlOutbox } from './messaging/outbox.js';
import type { StoragePlace } from './storage/storage-of.js';
import { fileProviders } from './files/file-providers.js';
import { SystemClock } from './observability/system-clock.js';
import { Installation } from './config/installation.js';
import { FieldCipher } from './secrets/field-cipher.js';

export interface PlatformOptions {
  readonly database: ConnectOptions;
  readonly fieldKey: string;
  readonly blindIndexKey: string;
  /** Campaigns may close seconds after they opened. Default: no. */
  readonly shortDeadlines?: boolean;
  /** Where uploaded files lie; without it none are taken. */
  readonly storage?: StoragePlace | undefined;
  /** Tests that need a fixed instant give their own. */
  readonly clock?: Clock;
}

/** Closes the pool last: everything that uses it stops in `beforeApplicationShutdown`. */
class PoolCloser implements OnApplicationShutdown {
  constructor(private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.database.source.isInitialized) await this.database.source.destroy();
  }
}

/** What every context needs and none of them owns, for the whole process. */
@Module({})
export class PlatformModule {
  static with(options: PlatformOptions): DynamicModule {
    const providers = [
      { provide: Database, useFactory: () => connectDatabase(options.database) },
      { provide: UnitOfWork, useFactory: (db: Database) => new TypeOrmUnitOfWork(db), inject: [Database] },
      { provide: Outbox, useFactory: () => new SqlOutbox() },
      { provide: OutboxReader, useFactory: (db: Database) => new OutboxReader(db), inject: [Database] },
      { provide: StateLog, useFactory: () => new SqlStateLog() },
      { provide: StateLogReader, useFactory: (db: Database) => new StateLogReader(db), inject: [Database] },
      {
        provide: IdempotencyStore,
        useFactory: (db: Database) => new IdempotencyStore(db),
        inject: [Database],
      },
      { provide: Leases, useFactory: (db: Database) => new Leases(db), inject: [Database] },
      { provide: Clock, useFactory: () => options.clock ?? new SystemClock() },
      { provide: Installation, useFactory: () => new Installation(options.shortDeadlines === true) },
      { provide: FieldCipher, useFactory: () => new FieldCipher(options.fieldKey, options.blindIndexKey) },
      ...fileProviders(options.storage),
    ];
    return {
      module: PlatformModule,
      global: true,
      providers: [
        ...providers,
        { provide: PoolCloser, useFactory: (db: Database) => new PoolCloser(db), inject: [Database] },
      ],
      exports: providers.map(({ provide }) => provide),
    };
  }
}
