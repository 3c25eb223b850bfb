import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';

export interface TrustGrant {
  readonly id: Id<'tru'>;
  readonly communityId: Id<'com'>;
  readonly personId: Id<'per'>;
  readonly grantedBy: Id<'per'>;
  readonly until: Date;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

const COLUMNS = `id, community_id AS communityId, person_id AS personId, granted_by AS grantedBy, until_at AS until,
  created_at AS createdAt, ended_at AS endedAt`;

@Injectable()
export class TrustedStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A grant counts while it runs and while the person is a verified member. */
  async isTrusted(tx: Tx, communityId: Id<'com'>, personId: Id<'per'>): Promise<boolean> {
    const row = await sqlOf(tx).row(
      `SELECT t.id FROM trusted_neighbour t
       JOIN membership m ON m.community_id = t.community_id AND m.open_for = t.person_id AND m.state = 'verified'
       WHERE t.community_id = ? AND t.open_for = ? AND t.until_at > UTC_TIMESTAMP(3)`,
      [communityId, personId],
    );
    return row !== null;
  }

  /** A grant that is open already is a duplicate key `trusted_neighbour_once`; one that ran out is closed first. */
  async add(
    tx: Tx,
    input: { communityId: Id<'com'>; personId: Id<'per'>; grantedBy: Id<'per'>; days: number },
  ): Promise<Id<'tru'>> {
    const { communityId, personId, grantedBy, days } = input;
    await sqlOf(tx).change(
      `UPDATE trusted_neighbour SET open_for = NULL, ended_at = until_at
       WHERE community_id = ? AND open_for = ? AND until_at <= UTC_TIMESTAMP(3)`,
      [communityId, personId],
    );
    const id = newId('tru', this.clock.now().getTime());
    await sqlOf(tx).change(
      `INSERT INTO trusted_neighbour (id, community_id, person_id, open_for, granted_by, until_at)
       VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(3) + INTERVAL ? DAY)`,
      [id, communityId, personId, personId, grantedBy, days],
    );
    return id;
  }

  async byId(tx: Tx, id: Id<'tru'>): Promise<TrustGrant | null> {
    return sqlOf(tx).row<TrustGrant>(`SELECT ${COLUMNS} FROM trusted_neighbour WHERE id = ?`, [id]);
  }

  async end(tx: Tx, id: Id<'tru'>, by: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE trusted_neighbour SET open_for = NULL, ended_by = ?, ended_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND open_for IS NOT NULL`,
      [by, id],
    );
    return affectedRows === 1;
  }

  /** Ends what the person was trusted with in one community, or everywhere. */
  async endOf(tx: Tx, personId: Id<'per'>, communityId: Id<'com'> | null): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE trusted_neighbour SET open_for = NULL, ended_at = UTC_TIMESTAMP(3)
       WHERE person_id = ? AND open_for IS NOT NULL AND (? IS NULL OR community_id = ?)`,
      [personId, communityId, communityId],
    );
  }

  async openOf(communityId: Id<'com'>, after: string, limit: number): Promise<TrustGrant[]> {
    return this.database.rows<TrustGrant>(
      `SELECT ${COLUMNS} FROM trusted_neighbour
       WHERE community_id = ? AND open_for IS NOT NULL AND until_at > UTC_TIMESTAMP(3) AND id > ? ORDER BY id LIMIT ?`,
      [communityId, after, limit],
    );
  }

  async ofPerson(personId: Id<'per'>): Promise<TrustGrant[]> {
    return this.database.rows<TrustGrant>(
      `SELECT ${COLUMNS} FROM trusted_neighbour WHERE person_id = ? ORDER BY id DESC LIMIT 200`,
      [personId],
    );
  }
}
