import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import type { CustodyAccount, CustodyState, OwnerKind } from '../domain/custody.js';

const COLUMNS = `id, community_id, owner_name, owner_kind, signatory_one, signatory_two, state, version,
  proposed_by, approved_by, approved_at, created_at`;

interface CustodyColumns {
  readonly id: Id<'cus'>;
  readonly community_id: Id<'com'>;
  readonly owner_name: string;
  readonly owner_kind: OwnerKind;
  readonly signatory_one: Id<'per'>;
  readonly signatory_two: Id<'per'>;
  readonly state: CustodyState;
  readonly version: number;
  readonly proposed_by: Id<'per'>;
  readonly approved_by: Id<'per'> | null;
  readonly approved_at: Date | null;
  readonly created_at: Date;
}

export type NewCustodyAccount = Pick<
  CustodyAccount,
  'id' | 'communityId' | 'ownerName' | 'ownerKind' | 'signatories' | 'proposedBy'
>;

/** Whose money it is. The merchant accounts that bring it are channels. */
export class CustodyStore {
  constructor(private readonly database: Database) {}

  async find(accountId: Id<'cus'>, by: Sql = this.database): Promise<CustodyAccount | null> {
    const row = await by.row<CustodyColumns>(`SELECT ${COLUMNS} FROM custody_account WHERE id = ?`, [
      accountId,
    ]);
    return row && accountOf(row);
  }

  async page(communityId: Id<'com'>, after: string | null, limit: number): Promise<CustodyAccount[]> {
    const rows = await this.database.rows<CustodyColumns>(
      `SELECT ${COLUMNS} FROM custody_account WHERE community_id = ? AND id > ? ORDER BY id LIMIT ?`,
      [communityId, after ?? '', limit],
    );
    return rows.map(accountOf);
  }

  async insert(tx: Tx, account: NewCustodyAccount): Promise<void> {
    const [one, two] = account.signatories;
    await sqlOf(tx).change(
      `INSERT INTO custody_account (id, community_id, owner_name, owner_kind, signatory_one, signatory_two, proposed_by,
         state) VALUES (?)`,
      [
        [
          ...[account.id, account.communityId, account.ownerName, account.ownerKind],
          ...[one, two, account.proposedBy, 'proposed'],
        ],
      ],
    );
  }

  async activate(tx: Tx, { id, version }: CustodyAccount, approvedBy: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE custody_account SET state = 'active', version = version + 1, approved_by = ?, approved_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ? AND state = 'proposed'`,
      [approvedBy, id, version],
    );
    return affectedRows === 1;
  }

  async close(tx: Tx, { id, version }: CustodyAccount, closedBy: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE custody_account SET state = 'closed', version = version + 1, closed_by = ?
       WHERE id = ? AND version = ? AND state <> 'closed'`,
      [closedBy, id, version],
    );
    return affectedRows === 1;
  }
}

function accountOf(row: CustodyColumns): CustodyAccount {
  return {
    id: row.id,
    communityId: row.community_id,
    ownerName: row.owner_name,
    ownerKind: row.owner_kind,
    signatories: [row.signatory_one, row.signatory_two],
    state: row.state,
    version: row.version,
    proposedBy: row.proposed_by,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at,
    createdAt: row.created_at,
  };
}
