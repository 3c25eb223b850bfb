import { createConnection } from 'mysql2/promise';
import { DataSource, type EntitySchema } from 'typeorm';
import { ConfigError } from '../config/setting.js';
import { Database } from './database.js';

/** Every connection speaks strict SQL in UTC at READ COMMITTED, and does not wait long for a lock. */
const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 5," +
    " sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
];

export interface ConnectOptions {
  readonly url: string;
  readonly poolMax: number;
  readonly entities: readonly (new () => object)[] | readonly EntitySchema[];
}

export type Flavour = 'mysql' | 'mariadb';

interface RawPool {
  on(event: 'connection', listener: (connection: { query(sql: string): void }) => void): void;
}

/**
 * Opens the pool. The caller closes it with `database.source.destroy()`, after everything that uses it. Throws a
 * {@link ConfigError} that names MYSQL_URL when the server refuses it or does not answer.
 */
export async function connectDatabase(options: ConnectOptions): Promise<Database> {
  const source = new DataSource({
    type: await reachableFlavourOf(options.url),
    url: options.url,
    entities: [...options.entities],
    synchronize: false,
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: true,
    charset: 'utf8mb4',
    // A unit of work sends what belongs together in one message. Values are always bound, never pasted.
    multipleStatements: true,
    poolSize: options.poolMax,
    extra: { waitForConnections: true, queueLimit: 2000, enableKeepAlive: true, decimalNumbers: false },
  });
  await source.initialize();
  const pool = (source.driver as unknown as { pool: RawPool }).pool;
  pool.on('connection', (connection) => SESSION.forEach((statement) => connection.query(statement)));
  const database = new Database(source);
  // The pool already holds the one connection that initialize() opened before the listener existed.
  for (const statement of SESSION) await database.change(statement);
  return database;
}

async function reachableFlavourOf(url: string): Promise<Flavour> {
  try {
    return await flavourOf(url);
  } catch (error) {
    throw new ConfigError([`MYSQL_URL: the database cannot be used: ${(error as Error).message}`]);
  }
}

export async function flavourOf(url: string): Promise<Flavour> {
  const connection = await createConnection({ uri: url, connectTimeout: 10_000 });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const version = String((rows as { version: string }[])[0]?.version);
    return /mariadb/i.test(version) ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}
