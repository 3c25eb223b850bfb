import type { Id, Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf, type Sql } from '@hehuo/platform';
import type { BankLine, BankLineState } from '../domain/bank-line.js';

const rowsPerStatement = 500;
/** New pledges and refused receipts change what an open line may pay. */
const matchAgainMinutes = 15;

const COLUMNS = `id, statement_id, custody_account_id, community_id, bank_serial, occurred_at, amount, payer_sealed,
  remark_sealed, state, version, receipt_id, accepted_by, dismissed_by, dismissal`;
const OPEN = "state IN ('unmatched', 'proposed')";

interface BankLineColumns {
  readonly id: Id<'bkl'>;
  readonly statement_id: Id<'bks'>;
  readonly custody_account_id: Id<'cus'>;
  readonly community_id: Id<'com'>;
  readonly bank_serial: string | null;
  readonly occurred_at: Date;
  readonly amount: string;
  readonly payer_sealed: string;
  readonly remark_sealed: string;
  readonly state: BankLineState;
  readonly version: number;
  readonly receipt_id: Id<'rct'> | null;
  readonly accepted_by: Id<'per'> | null;
  readonly dismissed_by: Id<'per'> | null;
  readonly dismissal: string | null;
}

export type NewBankLine = Pick<
  BankLine,
  | 'id'
  | 'statementId'
  | 'custodyAccountId'
  | 'communityId'
  | 'serial'
  | 'occurredAt'
  | 'amount'
  | 'payer'
  | 'remark'
> & { readonly key: string };

