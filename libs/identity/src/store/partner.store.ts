import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import type { EvidenceKind, LegalStatus, PartnerKind, PartnerState } from '../domain/partner.js';

export interface Partner {
  readonly id: Id<'ptn'>;
  readonly kind: PartnerKind;
  readonly name: string;
  readonly legalStatus: LegalStatus;
  readonly registrationNo: string | null;
  readonly about: string;
  readonly state: PartnerState;
  readonly version: number;
  readonly appliedBy: Id<'per'>;
  readonly reviewedBy: Id<'per'> | null;
  readonly reason: string | null;
  readonly createdAt: Date;
}

export type PartnerContent = Pick<Partner, 'kind' | 'name' | 'legalStatus' | 'registrationNo' | 'about'>;

export interface Evidence {
  readonly id: Id<'evd'>;
  readonly kind: EvidenceKind;
  readonly reference: string;
  /** `YYYY-MM-DD`, the last day; null has no end. */
  readonly validUntil: string | null;
  readonly addedBy: Id<'per'>;
  readonly createdAt: Date;
}

export type MemberDuty = 'owner' | 'member';

export interface PartnerMember {
  readonly personId: Id<'per'>;
  readonly duty: MemberDuty;
  readonly since: Date;
}

const columnsOf = (from: 't.' | '') =>
  `${from}id, ${from}kind, ${from}name, ${from}legal_status AS legalStatus, ${from}registration_no AS registrationNo,
   ${from}about, ${from}state, ${from}version, ${from}applied_by AS appliedBy, ${from}reviewed_by AS reviewedBy,
   ${from}reason, ${from}created_at AS createdAt`;
const COLUMNS = columnsOf('');

@Injectable()
export class PartnerStore {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async add(tx: Tx, content: PartnerContent, appliedBy: Id<'per'>): Promise<Id<'ptn'>> {
    const id = newId('ptn', this.clock.now().getTime());
    const { kind, name, legalStatus, registrationNo, about } = content;
    await sqlOf(tx).change(
      `INSERT INTO partner (id, kind, name, legal_status, registration_no, about, state, applied_by)
       VALUES (?, ?, ?, ?, ?, ?, 'applied', ?)`,
      [id, kind, name, legalStatus, registrationNo, about, appliedBy],
    );
    return id;
  }

