import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { ageClassOn, localDay } from '@hehuo/identity';
import { Database, FieldCipher, sqlOf, type Sql } from '@hehuo/platform';
import type { VerifiedMember } from '../domain/member.js';
import type { MembershipBasis, MembershipState } from '../domain/membership.machine.js';

export interface Membership {
  readonly id: Id<'mbr'>;
  readonly communityId: Id<'com'>;
  readonly personId: Id<'per'>;
  readonly householdId: Id<'hhd'>;
  readonly state: MembershipState;
  readonly version: number;
  readonly basis: MembershipBasis | null;
  readonly ageClass: VerifiedMember['ageClass'];
  readonly guardianId: Id<'per'> | null;
  readonly note: string | null;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly reviewedAt: Date | null;
  readonly endedAt: Date | null;
}

export interface NewMembership {
  readonly communityId: Id<'com'>;
  readonly personId: Id<'per'>;
  readonly householdId: Id<'hhd'>;
  readonly state: 'requested' | 'verified';
  readonly basis: MembershipBasis | null;
  /** Of a minor: sealed into the row. Of an adult: null, being grown up is all that is kept. */
  readonly minorBirthDate: string | null;
  readonly guardianId: Id<'per'> | null;
  readonly note: string | null;
  readonly reviewedBy: Id<'per'> | null;
}

export interface StateChangeOf {
  readonly id: Id<'mbr'>;
  readonly from: MembershipState;
  readonly to: MembershipState;
  readonly version: number;
  readonly basis?: MembershipBasis;
  readonly reviewedBy?: Id<'per'>;
  readonly reason?: string;
}

interface AgeColumns {
  id: Id<'mbr'>;
  adult: number;
  birthSealed: string | null;
  timeZone: string;
  now: Date;
}

interface VerifiedRecord extends AgeColumns {
  personId: Id<'per'>;
  householdId: Id<'hhd'>;
  guardianId: Id<'per'> | null;
}

type MembershipRecord = Omit<Membership, 'ageClass'> & AgeColumns;

const COLUMNS = `m.id, m.community_id AS communityId, m.person_id AS personId, m.household_id AS householdId, m.state,
  m.version, m.basis, m.guardian_id AS guardianId, m.note, m.reason, m.created_at AS createdAt,
  m.reviewed_at AS reviewedAt, m.ended_at AS endedAt, m.adult, m.birth_sealed AS birthSealed,
  c.time_zone AS timeZone, UTC_TIMESTAMP(3) AS now`;
const FROM = 'membership m JOIN community c ON c.id = m.community_id';

