import type { Id, Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf, type Sql } from '@hehuo/platform';
import {
  maskAccount,
  payeeHoldHours,
  publicName,
  tailOf,
  type Payee,
  type PayeeKind,
  type PayeeState,
} from '../domain/payee.js';

const COLUMNS = `id, campaign_id, community_id, kind, partner_id, person_id, name_sealed, bank_name, account_sealed, state,
  version, account_version, entered_by, confirmed_by, changed_at, created_at`;
const HOLD_OVER = `changed_at + INTERVAL ${payeeHoldHours} HOUR <= UTC_TIMESTAMP(3)`;

interface PayeeColumns {
  readonly id: Id<'pye'>;
  readonly campaign_id: Id<'cmp'>;
  readonly community_id: Id<'com'>;
  readonly kind: PayeeKind;
  readonly partner_id: Id<'ptn'> | null;
  readonly person_id: Id<'per'> | null;
  readonly name_sealed: string;
  readonly bank_name: string;
  readonly account_sealed: string;
  readonly state: PayeeState;
  readonly version: number;
  readonly account_version: number;
  readonly entered_by: Id<'per'>;
  readonly confirmed_by: Id<'per'> | null;
  readonly changed_at: Date;
  readonly created_at: Date;
}

export interface AccountData {
  readonly name: string;
  readonly bankName: string;
  /** In plain; it is sealed before it is written. */
  readonly account: string;
}

export type NewPayee = Pick<
  Payee,
  'id' | 'campaignId' | 'communityId' | 'kind' | 'partnerId' | 'personId' | 'enteredBy'
> &
  AccountData;

const placeOf = (column: 'name_sealed' | 'account_sealed', id: string): string => `payee|${column}|${id}`;

/**
 * Who is paid. Names and account numbers are sealed to their row. Only the mask of a number ever leaves this file, except to
 * the person whose account it is.
 */
