import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { MIGRATIONS } from './migrations/index.js';
import type { Migration } from './migrations/migration.js';

/** Rows here are history: the application may add to them and never touch them again. */
export const APPEND_ONLY_TABLES = [
  'ledger_transfer',
  'ledger_entry',
  'state_log',
  'campaign_snapshot',
  'match_return',
  'book_line',
  'book_statement',
  'statement_key',
] as const;
/** Only the owner writes these. */
const OWNER_TABLES = ['schema_migration'];
const lockWaitSeconds = 60;

export interface MigrateOptions {
  /** A user that may create the database, its tables and the application's user. */
  readonly ownerUrl: string;
  /** The application's own URL: its user is created and given the least grants. The same user as the owner's is left alone. */
  readonly appUrl: string;
}

export interface MigrateResult {
  readonly applied: readonly string[];
  /** False when the application runs as the owner, so append-only is a habit there and not a grant. */
  readonly restricted: boolean;
}

/** Creates the database if it is missing, runs what has not run yet, and renews the application's grants. */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const owner = new URL(options.ownerUrl);
  const app = new URL(options.appUrl);
  const name = decodeURIComponent(app.pathname.slice(1));
  if (!/^[a-z0-9_]{1,60}$/i.test(name)) throw new Error(`MYSQL_URL names no usable database: "${name}"`);
  owner.pathname = '/';
  const connection = await createConnection({ uri: owner.href, multipleStatements: false });
  try {
    await connection.query(
      `CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`,
    );
    await connection.query(`USE \`${name}\``);
    const applied = await underLock(connection, name, () => applyPending(connection));
    const restricted = owner.username !== app.username;
    if (restricted) await grantLeast(connection, name, app);
    return { applied, restricted };
  } finally {
    await connection.end();
  }
}

// DDL commits by itself, so a table row cannot guard it; the named lock only keeps two migrations apart in time.
async function underLock<T>(connection: Connection, name: string, work: () => Promise<T>): Promise<T> {
  const lock = `hehuo-migrate-${name}`.slice(0, 64);
  const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, ?) AS got', [
    lock,
    lockWaitSeconds,
  ]);
  if (Number(rows[0]?.['got']) !== 1)
    throw new Error('another migration is running on this database; try again later');
  try {
    return await work();
  } finally {
    await connection.query('SELECT RELEASE_LOCK(?)', [lock]);
  }
}

async function applyPending(connection: Connection): Promise<string[]> {
  await connection.query(
    `CREATE TABLE IF NOT EXISTS schema_migration (
      version CHAR(4) NOT NULL, step SMALLINT UNSIGNED NOT NULL, name VARCHAR(120) NOT NULL,
      at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), PRIMARY KEY (version, step)) ENGINE=InnoDB`,
  );
  const [rows] = await connection.query<RowDataPacket[]>('SELECT version, step FROM schema_migration');
  const done = new Set(rows.map((row) => `${String(row['version'])}/${String(row['step'])}`));
  const applied: string[] = [];
  for (const migration of inOrder(MIGRATIONS)) {
    const before = applied.length;
    // Each statement is remembered by itself: a migration cut in the middle goes on where it stopped.
    for (const [step, statement] of migration.statements.entries()) {
      if (done.has(`${migration.version}/${step}`)) continue;
      await connection.query(statement);
      await connection.query('INSERT INTO schema_migration (version, step, name) VALUES (?, ?, ?)', [
        migration.version,
        step,
        migration.name,
      ]);
      if (applied.length === before) applied.push(`${migration.version} ${migration.name}`);
    }
  }
  return applied;
}

function inOrder(migrations: readonly Migration[]): Migration[] {
  const sorted = [...migrations].sort((a, b) => a.version.localeCompare(b.version));
  const versions = new Set(sorted.map((migration) => migration.version));
  if (versions.size !== sorted.length) throw new Error('two migrations share a version');
  return sorted;
}

async function grantLeast(connection: Connection, name: string, app: URL): Promise<void> {
  const user = decodeURIComponent(app.username);
  const password = decodeURIComponent(app.password);
  await connection.query('CREATE USER IF NOT EXISTS ?@? IDENTIFIED BY ?', [user, '%', password]);
  await connection.query('ALTER USER ?@? IDENTIFIED BY ?', [user, '%', password]);
  const [tables] = await connection.query<RowDataPacket[]>(
    `SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?`,
    [name],
  );
  for (const { name: table } of tables as unknown as { name: string }[]) {
    const rights = OWNER_TABLES.includes(table)
      ? 'SELECT'
      : (APPEND_ONLY_TABLES as readonly string[]).includes(table)
        ? 'SELECT, INSERT'
        : 'SELECT, INSERT, UPDATE, DELETE';
    await connection.query(`GRANT ${rights} ON \`${name}\`.\`${table}\` TO ?@?`, [user, '%']);
  }
}