/** Money that came into an account, line by line. What the bank says of people is sealed. */
export class BankLineStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** A fingerprint of a line without a number of the bank's, that tells nobody what is in it. */
  fingerprint(text: string): string {
    return this.cipher.blindIndex('bank line', text);
  }

  /** The sums of those of the keys that the account has already. */
  async known(tx: Tx, accountId: Id<'cus'>, keys: readonly string[]): Promise<Map<string, bigint>> {
    const known = new Map<string, bigint>();
    for (let at = 0; at < keys.length; at += rowsPerStatement) {
      const rows = await sqlOf(tx).rows<{ key: string; amount: string }>(
        'SELECT line_key AS `key`, amount FROM bank_line WHERE custody_account_id = ? AND line_key IN (?)',
        [accountId, keys.slice(at, at + rowsPerStatement)],
      );
      for (const { key, amount } of rows) known.set(key, BigInt(amount));
    }
    return known;
  }

  async insert(tx: Tx, lines: readonly NewBankLine[]): Promise<void> {
    for (let at = 0; at < lines.length; at += rowsPerStatement) {
      const rows = lines
        .slice(at, at + rowsPerStatement)
        .map((line) => [
          ...[line.id, line.statementId, line.custodyAccountId, line.communityId, line.key, line.serial],
          ...[line.occurredAt, line.amount, this.seal('payer', line.id, line.payer)],
          ...[this.seal('remark', line.id, line.remark), 'unmatched'],
        ]);
      await sqlOf(tx).change(
        `INSERT INTO bank_line (id, statement_id, custody_account_id, community_id, line_key, bank_serial, occurred_at,
           amount, payer_sealed, remark_sealed, state) VALUES ?`,
        [rows],
      );
    }
  }

  find(lineId: Id<'bkl'>): Promise<BankLine | null> {
    return this.one(this.database, lineId, '');
  }

  /** Of two who decide at once the second waits, and finds it decided. */
  lock(tx: Tx, lineId: Id<'bkl'>): Promise<BankLine | null> {
    return this.one(sqlOf(tx), lineId, 'FOR UPDATE');
  }

  async page(
    accountId: Id<'cus'>,
    state: BankLineState,
    after: string | null,
    limit: number,
  ): Promise<BankLine[]> {
    const rows = await this.database.rows<BankLineColumns>(
      `SELECT ${COLUMNS} FROM bank_line WHERE custody_account_id = ? AND state = ? AND id > ? ORDER BY id LIMIT ?`,
      [accountId, state, after ?? '', limit],
    );
    return rows.map((row) => this.opened(row));
  }

  async open(accountId: Id<'cus'>, after: string, limit: number): Promise<BankLine[]> {
    const rows = await this.database.rows<BankLineColumns>(
      `SELECT ${COLUMNS} FROM bank_line WHERE custody_account_id = ? AND ${OPEN} AND id > ? ORDER BY id LIMIT ?`,
      [accountId, after, limit],
    );
    return rows.map((row) => this.opened(row));
  }

  /** Accounts with open lines that were not compared with the pledges for a while. */
  async toMatch(limit: number): Promise<Id<'cus'>[]> {
    const rows = await this.database.rows<{ id: Id<'cus'> }>(
      `SELECT DISTINCT custody_account_id AS id FROM bank_line WHERE ${OPEN}
         AND (matched_at IS NULL OR matched_at <= UTC_TIMESTAMP(3) - INTERVAL ${matchAgainMinutes} MINUTE) LIMIT ?`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Lines for which nothing changed, as long as nobody decided or reopened them since they were read. */
  async noteMatched(tx: Tx, lines: readonly BankLine[]): Promise<void> {
    if (lines.length === 0) return;
    await sqlOf(tx).change('UPDATE bank_line SET matched_at = UTC_TIMESTAMP(3) WHERE (id, version) IN (?)', [
      lines.map(({ id, version }) => [id, version]),
    ]);
  }

  /** Takes the line for new proposals: false when somebody decided it meanwhile. */
  async step(tx: Tx, { id, state, version }: BankLine, to: BankLineState): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE bank_line SET state = ?, version = version + 1, matched_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND state = ? AND version = ?`,
      [to, id, state, version],
    );
    return affectedRows === 1;
  }

  /** `livePledge` is null where the payer paid twice; a unique key lets one line be the payment of a pledge. */
  async accept(
    tx: Tx,
    { id, state, version }: BankLine,
    by: {
      readonly receiptId: Id<'rct'>;
      readonly livePledge: Id<'plg'> | null;
      readonly personId: Id<'per'>;
    },
  ): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE bank_line SET state = 'accepted', version = version + 1, receipt_id = ?, live_pledge = ?, accepted_by = ?,
         decided_at = UTC_TIMESTAMP(3) WHERE id = ? AND state = ? AND version = ?`,
      [by.receiptId, by.livePledge, by.personId, id, state, version],
    );
    return affectedRows === 1;
  }

  async dismiss(tx: Tx, { id, state, version }: BankLine, by: Id<'per'>, reason: string): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE bank_line SET state = 'dismissed', version = version + 1, dismissed_by = ?, dismissal = ?,
         decided_at = UTC_TIMESTAMP(3) WHERE id = ? AND state = ? AND version = ?`,
      [by, reason, id, state, version],
    );
    return affectedRows === 1;
  }

  /** Its dismissal was a mistake: the line waits again, and is compared with the pledges anew. */
  async takeBack(tx: Tx, { id, version }: BankLine): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE bank_line SET state = 'unmatched', version = version + 1, dismissed_by = NULL, dismissal = NULL,
         decided_at = NULL, matched_at = NULL WHERE id = ? AND state = 'dismissed' AND version = ?`,
      [id, version],
    );
    return affectedRows === 1;
  }

  /** The receipt of a line was refused: the money is still there and waits for the right pledge. */
  async reopen(tx: Tx, receiptId: Id<'rct'>): Promise<Id<'bkl'> | null> {
    const line = await sqlOf(tx).row<{ id: Id<'bkl'> }>(
      "SELECT id FROM bank_line WHERE receipt_id = ? AND state = 'accepted' FOR UPDATE",
      [receiptId],
    );
    if (!line) return null;
    await sqlOf(tx).change(
      `UPDATE bank_line SET state = 'unmatched', version = version + 1, receipt_id = NULL, live_pledge = NULL,
         accepted_by = NULL, decided_at = NULL, matched_at = NULL WHERE id = ?`,
      [line.id],
    );
    return line.id;
  }

  /** Takes the words of the bank about its payer away. */
  async empty(tx: Tx, lineId: Id<'bkl'>): Promise<void> {
    await sqlOf(tx).change('UPDATE bank_line SET payer_sealed = ?, remark_sealed = ? WHERE id = ?', [
      this.seal('payer', lineId, ''),
      this.seal('remark', lineId, ''),
      lineId,
    ]);
  }

  private async one(by: Sql, lineId: Id<'bkl'>, lock: 'FOR UPDATE' | ''): Promise<BankLine | null> {
    const row = await by.row<BankLineColumns>(`SELECT ${COLUMNS} FROM bank_line WHERE id = ? ${lock}`, [
      lineId,
    ]);
    return row && this.opened(row);
  }

  private opened(row: BankLineColumns): BankLine {
    return {
      ...{ id: row.id, statementId: row.statement_id, custodyAccountId: row.custody_account_id },
      ...{ communityId: row.community_id, serial: row.bank_serial, occurredAt: row.occurred_at },
      amount: BigInt(row.amount),
      payer: this.cipher.open(place('payer', row.id), row.payer_sealed),
      remark: this.cipher.open(place('remark', row.id), row.remark_sealed),
      ...{ state: row.state, version: row.version, receiptId: row.receipt_id },
      ...{ acceptedBy: row.accepted_by, dismissedBy: row.dismissed_by, dismissal: row.dismissal },
    };
  }

  private seal(column: string, lineId: string, text: string): string {
    return this.cipher.seal(place(column, lineId), text);
  }
}

function place(column: string, lineId: string): string {
  return `bank_line|${column}|${lineId}`;
}
