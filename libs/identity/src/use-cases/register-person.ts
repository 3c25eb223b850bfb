import { Injectable } from '@nestjs/common';
import { Clock, type Id, type Tx } from '@hehuo/kernel';
import { IdentityError } from '../domain/errors.js';
import { normalPhone } from '../domain/phone.js';
import { PersonStore, type NewPerson, type Person } from '../store/person.store.js';
import { checkedBirthDate, checkedName } from './me.js';

/** For other contexts, which decide who may: adds somebody who stands at the desk, and corrects or shows records. */
@Injectable()
export class RegisterPerson {
  constructor(
    private readonly people: PersonStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds a person, or fills what is still empty of the person who has this number. An elder without a telephone has
   * none. Throws `phone_invalid`, `name_invalid`, `birth_date_invalid`, and `birth_date_fixed` where another is on record.
   */
  async execute(
    tx: Tx,
    input: { phone: string | null; name: string; birthDate: string },
  ): Promise<Id<'per'>> {
    const checked = this.checked(input);
    if (checked.phone === null) return this.people.add(tx, checked);
    const { id } = await this.people.ofPhone(tx, checked.phone);
    const person = await this.people.lock(tx, id);
    if (person?.birthDate && person.birthDate !== checked.birthDate) {
      throw new IdentityError('birth_date_fixed', 'another birth date is on record for this number');
    }
    if (person?.name === null) await this.people.rename(tx, id, checked.name);
    if (person?.birthDate === null) await this.people.setBirthDate(tx, id, checked.birthDate);
    return id;
  }

  /** Corrects a birth date after a look at a document. */
  async correctBirthDate(tx: Tx, personId: Id<'per'>, birthDate: string): Promise<string> {
    const checked = checkedBirthDate(birthDate, this.clock.now());
    await this.people.setBirthDate(tx, personId, checked);
    return checked;
  }

  /** The open record. The caller logs who looked and why. */
  async reveal(personId: Id<'per'>): Promise<Pick<Person, 'phone' | 'name' | 'birthDate'> | null> {
    const person = await this.people.byId(personId);
    if (person?.state !== 'active') return null;
    const { phone, name, birthDate } = person;
    return { phone, name, birthDate };
  }

  private checked(input: { phone: string | null; name: string; birthDate: string }): NewPerson & {
    readonly name: string;
    readonly birthDate: string;
  } {
    const phone = input.phone === null ? null : normalPhone(input.phone);
    if (input.phone !== null && phone === null) {
      throw new IdentityError('phone_invalid', 'give a mainland mobile number of 11 digits', {
        field: 'phone',
      });
    }
    return {
      phone,
      name: checkedName(input.name),
      birthDate: checkedBirthDate(input.birthDate, this.clock.now()),
    };
  }
}
