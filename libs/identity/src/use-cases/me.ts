import { Injectable } from '@nestjs/common';
import { Clock, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Actor, RoleGrant } from '../domain/actor.js';
import { ageClassOn, HOME_ZONE, localDay, normalDate, plausibleBirth, type AgeClass } from '../domain/age.js';
import { CONSENT_KINDS, CONSENT_TERMS, type ConsentKind } from '../domain/consent.js';
import { IdentityError } from '../domain/errors.js';
import { maskName, normalName } from '../domain/name.js';
import { maskPhone } from '../domain/phone.js';
import { ConsentStore } from '../store/consent.store.js';
import { PersonStore, type Locale, type Person } from '../store/person.store.js';

/** The profile knows no community yet, so an age is read where the platform is at home. */

export interface MyProfile {
  readonly id: Id<'per'>;
  readonly maskedName: string;
  readonly maskedPhone: string | null;
  readonly hasName: boolean;
  readonly ageClass: AgeClass | null;
  readonly locale: Locale;
  readonly createdAt: Date;
  readonly roles: readonly RoleGrant[];
  readonly partnerIds: readonly Id<'ptn'>[];
  readonly secondFactorAt: Date | null;
  readonly consents: readonly ConsentKind[];
}

/** What the person sees of themselves: masked here too, because screens are looked at by others. */
@Injectable()
export class ReadMe {
  constructor(
    private readonly people: PersonStore,
    private readonly consents: ConsentStore,
    private readonly clock: Clock,
  ) {}

  async execute(input: { actor: Actor }): Promise<MyProfile> {
    const { actor } = input;
    const person = await this.people.byId(actor.personId);
    if (!person) throw new IdentityError('person_not_found', 'the account is gone; sign in again');
    const open = await Promise.all(
      CONSENT_KINDS.map(async (kind) =>
        (await this.consents.havingOpen([person.id], kind)).size > 0 ? [kind] : [],
      ),
    );
    return {
      id: person.id,
      maskedName: maskName(person.name),
      maskedPhone: person.phone === null ? null : maskPhone(person.phone),
      hasName: person.name !== null,
      ageClass: this.ageOf(person),
      locale: person.locale,
      createdAt: person.createdAt,
      roles: actor.roles,
      partnerIds: actor.partnerIds,
      secondFactorAt: actor.secondFactorAt,
      consents: open.flat(),
    };
  }

  private ageOf({ birthDate }: Person): AgeClass | null {
    return birthDate === null ? null : ageClassOn(birthDate, localDay(this.clock.now(), HOME_ZONE));
  }
}

export interface MyChanges {
  readonly name?: string | undefined;
  /** `YYYY-MM-DD`; can be given once, afterwards staff correct it with a document in hand. */
  readonly birthDate?: string | undefined;
  readonly locale?: Locale | undefined;
}

@Injectable()
export class ChangeMe {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly people: PersonStore,
    private readonly consents: ConsentStore,
    private readonly clock: Clock,
  ) {}

  /** Throws `privacy_notice_required`, `name_invalid`, `birth_date_invalid` and `birth_date_fixed`. */
  async execute(input: { actor: Actor; changes: MyChanges }): Promise<void> {
    const { actor, changes } = input;
    const name = changes.name === undefined ? undefined : checkedName(changes.name);
    const birthDate =
      changes.birthDate === undefined ? undefined : checkedBirthDate(changes.birthDate, this.clock.now());
    await this.uow.run(async (tx) => {
      const person = await this.people.lock(tx, actor.personId);
      if (!person) throw new IdentityError('person_not_found', 'the account is gone; sign in again');
      if (name !== undefined || birthDate !== undefined) await this.requireNotice(tx, person.id);
      if (birthDate !== undefined && person.birthDate !== null && person.birthDate !== birthDate) {
        throw new IdentityError(
          'birth_date_fixed',
          'the birth date is on record; ask the community office to correct it',
        );
      }
      if (name !== undefined) await this.people.rename(tx, person.id, name);
      if (birthDate !== undefined) await this.people.setBirthDate(tx, person.id, birthDate);
      if (changes.locale !== undefined) await this.people.setLocale(tx, person.id, changes.locale);
    });
  }

  /** Nothing personal is kept of somebody who was not told what for (personal information protection law §17). */
  private async requireNotice(tx: Tx, personId: Id<'per'>): Promise<void> {
    const kind = 'privacy_notice';
    if ((await this.consents.havingOpenWithin(tx, [personId], kind)).size > 0) return;
    const { version } = CONSENT_TERMS[kind];
    throw new IdentityError(
      'privacy_notice_required',
      `read and accept the privacy notice in force first: POST /v1/me/consents with kind ${kind}, version ${version}`,
      { kind, version },
    );
  }
}

export function checkedName(text: string): string {
  const name = normalName(text);
  if (name === null) {
    throw new IdentityError('name_invalid', 'give the name as on a document: letters only, at most 40', {
      field: 'name',
    });
  }
  return name;
}

export function checkedBirthDate(text: string, now: Date): string {
  const birthDate = normalDate(text);
  if (birthDate === null || !plausibleBirth(birthDate, localDay(now, HOME_ZONE))) {
    throw new IdentityError('birth_date_invalid', 'give the birth date as YYYY-MM-DD', {
      field: 'birthDate',
    });
  }
  return birthDate;
}
