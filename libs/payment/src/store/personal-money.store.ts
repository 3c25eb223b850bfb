import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import { PAYOUT_WAITING } from '../domain/payout.js';
import { BankLineStore } from './bank-line.store.js';

type Row = Record<string, unknown>;

/** What these tables hold on one person, for export and for leaving. */
export class PersonalMoneyStore {
  constructor(
    private readonly database: Database,
    private readonly lines: BankLineStore,
  ) {}

  payments(payerId: Id<'per'>): Promise<Row[]> {
    return this.database.rows<Row>(
      `SELECT id, campaign_id AS campaignId, pledge_id AS pledgeId, gateway, number, amount, description, state,
              transaction_no AS transactionNo, paid_at AS paidAt, created_at AS createdAt
       FROM charge WHERE payer_id = ? ORDER BY id`,
      [payerId],
    );
  }

  refunds(payerId: Id<'per'>): Promise<Row[]> {
    return this.database.rows<Row>(
      `SELECT r.id, r.charge_id AS chargeId, r.amount, r.reason, r.state, r.transaction_no AS transactionNo,
              r.done_at AS doneAt FROM charge c JOIN refund r ON r.charge_id = c.id WHERE c.payer_id = ? ORDER BY r.id`,
      [payerId],
    );
  }

  receipts(payerId: Id<'per'>): Promise<Row[]> {
    return this.database.rows<Row>(
      `SELECT id, campaign_id AS campaignId, pledge_id AS pledgeId, method, receipt_number AS receiptNumber, amount,
              received_at AS receivedAt, evidence, state, created_at AS createdAt
       FROM offline_receipt WHERE payer_id = ? ORDER BY id`,
      [payerId],
    );
  }

  /** Only lines that somebody said are the person's: a proposal may mean a stranger of the same name. */
  async bankLines(payerId: Id<'per'>): Promise<Row[]> {
    const rows = await this.database.rows<{ id: Id<'bkl'> }>(
      `SELECT l.id FROM offline_receipt r JOIN bank_line l ON l.receipt_id = r.id WHERE r.payer_id = ? ORDER BY l.id`,
      [payerId],
    );
    const found = await Promise.all(rows.map(({ id }) => this.lines.find(id)));
    return found.flatMap((line) => {
      if (!line) return [];
      const { id, receiptId, serial, occurredAt, amount, payer, remark } = line;
      return [{ id, receiptId, serial, occurredAt, amount: amount.toString(), payer, remark }];
    });
  }

  payouts(personId: Id<'per'>): Promise<Row[]> {
    return this.database.rows<Row>(
      `SELECT id, campaign_id AS campaignId, payee_id AS payeeId, part, amount, purpose, state, voucher,
              sent_at AS sentAt, ended_at AS endedAt, created_at AS createdAt
       FROM payout WHERE payee_person_id = ? ORDER BY id`,
      [personId],
    );
  }

  /** Payouts to the person in which somebody still has to act. */
  openPayouts(tx: Tx, personId: Id<'per'>): Promise<{ id: Id<'pyo'> }[]> {
    return sqlOf(tx).rows('SELECT id FROM payout WHERE payee_person_id = ? AND state IN (?) ORDER BY id', [
      personId,
      PAYOUT_WAITING,
    ]);
  }

  /** Those payees of the person that money was sent to. */
  async paidPayees(tx: Tx, personId: Id<'per'>): Promise<Set<Id<'pye'>>> {
    const rows = await sqlOf(tx).rows<{ id: Id<'pye'> }>(
      'SELECT DISTINCT payee_id AS id FROM payout WHERE payee_person_id = ? AND sent_by IS NOT NULL',
      [personId],
    );
    return new Set(rows.map(({ id }) => id));
  }

  signsFor(tx: Tx, personId: Id<'per'>): Promise<{ id: Id<'cus'> }[]> {
    return sqlOf(tx).rows(
      "SELECT id FROM custody_account WHERE (signatory_one = ? OR signatory_two = ?) AND state <> 'closed'",
      [personId, personId],
    );
  }

  /** Receipts that a second person has not looked at yet. */
  openReceipts(tx: Tx, payerId: Id<'per'>): Promise<{ id: Id<'rct'> }[]> {
    return sqlOf(tx).rows("SELECT id FROM offline_receipt WHERE payer_id = ? AND state = 'entered'", [
      payerId,
    ]);
  }

  /** What the bank said of the person, on lines whose money is booked. Sum, day and the bank's number stay. */
  async emptyLines(tx: Tx, payerId: Id<'per'>): Promise<void> {
    const rows = await sqlOf(tx).rows<{ id: Id<'bkl'> }>(
      'SELECT l.id FROM offline_receipt r JOIN bank_line l ON l.receipt_id = r.id WHERE r.payer_id = ?',
      [payerId],
    );
    for (const { id } of rows) await this.lines.empty(tx, id);
  }

  /** A refused receipt moved no money, so nothing has to be proved by it. */
  async emptyRefused(tx: Tx, payerId: Id<'per'>): Promise<void> {
    await sqlOf(tx).change(
      "UPDATE offline_receipt SET evidence = '', refusal = '' WHERE payer_id = ? AND state = 'refused'",
      [payerId],
    );
  }
}
