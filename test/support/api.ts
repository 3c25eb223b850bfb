import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiConfig, createLogger, loadConfig } from '@hehuo/platform';
import { createTestDatabase, type TestDatabase } from '@hehuo/testing';
import { createApi, type ApiExtras } from '../../apps/api/src/bootstrap.js';

const REDIS_URL = process.env['TEST_REDIS_URL'] ?? process.env['REDIS_URL'] ?? 'redis://127.0.0.1:36379/0';

export interface TestApi {
  readonly app: NestFastifyApplication;
  /** Where it listens: for supertest, EventSource and autocannon. */
  readonly url: string;
  readonly testDatabase: TestDatabase;
  readonly config: ApiConfig;
  /** Everything that was logged, one JSON text a line. */
  log(): string;
  stop(): Promise<void>;
}

export interface TestApiOptions extends ApiExtras {
  /** Settings besides those of a test. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A database that the test already has; it is not dropped by `stop()`. */
  readonly testDatabase?: TestDatabase;
}

/** The api as it really is, in this process, on a database and a Redis prefix of its own. */
export async function startApi(options: TestApiOptions = {}): Promise<TestApi> {
  const { settings = {}, testDatabase: given, ...extras } = options;
  const testDatabase = given ?? (await createTestDatabase());
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done): void {
      lines.push(chunk.toString());
      done();
    },
  });
  const config = testConfig(testDatabase.url, settings);
  const logger = extras.logger ?? createLogger('api', config.LOG_LEVEL, sink);
  try {
    const app = await createApi(config, { ...extras, logger });
    await app.listen(0, '127.0.0.1');
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    const stop = async (): Promise<void> => {
      await app.close();
      if (!given) await testDatabase.drop();
    };
    return { app, url, testDatabase, config, log: () => lines.join(''), stop };
  } catch (error) {
    if (!given) await testDatabase.drop();
    throw error;
  }
}

function testConfig(mysqlUrl: string, settings: Readonly<Record<string, string>>): ApiConfig {
  return loadConfig(ApiConfig, {
    MYSQL_URL: mysqlUrl,
    MYSQL_POOL_MAX: '8',
    NODE_ENV: 'test',
    LOG_LEVEL: 'info',
    REDIS_URL,
    REDIS_PREFIX: `test-${randomBytes(6).toString('hex')}`,
    FIELD_KEY: randomBytes(32).toString('base64'),
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    PORT: '0',
    REQUESTS_PER_MINUTE: '100000',
    ...settings,
  });
}
