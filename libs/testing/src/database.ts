import { randomBytes } from 'node:crypto';
import { connectDatabase, migrate, type ConnectOptions, type Database } from '@hehuo/platform';
import { createConnection } from 'mysql2/promise';

const OWNER_URL = process.env['TEST_MYSQL_OWNER_URL'] ?? 'mysql://root:root@127.0.0.1:33306/';
const APP_PASSWORD = 'only-for-tests';

export interface TestDatabase {
  readonly database: Database;
  /** URL of the restricted application user. */
  readonly url: string;
  /** URL of the owner, for faults and controls that need more rights. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/**
 * A database of its own, migrated, reached as the restricted application user, gone after `drop()`. It is made on the
 * server of the run, or on the one whose owner `on` names.
 */
export async function createTestDatabase(
  entities: ConnectOptions['entities'] = [],
  on = OWNER_URL,
): Promise<TestDatabase> {
  const name = `hehuo_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const app = new URL(on);
  app.pathname = `/${name}`;
  app.username = name.slice(0, 32);
  app.password = APP_PASSWORD;
  await migrate({ ownerUrl: on, appUrl: app.href });
  const database = await connectDatabase({ url: app.href, poolMax: 20, entities });
  const ownerUrl = new URL(on);
  ownerUrl.pathname = `/${name}`;
  return {
    ...{ database, url: app.href, ownerUrl: ownerUrl.href },
    drop: () => drop(on, database, name, app.username),
  };
}

async function drop(on: string, database: Database, name: string, user: string): Promise<void> {
  if (database.source.isInitialized) await database.source.destroy();
  const connection = await createConnection(on);
  await connection.query(`DROP DATABASE \`${name}\``);
  await connection.query('DROP USER IF EXISTS ?@?', [user, '%']);
  await connection.end();
}