export class PayeeStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async find(id: Id<'pye'>, by: Sql = this.database): Promise<Payee | null> {
    const row = await by.row<PayeeColumns>(`SELECT ${COLUMNS} FROM payee WHERE id = ?`, [id]);
    return row && this.payeeOf(row);
  }

  /** Locked, so that its account cannot change before the transaction ends; and whether its hold is over by now. */
  async lock(tx: Tx, id: Id<'pye'>): Promise<{ readonly payee: Payee; readonly holdOver: boolean } | null> {
    const row = await sqlOf(tx).row<PayeeColumns & { hold_over: number }>(
      `SELECT ${COLUMNS}, ${HOLD_OVER} AS hold_over FROM payee WHERE id = ? FOR UPDATE`,
      [id],
    );
    return row && { payee: this.payeeOf(row), holdOver: Number(row.hold_over) === 1 };
  }

  async ofCampaign(campaignId: Id<'cmp'>, after: string | null, limit: number): Promise<Payee[]> {
    const rows = await this.database.rows<PayeeColumns>(
      `SELECT ${COLUMNS} FROM payee WHERE campaign_id = ? AND id > ? ORDER BY id LIMIT ?`,
      [campaignId, after ?? '', limit],
    );
    return rows.map((row) => this.payeeOf(row));
  }

  async byIds(ids: readonly Id<'pye'>[]): Promise<Map<Id<'pye'>, Payee>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.rows<PayeeColumns>(`SELECT ${COLUMNS} FROM payee WHERE id IN (?)`, [
      ids,
    ]);
    return new Map(rows.map((row) => [row.id, this.payeeOf(row)]));
  }

  async insert(tx: Tx, payee: NewPayee): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO payee (id, campaign_id, community_id, kind, partner_id, person_id, name_sealed, bank_name,
         account_sealed, state, entered_by, changed_at) VALUES (?, UTC_TIMESTAMP(3))`,
      [
        [
          ...[payee.id, payee.campaignId, payee.communityId, payee.kind, payee.partnerId, payee.personId],
          ...[...this.sealed(payee.id, payee), 'proposed', payee.enteredBy],
        ],
      ],
    );
  }

  /** New account data: the hold begins anew, and nobody has confirmed it yet. */
  async change(tx: Tx, { id, version }: Payee, data: AccountData, enteredBy: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE payee SET name_sealed = ?, bank_name = ?, account_sealed = ?, state = 'proposed', version = version + 1,
         account_version = account_version + 1, entered_by = ?, confirmed_by = NULL, confirmed_at = NULL,
         changed_at = UTC_TIMESTAMP(3) WHERE id = ? AND version = ?`,
      [...this.sealed(id, data), enteredBy, id, version],
    );
    return affectedRows === 1;
  }

  async confirm(tx: Tx, { id, version }: Payee, confirmedBy: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE payee SET state = 'confirmed', version = version + 1, confirmed_by = ?, confirmed_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ? AND state = 'proposed'`,
      [confirmedBy, id, version],
    );
    return affectedRows === 1;
  }

  /** Whether the number that somebody read from the payee's papers is the one that was entered. */
  async hasAccount(tx: Tx, { id }: Payee, account: string): Promise<boolean> {
    const row = await sqlOf(tx).row<{ account_sealed: string }>(
      'SELECT account_sealed FROM payee WHERE id = ?',
      [id],
    );
    return row !== null && this.accountOf({ id, ...row }) === account;
  }

  /** The person as a payee, with the whole number, for nobody but that person. */
  async ofPerson(personId: Id<'per'>): Promise<(Payee & { readonly account: string })[]> {
    const rows = await this.database.rows<PayeeColumns>(
      `SELECT ${COLUMNS} FROM payee WHERE person_id = ? ORDER BY id`,
      [personId],
    );
    return rows.map((row) => ({ ...this.payeeOf(row), account: this.accountOf(row) }));
  }

  /** The person as a payee, locked, so that nobody proposes to pay them before the transaction ends. */
  async lockOfPerson(tx: Tx, personId: Id<'per'>): Promise<Payee[]> {
    const rows = await sqlOf(tx).rows<PayeeColumns>(
      `SELECT ${COLUMNS} FROM payee WHERE person_id = ? ORDER BY id FOR UPDATE`,
      [personId],
    );
    return rows.map((row) => this.payeeOf(row));
  }

  /**
   * Takes the account away. Of one that money was sent to, the books keep who and where in the masked form that was always
   * shown; of any other nothing stays.
   */
  async forget(tx: Tx, payee: Payee, wasPaid: boolean): Promise<void> {
    const kept = {
      name: publicName(payee),
      bankName: payee.bankName,
      account: tailOf(payee.accountMask),
    };
    await sqlOf(tx).change(
      `UPDATE payee SET name_sealed = ?, bank_name = ?, account_sealed = ?, state = 'forgotten', version = version + 1,
         confirmed_by = NULL, confirmed_at = NULL WHERE id = ?`,
      [...this.sealed(payee.id, wasPaid ? kept : { name: '', bankName: '', account: '' }), payee.id],
    );
  }

  private sealed(id: string, { name, bankName, account }: AccountData): string[] {
    return [
      this.cipher.seal(placeOf('name_sealed', id), name),
      bankName,
      this.cipher.seal(placeOf('account_sealed', id), account),
    ];
  }

  private accountOf({ id, account_sealed }: Pick<PayeeColumns, 'id' | 'account_sealed'>): string {
    return this.cipher.open(placeOf('account_sealed', id), account_sealed);
  }

  private payeeOf(row: PayeeColumns): Payee {
    return {
      id: row.id,
      campaignId: row.campaign_id,
      communityId: row.community_id,
      kind: row.kind,
      partnerId: row.partner_id,
      personId: row.person_id,
      name: this.cipher.open(placeOf('name_sealed', row.id), row.name_sealed),
      bankName: row.bank_name,
      accountMask: maskAccount(this.accountOf(row)),
      state: row.state,
      version: row.version,
      accountVersion: row.account_version,
      enteredBy: row.entered_by,
      confirmedBy: row.confirmed_by,
      changedAt: row.changed_at,
      createdAt: row.created_at,
    };
  }
}
