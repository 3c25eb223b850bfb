import type { ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Clock } from '@hehuo/kernel';
import { PlatformModule } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from './database.js';

/** A clock that a test moves by hand. The database keeps its own time. */
export class HandClock extends Clock {
  constructor(private at: Date) {
    super();
  }

  now(): Date {
    return this.at;
  }

  set(at: Date): void {
    this.at = at;
  }
}

export interface TestModule {
  readonly app: TestingModule;
  readonly testDatabase: TestDatabase;
  stop(): Promise<void>;
}

/** Contexts as their modules wire them, on a database of their own and with keys that are known to tests only. */
export async function startTestModule(
  metadata: Pick<ModuleMetadata, 'imports' | 'providers'>,
  options: { clock?: Clock } = {},
): Promise<TestModule> {
  const testDatabase = await createTestDatabase();
  const platform = PlatformModule.with({
    database: { url: testDatabase.url, poolMax: 12, entities: [] },
    fieldKey: Buffer.alloc(32, 1).toString('base64'),
    blindIndexKey: Buffer.alloc(32, 2).toString('base64'),
    ...options,
  });
  const app = await Test.createTestingModule({
    ...metadata,
    imports: [platform, ...(metadata.imports ?? [])],
  }).compile();
  await app.init();
  const stop = async (): Promise<void> => {
    await app.close();
    await testDatabase.drop();
  };
  return { app, testDatabase, stop };
}
