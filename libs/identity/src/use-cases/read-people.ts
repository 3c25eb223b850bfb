import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { ageClassOn, HOME_ZONE, localDay, type AgeClass } from '../domain/age.js';
import { DEPARTED, maskName } from '../domain/name.js';
import { maskPhone } from '../domain/phone.js';
import { ConsentStore } from '../store/consent.store.js';
import { PersonStore, type Person } from '../store/person.store.js';

export interface MaskedPerson {
  /** `王**` */
  readonly masked: string;
  /** `138****1234`; null when there is no number. */
  readonly maskedPhone: string | null;
}

/** What other contexts may know of people: masks, the age class on a day, and the full name of who agreed to it. */
@Injectable()
export class ReadPeople {
  constructor(
    private readonly people: PersonStore,
    private readonly consents: ConsentStore,
  ) {}

  /** An unknown id is shown like somebody who left. */
  async names(personIds: readonly Id<'per'>[]): Promise<Map<Id<'per'>, MaskedPerson>> {
    const found = await this.people.byIds([...new Set(personIds)]);
    return new Map(personIds.map((id) => [id, masked(found.get(id))]));
  }

  /** The name to show in public: the full one where a consent to publish it is open, the mask elsewhere. */
  async publicNames(personIds: readonly Id<'per'>[]): Promise<Map<Id<'per'>, string>> {
    const ids = [...new Set(personIds)];
    const [found, open] = await Promise.all([
      this.people.byIds(ids),
      this.consents.havingOpen(ids, 'publish_name'),
    ]);
    return new Map(
      ids.map((id) => {
        const person = found.get(id);
        return [id, open.has(id) && person?.name ? person.name : masked(person).masked];
      }),
    );
  }

  /** Those of the ids that are somebody who has not left. */
  async known(personIds: readonly Id<'per'>[]): Promise<Set<Id<'per'>>> {
    const found = await this.people.byIds([...new Set(personIds)]);
    return new Set([...found].flatMap(([id, { state }]) => (state === 'active' ? [id] : [])));
  }

  /** The full name, for a document that nobody but the person gets; null when they gave none or left. */
  async ownName(personId: Id<'per'>): Promise<string | null> {
    const person = await this.people.byId(personId);
    return person?.state === 'active' ? person.name : null;
  }

  /**
   * Those of the persons whose name is exactly this one, blanks aside: lets another room compare a name that it was told
   * without learning the names kept here.
   */
  async calledSo(personIds: readonly Id<'per'>[], name: string): Promise<Set<Id<'per'>>> {
    const wanted = tight(name);
    const found = await this.people.byIds([...new Set(personIds)]);
    const called = [...found.values()].filter(
      (person) => person.state === 'active' && person.name !== null && tight(person.name) === wanted,
    );
    return new Set(called.map(({ id }) => id));
  }

  /**
   * The age class on a day (`YYYY-MM-DD`, in the zone of whoever asks) and the birth date itself, for the context that
   * keeps it sealed with a minor's membership. People without a birth date are not in the answer.
   */
  async ageOn(
    tx: Tx,
    personIds: readonly Id<'per'>[],
    day: string,
  ): Promise<Map<Id<'per'>, { ageClass: AgeClass; birthDate: string }>> {
    const found = await this.people.within(tx, personIds);
    const known = new Map<Id<'per'>, { ageClass: AgeClass; birthDate: string }>();
    for (const [id, { birthDate }] of found) {
      if (birthDate !== null) known.set(id, { ageClass: ageClassOn(birthDate, day), birthDate });
    }
    return known;
  }

  /** Those of the persons who exist, have not left and are not known to be minors. */
  async adultsAmong(tx: Tx, personIds: readonly Id<'per'>[], now: Date): Promise<Set<Id<'per'>>> {
    const day = localDay(now, HOME_ZONE);
    const found = await this.people.within(tx, [...new Set(personIds)]);
    const isAdult = ({ birthDate }: Person): boolean =>
      birthDate === null || ageClassOn(birthDate, day) === 'adult';
    const adults = [...found.values()].filter((person) => person.state === 'active' && isAdult(person));
    return new Set(adults.map(({ id }) => id));
  }

  async exists(personId: Id<'per'>): Promise<boolean> {
    return (await this.people.byId(personId))?.state === 'active';
  }
}

function masked(person: Person | undefined): MaskedPerson {
  if (!person || person.state === 'deleted') return { masked: DEPARTED, maskedPhone: null };
  return {
    masked: maskName(person.name),
    maskedPhone: person.phone === null ? null : maskPhone(person.phone),
  };
}

function tight(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}