  async rewrite(tx: Tx, id: Id<'ptn'>, content: PartnerContent): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE partner SET kind = ?, name = ?, legal_status = ?, registration_no = ?, about = ? WHERE id = ?',
      [content.kind, content.name, content.legalStatus, content.registrationNo, content.about, id],
    );
  }

  async byId(id: Id<'ptn'>): Promise<Partner | null> {
    return this.database.row<Partner>(`SELECT ${COLUMNS} FROM partner WHERE id = ?`, [id]);
  }

  async lock(tx: Tx, id: Id<'ptn'>): Promise<Partner | null> {
    return sqlOf(tx).row<Partner>(`SELECT ${COLUMNS} FROM partner WHERE id = ? FOR UPDATE`, [id]);
  }

  /** The only write of `state`. */
  async move(
    tx: Tx,
    partner: Partner,
    to: PartnerState,
    review: { by: Id<'per'>; reason: string | null } | null,
  ): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE partner SET state = ?, version = version + 1, reason = ?, reviewed_by = COALESCE(?, reviewed_by),
              reviewed_at = IF(? IS NULL, reviewed_at, UTC_TIMESTAMP(3))
       WHERE id = ? AND state = ? AND version = ?`,
      [
        to,
        review?.reason ?? null,
        review?.by ?? null,
        review?.by ?? null,
        partner.id,
        partner.state,
        partner.version,
      ],
    );
    return affectedRows === 1;
  }

  async inState(
    state: PartnerState,
    kind: PartnerKind | null,
    after: string,
    limit: number,
  ): Promise<Partner[]> {
    return this.database.rows<Partner>(
      `SELECT ${COLUMNS} FROM partner WHERE state = ? AND (? IS NULL OR kind = ?) AND id > ? ORDER BY id LIMIT ?`,
      [state, kind, kind, after, limit],
    );
  }

  /** The partners the person belongs to, with the own duty. */
  async ofPerson(personId: Id<'per'>): Promise<(Partner & { readonly duty: MemberDuty })[]> {
    return this.database.rows(
      `SELECT ${columnsOf('t.')}, m.duty
       FROM partner_member m JOIN partner t ON t.id = m.partner_id
       WHERE m.person_id = ? AND m.open_slot = 1 ORDER BY t.id LIMIT 200`,
      [personId],
    );
  }

  async addEvidence(
    tx: Tx,
    partnerId: Id<'ptn'>,
    evidence: Omit<Evidence, 'id' | 'createdAt'>,
  ): Promise<Id<'evd'>> {
    const id = newId('evd', this.clock.now().getTime());
    const { kind, reference, validUntil, addedBy } = evidence;
    await sqlOf(tx).change(
      `INSERT INTO partner_evidence (id, partner_id, kind, reference, valid_until, added_by) VALUES (?, ?, ?, ?, ?, ?)`,
      [id, partnerId, kind, reference, validUntil, addedBy],
    );
    return id;
  }

  async evidenceOf(partnerId: Id<'ptn'>): Promise<Evidence[]> {
    return this.database.rows<Evidence>(
      `SELECT id, kind, reference, DATE_FORMAT(valid_until, '%Y-%m-%d') AS validUntil, added_by AS addedBy,
              created_at AS createdAt
       FROM partner_evidence WHERE partner_id = ? ORDER BY id LIMIT 100`,
      [partnerId],
    );
  }

  async hasValidEvidence(tx: Tx, partnerId: Id<'ptn'>, kind: EvidenceKind): Promise<boolean> {
    const row = await sqlOf(tx).row(
      `SELECT id FROM partner_evidence
       WHERE partner_id = ? AND kind = ? AND (valid_until IS NULL OR valid_until >= UTC_DATE()) LIMIT 1`,
      [partnerId, kind],
    );
    return row !== null;
  }

  /** A member who is one already is a duplicate key `partner_member_once`. */
  async addMember(
    tx: Tx,
    input: { partnerId: Id<'ptn'>; personId: Id<'per'>; duty: MemberDuty; by: Id<'per'> },
  ): Promise<void> {
    await sqlOf(tx).change(
      'INSERT INTO partner_member (partner_id, person_id, duty, open_slot, added_by) VALUES (?, ?, ?, 1, ?)',
      [input.partnerId, input.personId, input.duty, input.by],
    );
  }

  async endMember(tx: Tx, partnerId: Id<'ptn'>, personId: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE partner_member SET open_slot = NULL, ended_at = UTC_TIMESTAMP(3)
       WHERE partner_id = ? AND person_id = ? AND open_slot = 1`,
      [partnerId, personId],
    );
    return affectedRows === 1;
  }

  async membersOf(partnerId: Id<'ptn'>): Promise<PartnerMember[]> {
    return members(this.database, partnerId);
  }

  async membersWithin(tx: Tx, partnerId: Id<'ptn'>): Promise<PartnerMember[]> {
    return members(sqlOf(tx), partnerId);
  }

  /** The present members of several partners. */
  async known(partnerIds: readonly Id<'ptn'>[]): Promise<Set<Id<'ptn'>>> {
    if (partnerIds.length === 0) return new Set();
    const rows = await this.database.rows<{ id: Id<'ptn'> }>('SELECT id FROM partner WHERE id IN (?)', [
      partnerIds,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  async peopleOf(tx: Tx, partnerIds: readonly Id<'ptn'>[]): Promise<Map<Id<'ptn'>, Id<'per'>[]>> {
    const people = new Map<Id<'ptn'>, Id<'per'>[]>();
    if (partnerIds.length === 0) return people;
    const rows = await sqlOf(tx).rows<{ partnerId: Id<'ptn'>; personId: Id<'per'> }>(
      `SELECT partner_id AS partnerId, person_id AS personId FROM partner_member
       WHERE partner_id IN (?) AND open_slot = 1 ORDER BY id`,
      [partnerIds],
    );
    for (const { partnerId, personId } of rows) {
      people.set(partnerId, [...(people.get(partnerId) ?? []), personId]);
    }
    return people;
  }

  /** Group partners at work that would be left without an owner. */
  async soleOwnerOf(tx: Tx, personId: Id<'per'>): Promise<Id<'ptn'>[]> {
    const rows = await sqlOf(tx).rows<{ id: Id<'ptn'> }>(
      `SELECT t.id FROM partner t JOIN partner_member m ON m.partner_id = t.id AND m.person_id = ? AND m.open_slot = 1
       WHERE m.duty = 'owner' AND t.legal_status <> 'natural_person' AND t.state IN ('verified', 'suspended')
         AND NOT EXISTS (SELECT 1 FROM partner_member o
           WHERE o.partner_id = t.id AND o.open_slot = 1 AND o.duty = 'owner' AND o.person_id <> m.person_id)`,
      [personId],
    );
    return rows.map(({ id }) => id);
  }

  /** Ends every membership; a natural person's own registration and unfinished applications go with the person. */
  async leaveAll(tx: Tx, personId: Id<'per'>): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE partner SET state = 'withdrawn', version = version + 1,
              name = IF(legal_status = 'natural_person', '已注销', name),
              about = IF(legal_status = 'natural_person', '', about)
       WHERE applied_by = ? AND (legal_status = 'natural_person' OR state IN ('applied', 'refused'))`,
      [personId],
    );
    await sqlOf(tx).change(
      `DELETE e FROM partner_evidence e JOIN partner t ON t.id = e.partner_id
       WHERE t.applied_by = ? AND t.legal_status = 'natural_person'`,
      [personId],
    );
    await sqlOf(tx).change(
      'UPDATE partner_member SET open_slot = NULL, ended_at = UTC_TIMESTAMP(3) WHERE person_id = ? AND open_slot = 1',
      [personId],
    );
  }
}

function members(sql: Sql, partnerId: Id<'ptn'>): Promise<PartnerMember[]> {
  return sql.rows<PartnerMember>(
    `SELECT person_id AS personId, duty, created_at AS since FROM partner_member
     WHERE partner_id = ? AND open_slot = 1 ORDER BY id LIMIT 200`,
    [partnerId],
  );
}
