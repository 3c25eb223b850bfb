import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import { CONSENT_TERMS, type ConsentKind } from '../domain/consent.js';

export interface Consent {
  readonly id: Id<'cns'>;
  readonly personId: Id<'per'>;
  /** The person, or the guardian who consented for a child. */
  readonly givenBy: Id<'per'>;
  readonly kind: ConsentKind;
  readonly version: string;
  /** Empty where the kind names nobody. */
  readonly receiver: string;
  readonly givenAt: Date;
  readonly withdrawnAt: Date | null;
}

export interface NewConsent {
  readonly personId: Id<'per'>;
  readonly givenBy: Id<'per'>;
  readonly kind: ConsentKind;
  readonly receiver: string;
}

const COLUMNS = `id, person_id AS personId, given_by AS givenBy, kind, version, receiver, given_at AS givenAt,
  withdrawn_at AS withdrawnAt`;

@Injectable()
export class ConsentStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Writes a consent to the version in force; given once already, it stays the row it was. */
  async give(tx: Tx, input: NewConsent): Promise<Consent> {
    const { version } = CONSENT_TERMS[input.kind];
    await sqlOf(tx).change(
      `INSERT INTO consent (id, person_id, given_by, kind, version, receiver, open_slot, given_at)
       VALUES (?, ?, ?, ?, ?, ?, 1, UTC_TIMESTAMP(3)) ON DUPLICATE KEY UPDATE consent.id = consent.id`,
      [
        newId('cns', this.clock.now().getTime()),
        input.personId,
        input.givenBy,
        input.kind,
        version,
        input.receiver,
      ],
    );
    const row = await sqlOf(tx).row<Consent>(
      `SELECT ${COLUMNS} FROM consent WHERE person_id = ? AND kind = ? AND version = ? AND receiver = ? AND open_slot = 1`,
      [input.personId, input.kind, version, input.receiver],
    );
    return row!;
  }

  /** Withdraws an open consent that this person gave, for themselves or for a child; null when there is none. */
  async withdraw(tx: Tx, id: Id<'cns'>, givenBy: Id<'per'>): Promise<Consent | null> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE consent SET open_slot = NULL, withdrawn_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND (given_by = ? OR person_id = ?) AND open_slot = 1`,
      [id, givenBy, givenBy],
    );
    if (affectedRows === 0) return null;
    return sqlOf(tx).row<Consent>(`SELECT ${COLUMNS} FROM consent WHERE id = ?`, [id]);
  }

  async withdrawAll(tx: Tx, personId: Id<'per'>): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE consent SET open_slot = NULL, withdrawn_at = UTC_TIMESTAMP(3) WHERE person_id = ? AND open_slot = 1',
      [personId],
    );
  }

  /** Every consent about the person or given by them, the withdrawn ones too, newest first. */
  async listOf(personId: Id<'per'>): Promise<Consent[]> {
    return this.database.rows<Consent>(
      `SELECT ${COLUMNS} FROM consent WHERE person_id = ? OR given_by = ? ORDER BY id DESC LIMIT 500`,
      [personId, personId],
    );
  }

  /** Which of these people have an open consent to the version in force. */
  async havingOpen(ids: readonly Id<'per'>[], kind: ConsentKind): Promise<Set<Id<'per'>>> {
    return this.open(this.database, ids, kind);
  }

  async havingOpenWithin(tx: Tx, ids: readonly Id<'per'>[], kind: ConsentKind): Promise<Set<Id<'per'>>> {
    return this.open(sqlOf(tx), ids, kind);
  }

  private async open(sql: Sql, ids: readonly Id<'per'>[], kind: ConsentKind): Promise<Set<Id<'per'>>> {
    if (ids.length === 0) return new Set();
    const rows = await sql.rows<{ personId: Id<'per'> }>(
      `SELECT person_id AS personId FROM consent
       WHERE person_id IN (?) AND kind = ? AND version = ? AND open_slot = 1`,
      [ids, kind, CONSENT_TERMS[kind].version],
    );
    return new Set(rows.map(({ personId }) => personId));
  }
}
