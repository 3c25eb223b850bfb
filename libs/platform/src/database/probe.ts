import type { Database } from './database.js';

/**
 * What the platform needs of the database before it serves anybody. Each finding names the setting, what was found
 * and what to set.
 */
export async function probeDatabase(database: Database): Promise<string[]> {
  const variables = await readVariables(database);
  const isolation = variables.get('transaction_isolation') ?? variables.get('tx_isolation') ?? '';
  const findings: string[] = [];
  const want = (name: string, found: string, good: boolean, set: string): void => {
    if (!good) findings.push(`${name} is "${found}"; set it to ${set}`);
  };
  const mode = variables.get('sql_mode') ?? '';
  want(
    'sql_mode',
    mode,
    mode.includes('STRICT_TRANS_TABLES') || mode.includes('STRICT_ALL_TABLES'),
    'STRICT_TRANS_TABLES',
  );
  want('transaction_isolation', isolation, isolation === 'READ-COMMITTED', 'READ-COMMITTED');
  const flush = variables.get('innodb_flush_log_at_trx_commit') ?? '';
  want(
    'innodb_flush_log_at_trx_commit',
    flush,
    flush === '1',
    '1, or an acknowledged pledge can be lost in a crash',
  );
  if (variables.get('log_bin') === 'ON') {
    const sync = variables.get('sync_binlog') ?? '';
    want('sync_binlog', sync, sync === '1', '1');
  }
  const zone = variables.get('time_zone') ?? '';
  want('time_zone', zone, ['+00:00', 'UTC'].includes(zone), '+00:00');
  const version = variables.get('version') ?? '';
  want(
    'version',
    version,
    !/tidb/i.test(version),
    'MySQL 8.4 or MariaDB 10.11 or later: TiDB ignores SKIP LOCKED',
  );
  return findings;
}

async function readVariables(database: Database): Promise<Map<string, string>> {
  const rows = await database.rows<{ Variable_name: string; Value: string }>(
    `SHOW VARIABLES WHERE Variable_name IN ('sql_mode', 'transaction_isolation', 'tx_isolation', 'version',
      'innodb_flush_log_at_trx_commit', 'log_bin', 'sync_binlog', 'time_zone')`,
  );
  return new Map(rows.map((row) => [row.Variable_name, row.Value]));
}

/** Whether the application could rewrite history: true means the append-only grants are not in force. */
export async function mayRewriteHistory(database: Database): Promise<boolean> {
  const grants = await database.rows<Record<string, string>>('SHOW GRANTS');
  return grants
    .flatMap((row) => Object.values(row))
    .some((grant) =>
      /GRANT (ALL PRIVILEGES|[^O]*(UPDATE|DELETE)[^O]*) ON (\*\.\*|`[^`]+`\.(\*|`ledger_transfer`|`state_log`))/.test(
        grant,
      ),
    );
}