@Injectable()
export class MembershipStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** One statement over the unique key (community, open person): the pledge path asks it for a whole batch. */
  async verified(
    sql: Sql,
    communityId: Id<'com'>,
    personIds: readonly Id<'per'>[],
  ): Promise<Map<Id<'per'>, VerifiedMember>> {
    if (personIds.length === 0) return new Map();
    const rows = await sql.rows<VerifiedRecord>(
      `SELECT m.id, m.person_id AS personId, m.household_id AS householdId, m.guardian_id AS guardianId,
              m.adult, m.birth_sealed AS birthSealed, c.time_zone AS timeZone, UTC_TIMESTAMP(3) AS now
       FROM membership m JOIN community c ON c.id = m.community_id
       WHERE m.community_id = ? AND m.open_for IN (?) AND m.state = 'verified'`,
      [communityId, personIds],
    );
    return new Map(
      rows.map((row) => {
        const { personId, householdId, guardianId } = row;
        return [personId, { personId, householdId, ageClass: this.ageClassOf(row), guardianId }];
      }),
    );
  }

  verifiedWithin(
    tx: Tx,
    communityId: Id<'com'>,
    personIds: readonly Id<'per'>[],
  ): Promise<Map<Id<'per'>, VerifiedMember>> {
    return this.verified(sqlOf(tx), communityId, personIds);
  }

  async ofPerson(personId: Id<'per'>): Promise<Membership[]> {
    return this.list(
      this.database,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE m.person_id = ? ORDER BY m.id DESC LIMIT 100`,
      [personId],
    );
  }

  async ofCommunity(
    communityId: Id<'com'>,
    state: MembershipState,
    after: string,
    limit: number,
  ): Promise<Membership[]> {
    return this.list(
      this.database,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE m.community_id = ? AND m.state = ? AND m.id > ? ORDER BY m.id LIMIT ?`,
      [communityId, state, after, limit],
    );
  }

  async byId(id: Id<'mbr'>): Promise<Membership | null> {
    const rows = await this.list(this.database, `SELECT ${COLUMNS} FROM ${FROM} WHERE m.id = ?`, [id]);
    return rows[0] ?? null;
  }

  async lock(tx: Tx, id: Id<'mbr'>): Promise<Membership | null> {
    await sqlOf(tx).rows('SELECT id FROM membership WHERE id = ? FOR UPDATE', [id]);
    const rows = await this.list(sqlOf(tx), `SELECT ${COLUMNS} FROM ${FROM} WHERE m.id = ?`, [id]);
    return rows[0] ?? null;
  }

  /** Open memberships of the person, locked in the order of their ids. */
  async lockOpenOf(tx: Tx, personId: Id<'per'>): Promise<Membership[]> {
    await sqlOf(tx).rows(
      'SELECT id FROM membership WHERE person_id = ? AND open_for IS NOT NULL ORDER BY id FOR UPDATE',
      [personId],
    );
    return this.list(
      sqlOf(tx),
      `SELECT ${COLUMNS} FROM ${FROM} WHERE m.person_id = ? AND m.open_for IS NOT NULL ORDER BY m.id`,
      [personId],
    );
  }

  /** Open memberships whose guardian this is, in one community. */
  async wardsOf(tx: Tx, communityId: Id<'com'>, guardianId: Id<'per'>): Promise<Membership[]> {
    return this.list(
      sqlOf(tx),
      `SELECT ${COLUMNS} FROM ${FROM}
       WHERE m.guardian_id = ? AND m.community_id = ? AND m.open_for IS NOT NULL ORDER BY m.id`,
      [guardianId, communityId],
    );
  }

  /** A second open membership of the same person is a duplicate key `membership_open`. */
  async add(tx: Tx, input: NewMembership): Promise<Id<'mbr'>> {
    const id = newId('mbr', this.clock.now().getTime());
    await sqlOf(tx).change(
      `INSERT INTO membership (id, community_id, person_id, household_id, state, open_for, basis, adult, birth_sealed,
         guardian_id, note, reviewed_by, reviewed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, IF(? = 'verified', UTC_TIMESTAMP(3), NULL))`,
      [
        id,
        input.communityId,
        input.personId,
        input.householdId,
        input.state,
        input.personId,
        input.basis,
        input.minorBirthDate === null ? 1 : 0,
        this.sealBirth(id, input.minorBirthDate),
        input.guardianId,
        input.note,
        input.reviewedBy,
        input.state,
      ],
    );
    return id;
  }

  /** The only write of `state`. False when somebody was faster. Leaving an open state destroys a minor's birth date. */
  async move(tx: Tx, change: StateChangeOf): Promise<boolean> {
    const over = change.to === 'refused' || change.to === 'ended';
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE membership SET state = ?, version = version + 1, basis = COALESCE(?, basis),
              reason = COALESCE(?, reason), reviewed_by = COALESCE(?, reviewed_by),
              reviewed_at = IF(? IN ('verified', 'refused'), UTC_TIMESTAMP(3), reviewed_at),
              open_for = ${over ? 'NULL' : 'open_for'}, birth_sealed = ${over ? 'NULL' : 'birth_sealed'},
              note = ${over ? 'NULL' : 'note'}, ended_at = ${over ? 'UTC_TIMESTAMP(3)' : 'NULL'}
       WHERE id = ? AND state = ? AND version = ?`,
      [
        change.to,
        change.basis ?? null,
        change.reason ?? null,
        change.reviewedBy ?? null,
        change.to,
        change.id,
        change.from,
        change.version,
      ],
    );
    return affectedRows === 1;
  }

  async setGuardian(tx: Tx, id: Id<'mbr'>, guardianId: Id<'per'> | null): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE membership SET guardian_id = ?, version = version + 1 WHERE id = ? AND open_for IS NOT NULL',
      [guardianId, id],
    );
  }

  /** Forgets the birth date of a member who was a minor when they joined and is known to be an adult now. */
  async growUp(tx: Tx, communityId: Id<'com'>, personId: Id<'per'>): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE membership SET adult = 1, birth_sealed = NULL, version = version + 1
       WHERE community_id = ? AND open_for = ? AND adult = 0`,
      [communityId, personId],
    );
  }

  /** Minors of the same household who asked and have no guardian yet. */
  async unguarded(householdIds: readonly Id<'hhd'>[]): Promise<Membership[]> {
    if (householdIds.length === 0) return [];
    const rows = await this.list(
      this.database,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE m.household_id IN (?) AND m.state = 'requested' AND m.adult = 0
         AND m.guardian_id IS NULL ORDER BY m.id LIMIT 50`,
      [householdIds],
    );
    return rows.filter(({ ageClass }) => ageClass !== 'adult');
  }

  async guardedBy(guardianId: Id<'per'>): Promise<Membership[]> {
    return this.list(
      this.database,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE m.guardian_id = ? AND m.open_for IS NOT NULL ORDER BY m.id LIMIT 50`,
      [guardianId],
    );
  }

  /** Corrects what the age class is read from, after staff looked at a document. */
  async setBirth(tx: Tx, id: Id<'mbr'>, minorBirthDate: string | null): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE membership SET adult = ?, birth_sealed = ?, version = version + 1 WHERE id = ? AND open_for IS NOT NULL',
      [minorBirthDate === null ? 1 : 0, this.sealBirth(id, minorBirthDate), id],
    );
  }

  private async list(sql: Sql, text: string, values: Parameters<Sql['rows']>[1]): Promise<Membership[]> {
    const rows = await sql.rows<MembershipRecord>(text, values);
    return rows.map(({ adult, birthSealed, timeZone, now, ...row }) => ({
      ...row,
      ageClass: this.ageClassOf({ id: row.id, adult, birthSealed, timeZone, now }),
    }));
  }

  // Nobody grows young again, so of an adult no date is kept and nothing has to be opened. Of a closed row the birth
  // date is gone; what it was then does not matter any more.
  private ageClassOf({ id, adult, birthSealed, timeZone, now }: AgeColumns): VerifiedMember['ageClass'] {
    if (adult === 1 || birthSealed === null) return 'adult';
    return ageClassOn(this.cipher.open(placeOf(id), birthSealed), localDay(now, timeZone));
  }

  private sealBirth(id: string, birthDate: string | null): string | null {
    return birthDate === null ? null : this.cipher.seal(placeOf(id), birthDate);
  }
}

function placeOf(id: string): string {
  return `membership|birth|${id}`;
}
