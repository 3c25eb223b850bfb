import 'reflect-metadata';
import { Module, type DynamicModule, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CheckKeys } from '@hehuo/identity';
import {
  ConfigError,
  Database,
  loadConfig,
  OpsConfig,
  PlatformModule,
  placeOf,
  probeDatabase,
  runInContext,
} from '@hehuo/platform';
import { contextModules } from './contexts.js';
import { UserError } from './output/terminal.js';

@Module({})
class OpsModule {
  static with(config: OpsConfig): DynamicModule {
    return {
      module: OpsModule,
      imports: [
        PlatformModule.with({
          database: { url: config.MYSQL_URL, poolMax: config.MYSQL_POOL_MAX, entities: [] },
          fieldKey: config.FIELD_KEY,
          blindIndexKey: config.BLIND_INDEX_KEY,
          shortDeadlines: config.DEMO_SHORT_DEADLINES === 'yes',
          storage: placeOf(config),
        }),
        ...contextModules(config),
      ],
    };
  }
}

/** The use cases of every context on a database, for as long as a command works. */
export interface Platform {
  readonly config: OpsConfig;
  readonly database: Database;
  get<T>(type: Type<T> | (abstract new (...parts: never[]) => T)): T;
}

/**
 * Opens the platform as the application's own user, does the work as `ops:<command>` in the state log, and closes it.
 * Redis is not needed: what the work leaves behind waits in the outbox for the worker.
 */
export async function withPlatform<T>(
  command: string,
  environment: NodeJS.ProcessEnv,
  work: (platform: Platform) => Promise<T>,
): Promise<T> {
  const config = loadConfig(OpsConfig, environment);
  const app = await NestFactory.createApplicationContext(OpsModule.with(config), {
    logger: false,
    abortOnError: false,
  });
  try {
    const database = app.get(Database, { strict: false });
    await refuseUnmigrated(database);
    const foreignKeys = await app.get(CheckKeys, { strict: false }).execute();
    if (foreignKeys.length > 0) throw new ConfigError(foreignKeys);
    const platform: Platform = { config, database, get: getter(app) };
    return await runInContext({ actor: `ops:${command}`, requestId: 'ops' }, () => work(platform));
  } finally {
    await app.close();
  }
}

function getter(app: INestApplicationContext): Platform['get'] {
  return (type) => app.get(type, { strict: false });
}

async function refuseUnmigrated(database: Database): Promise<void> {
  const row = await database.row<{ tables: string }>(
    `SELECT COUNT(*) AS tables FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'schema_migration'`,
  );
  if (Number(row?.tables) === 0) {
    throw new UserError('This database has no tables of the platform yet. Run: ops migrate');
  }
  const findings = await probeDatabase(database);
  if (findings.length > 0)
    throw new UserError(`MySQL cannot be used as it is set:\n  ${findings.join('\n  ')}`);
}
