import { Injectable } from '@nestjs/common';
import { newId, Clock, type Id, type Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf, type Sql } from '@hehuo/platform';

export type PersonState = 'active' | 'deleted';
export type Locale = 'zh-CN' | 'en';

/** A person with the sealed fields opened. Stays inside the lib: views carry masks only. */
export interface Person {
  readonly id: Id<'per'>;
  readonly state: PersonState;
  readonly version: number;
  readonly phone: string | null;
  readonly name: string | null;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  readonly locale: Locale;
  readonly createdAt: Date;
}

export interface NewPerson {
  readonly phone: string | null;
  readonly name: string | null;
  readonly birthDate: string | null;
}

interface PersonRecord {
  id: Id<'per'>;
  state: PersonState;
  version: number;
  phoneSealed: string | null;
  nameSealed: string | null;
  birthSealed: string | null;
  locale: Locale;
  createdAt: Date;
}

const COLUMNS = `id, state, version, phone_sealed AS phoneSealed, name_sealed AS nameSealed,
  birth_sealed AS birthSealed, locale, created_at AS createdAt`;

@Injectable()
export class PersonStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly clock: Clock,
  ) {}

  /** The fingerprint that finds a phone number again; the same for every table that knows the number. */
  phoneIndex(phone: string): string {
    return this.cipher.blindIndex('phone', phone);
  }

  /** Which key, if any, is not the one that the newest number on record was written with. */
  async foreignKey(): Promise<'field' | 'index' | null> {
    const newest = await this.database.row<{ id: Id<'per'>; sealed: string; phoneIndex: string }>(
      `SELECT id, phone_sealed AS sealed, phone_index AS phoneIndex FROM person
       WHERE phone_index IS NOT NULL ORDER BY id DESC LIMIT 1`,
    );
    if (!newest) return null;
    let phone;
    try {
      phone = this.open('phone', newest.id, newest.sealed);
    } catch {
      return 'field';
    }
    return phone !== null && this.phoneIndex(phone) === newest.phoneIndex ? null : 'index';
  }

  /** Adds a person; a number that somebody has already is a duplicate key `person_phone`. */
  async add(tx: Tx, input: NewPerson): Promise<Id<'per'>> {
    const id = newId('per', this.clock.now().getTime());
    await sqlOf(tx).change(
      `INSERT INTO person (id, state, phone_sealed, phone_index, name_sealed, birth_sealed)
       VALUES (?, 'active', ?, ?, ?, ?)`,
      [
        id,
        this.seal('phone', id, input.phone),
        input.phone === null ? null : this.phoneIndex(input.phone),
        this.seal('name', id, input.name),
        this.seal('birth', id, input.birthDate),
      ],
    );
    return id;
  }

  /** Finds the person of a number or adds one. Two callers at once get the same person. */
  async ofPhone(tx: Tx, phone: string): Promise<{ id: Id<'per'>; isNew: boolean }> {
    const index = this.phoneIndex(phone);
    const known = await sqlOf(tx).row<{ id: Id<'per'> }>('SELECT id FROM person WHERE phone_index = ?', [
      index,
    ]);
    if (known) return { id: known.id, isNew: false };
    const id = newId('per', this.clock.now().getTime());
    await sqlOf(tx).change(
      `INSERT INTO person (id, state, phone_sealed, phone_index) VALUES (?, 'active', ?, ?)
       ON DUPLICATE KEY UPDATE person.id = person.id`,
      [id, this.seal('phone', id, phone), index],
    );
    const stored = await sqlOf(tx).row<{ id: Id<'per'> }>('SELECT id FROM person WHERE phone_index = ?', [
      index,
    ]);
    return { id: stored!.id, isNew: stored!.id === id };
  }

  async byId(id: Id<'per'>): Promise<Person | null> {
    return (await this.select(this.database, [id])).get(id) ?? null;
  }

  async byIds(ids: readonly Id<'per'>[]): Promise<Map<Id<'per'>, Person>> {
    return this.select(this.database, ids);
  }

  async within(tx: Tx, ids: readonly Id<'per'>[]): Promise<Map<Id<'per'>, Person>> {
    return this.select(sqlOf(tx), ids);
  }

  /** Locks the row until the end of the transaction. */
  async lock(tx: Tx, id: Id<'per'>): Promise<Person | null> {
    return (await this.select(sqlOf(tx), [id], 'FOR UPDATE')).get(id) ?? null;
  }

  async rename(tx: Tx, id: Id<'per'>, name: string): Promise<void> {
    await this.write(tx, id, 'name_sealed = ?', [this.seal('name', id, name)]);
  }

  async setBirthDate(tx: Tx, id: Id<'per'>, birthDate: string): Promise<void> {
    await this.write(tx, id, 'birth_sealed = ?', [this.seal('birth', id, birthDate)]);
  }

  async setLocale(tx: Tx, id: Id<'per'>, locale: Locale): Promise<void> {
    await this.write(tx, id, 'locale = ?', [locale]);
  }

  /** Destroys what is personal; the opaque id stays, because the books refer to it. */
  async erase(tx: Tx, id: Id<'per'>): Promise<void> {
    await this.write(
      tx,
      id,
      `state = 'deleted', deleted_at = UTC_TIMESTAMP(3), phone_sealed = NULL, phone_index = NULL, name_sealed = NULL,
       birth_sealed = NULL, locale = 'zh-CN'`,
      [],
    );
  }

  private async write(tx: Tx, id: Id<'per'>, set: string, values: readonly (string | null)[]): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE person SET ${set}, version = version + 1 WHERE id = ? AND state = 'active'`,
      [...values, id],
    );
  }

  private async select(
    sql: Sql,
    ids: readonly Id<'per'>[],
    lock: 'FOR UPDATE' | '' = '',
  ): Promise<Map<Id<'per'>, Person>> {
    if (ids.length === 0) return new Map();
    const rows = await sql.rows<PersonRecord>(`SELECT ${COLUMNS} FROM person WHERE id IN (?) ${lock}`, [ids]);
    return new Map(rows.map((row) => [row.id, this.opened(row)]));
  }

  private opened({ phoneSealed, nameSealed, birthSealed, ...row }: PersonRecord): Person {
    return {
      ...row,
      phone: this.open('phone', row.id, phoneSealed),
      name: this.open('name', row.id, nameSealed),
      birthDate: this.open('birth', row.id, birthSealed),
    };
  }

  private seal(field: string, id: string, value: string | null): string | null {
    return value === null ? null : this.cipher.seal(`person|${field}|${id}`, value);
  }

  private open(field: string, id: string, sealed: string | null): string | null {
    return sealed === null ? null : this.cipher.open(`person|${field}|${id}`, sealed);
  }
}
