/** One forward step of the schema, in the SQL that MySQL 8 and MariaDB 10.11 share. A landed migration is never edited. */
export interface Migration {
  /** Four digits, the order of execution, unique. */
  readonly version: string;
  readonly name: string;
  readonly statements: readonly string[];
}
