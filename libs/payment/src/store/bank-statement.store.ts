import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';

/** What one import found. The same file gives the same answer for ever. */
export interface BankStatement {
  readonly id: Id<'bks'>;
  readonly custodyAccountId: Id<'cus'>;
  readonly communityId: Id<'com'>;
  readonly fileSha256: string;
  /** Lines under the header. */
  readonly lines: number;
  /** Of these, lines of money that came in. */
  readonly incoming: number;
  /** Lines that take back what had come in; nothing is done with them here. */
  readonly reversals: number;
  /** Of the incoming, lines that no earlier file had. */
  readonly created: number;
  readonly known: number;
  readonly importedBy: Id<'per'>;
  readonly createdAt: Date;
}

const COLUMNS = `id, custody_account_id AS custodyAccountId, community_id AS communityId, file_sha256 AS fileSha256,
  line_count AS \`lines\`, incoming, reversals, created_lines AS created, known_lines AS known, imported_by AS importedBy,
  created_at AS createdAt`;

/** Files of banks that were read. The files themselves are not kept. */
export class BankStatementStore {
  constructor(private readonly database: Database) {}

  find(
    custodyAccountId: Id<'cus'>,
    fileSha256: string,
    by: Sql = this.database,
  ): Promise<BankStatement | null> {
    return by.row<BankStatement>(
      `SELECT ${COLUMNS} FROM bank_statement WHERE custody_account_id = ? AND file_sha256 = ?`,
      [custodyAccountId, fileSha256],
    );
  }

  async insert(tx: Tx, statement: Omit<BankStatement, 'createdAt'>): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO bank_statement (id, custody_account_id, community_id, file_sha256, line_count, incoming, reversals, created_lines,
         known_lines, imported_by) VALUES (?)`,
      [
        [
          ...[statement.id, statement.custodyAccountId, statement.communityId, statement.fileSha256],
          ...[statement.lines, statement.incoming, statement.reversals, statement.created, statement.known],
          statement.importedBy,
        ],
      ],
    );
  }
}
