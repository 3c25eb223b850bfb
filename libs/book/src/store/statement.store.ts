import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import { NO_SUMS, plus, type Flow, type Sums } from '../domain/line.js';
import type { CampaignFigures, Statement } from '../domain/statement.js';

const COLUMNS = `id, community_id, custody_account_id, number, month, opening, received, returned, spent, closing, line_count,
  campaigns, lines_hash, previous_hash, hash, key_id, signature, frozen_at`;

type StatementRecord = Record<
  'community_id' | 'custody_account_id' | 'month' | 'opening' | 'received' | 'returned' | 'spent' | 'closing',
  string
> &
  Record<'line_count' | 'lines_hash' | 'previous_hash' | 'hash' | 'key_id' | 'signature', string> & {
    id: Id<'stm'>;
    number: number;
    campaigns: unknown;
    frozen_at: Date;
  };

interface FigureJson {
  readonly campaignId: Id<'cmp'> | '';
  readonly opening: string;
  readonly received: string;
  readonly returned: string;
  readonly spent: string;
  readonly closing: string;
}

/** Frozen months. The application's database user can add one and never touch it again. */
@Injectable()
export class StatementStore {
  constructor(private readonly database: Database) {}

  async insert(tx: Tx, statement: Omit<Statement, 'frozenAt'>): Promise<void> {
    const { id, communityId, custodyAccountId, number, month, opening, received, returned, spent } =
      statement;
    await sqlOf(tx).change(
      `INSERT INTO book_statement (id, community_id, custody_account_id, number, month, opening, received, returned, spent,
         closing, line_count, campaigns, lines_hash, previous_hash, hash, key_id, signature) VALUES (?)`,
      [
        [
          ...[id, communityId, custodyAccountId, number, month, opening, received, returned, spent],
          ...[statement.closing, statement.lineCount, JSON.stringify(statement.campaigns.map(jsonOf))],
          ...[statement.linesHash, statement.previousHash, statement.hash, statement.keyId],
          statement.signature,
        ],
      ],
    );
  }

  async find(id: Id<'stm'>): Promise<Statement | null> {
    return this.one(this.database, 'WHERE id = ?', [id]);
  }

  /** The last one of an account; null before the first. */
  async last(tx: Tx, custodyAccountId: Id<'cus'>): Promise<Statement | null> {
    return this.one(sqlOf(tx), 'WHERE custody_account_id = ? ORDER BY number DESC LIMIT 1', [
      custodyAccountId,
    ]);
  }

  /** Newest month first, from below a month and id. */
  async ofCommunity(
    communityId: Id<'com'>,
    before: { readonly month: string; readonly id: string } | null,
    limit: number,
  ): Promise<Statement[]> {
    const { month, id } = before ?? { month: '9999-99', id: '~' };
    const rows = await this.database.rows<StatementRecord>(
      `SELECT ${COLUMNS} FROM book_statement WHERE community_id = ? AND (month < ? OR (month = ? AND id < ?))
       ORDER BY month DESC, id DESC LIMIT ?`,
      [communityId, month, month, id, limit],
    );
    return rows.map(statementOf);
  }

  /** In the order of the chain, after a number. */
  async ofAccount(custodyAccountId: Id<'cus'>, after: number, limit: number): Promise<Statement[]> {
    const rows = await this.database.rows<StatementRecord>(
      `SELECT ${COLUMNS} FROM book_statement WHERE custody_account_id = ? AND number > ? ORDER BY number LIMIT ?`,
      [custodyAccountId, after, limit],
    );
    return rows.map(statementOf);
  }

  /** Accounts that have a line, in the order of their ids, each with its first month that is not frozen. */
  async accounts(after: string, limit: number): Promise<{ custodyAccountId: Id<'cus'>; next: string }[]> {
    return this.database.rows(
      `SELECT custody_account_id AS custodyAccountId, next_month AS next FROM book_calendar
       WHERE custody_account_id > ? ORDER BY custody_account_id LIMIT ?`,
      [after, limit],
    );
  }

  /** What moved in a month, by campaign. */
  async sumsOf(
    by: Sql | Tx,
    { custodyAccountId, month }: { readonly custodyAccountId: Id<'cus'>; readonly month: string },
  ): Promise<Map<Id<'cmp'> | '', Sums>> {
    const sql = 'rows' in by ? by : sqlOf(by);
    const rows = await sql.rows<{ campaignId: Id<'cmp'> | null; flow: Flow; fen: string }>(
      `SELECT campaign_id AS campaignId, flow, SUM(amount) AS fen FROM book_line
       WHERE custody_account_id = ? AND month = ? GROUP BY campaign_id, flow`,
      [custodyAccountId, month],
    );
    const sums = new Map<Id<'cmp'> | '', Sums>();
    for (const { campaignId, flow, fen } of rows) {
      const id = campaignId ?? '';
      sums.set(id, plus(sums.get(id) ?? NO_SUMS, flow, BigInt(fen)));
    }
    return sums;
  }

  private async one(sql: Sql, where: string, values: readonly string[]): Promise<Statement | null> {
    const row = await sql.row<StatementRecord>(`SELECT ${COLUMNS} FROM book_statement ${where}`, values);
    return row && statementOf(row);
  }
}

function jsonOf({ campaignId, opening, received, returned, spent, closing }: CampaignFigures): FigureJson {
  const text = (fen: bigint) => fen.toString();
  return {
    campaignId,
    opening: text(opening),
    received: text(received),
    returned: text(returned),
    spent: text(spent),
    closing: text(closing),
  };
}

function statementOf(row: StatementRecord): Statement {
  // MariaDB keeps JSON as text, MySQL hands it over parsed.
  const figures = (
    typeof row.campaigns === 'string' ? JSON.parse(row.campaigns) : row.campaigns
  ) as FigureJson[];
  return {
    id: row.id,
    communityId: row.community_id as Id<'com'>,
    custodyAccountId: row.custody_account_id as Id<'cus'>,
    number: Number(row.number),
    month: row.month,
    opening: BigInt(row.opening),
    received: BigInt(row.received),
    returned: BigInt(row.returned),
    spent: BigInt(row.spent),
    closing: BigInt(row.closing),
    lineCount: BigInt(row.line_count),
    campaigns: figures.map((one) => ({
      campaignId: one.campaignId,
      opening: BigInt(one.opening),
      received: BigInt(one.received),
      returned: BigInt(one.returned),
      spent: BigInt(one.spent),
      closing: BigInt(one.closing),
    })),
    linesHash: row.lines_hash,
    previousHash: row.previous_hash,
    hash: row.hash,
    keyId: row.key_id,
    signature: row.signature,
    frozenAt: row.frozen_at,
  };
}
